//! Registering a record: from birth it has a basis for how long it is kept (L41), and the holds of what is open already.

use redress_kernel::{Checks, Citation, Decision};

use super::super::{Context, Event, Register, Registered};
use crate::{RecordClass, Refusal, refusal::field, schedule::schedule};

pub(super) fn register(register: &Register, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    if let Some(completed_on) = register.completed_on {
        checks.not_future("record.completed_on", completed_on, context.today);
    }
    checks.require(
        register.completed_on.is_some() == register.class.is_report(),
        "record.completed_on",
        if register.class.is_report() { field::REQUIRED } else { field::NOT_ALLOWED },
        "must be given for a report, and for nothing else",
    );
    if let Some(started) = register.funded_start_on {
        checks.not_future("record.funded_start_on", started, context.today);
    }
    checks.require(
        register.anonymised.is_some() == (register.class == RecordClass::AnonymisedReports),
        "record.record_class",
        field::NOT_ALLOWED,
        "must be one that callers register; anonymised sets come of a disposal",
    );
    checks.done()?;

    let registered = Registered {
        id: register.id,
        contract: register.contract,
        organisation: register.organisation,
        class: register.class,
        participant: register.participant,
        complaint: register.complaint,
        completed_on: register.completed_on,
        funded_start_on: register.funded_start_on,
        pack: register.pack.clone(),
        registered_on: context.today,
        anonymised: register.anonymised.clone(),
    };
    let mut events = vec![Event::RecordRegistered(Box::new(registered))];
    events.extend(register.parts.iter().cloned().map(Event::PartAdded));
    events.extend(register.holds.iter().cloned().map(Event::HoldPlaced));
    let agreed = context.contract.agreed.as_ref();
    let basis = schedule(register.class, context.pack, agreed)
        .map_or_else(|| Citation::own("RET-14"), |schedule| schedule.clock.citation);
    let mut because = vec![basis];
    if !register.holds.is_empty() {
        because.push(Citation::own("RET-07"));
    }
    Ok(Decision { events, because })
}
