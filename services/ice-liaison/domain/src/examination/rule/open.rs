//! Opens an examination. What ICE took up is never refused for want of a right: the finding is recorded, and what follows
//! from it is ICE's to say.

use jiff::civil::Date;
use redress_kernel::{Checks, Decision};

use super::Decided;
use crate::{
    ComplaintId, ExaminationId, Refusal,
    admissibility::admissibility,
    examination::{Context, Event, Opened, State, clock},
};

pub(super) fn decide(
    state: &State,
    (id, complaint): (ExaminationId, ComplaintId),
    (referred_on, after_noon): (Date, bool),
    notified_on: Date,
    context: &Context<'_>,
) -> Decided {
    if let Some(case) = state.case() {
        return Err(Refusal::AlreadyThere { name: case.file.id.name() });
    }
    let facts = context.facts;
    let (Some(record), Some(liable)) = (facts.record, facts.holder) else {
        return Err(Refusal::NotFound { name: complaint.name() });
    };
    let mut checks = Checks::default();
    checks.of_case("referred_on", referred_on, record.received_on, context.today);
    checks.not_future("notified_on", notified_on, context.today);
    checks.not_before("notified_on", notified_on, referred_on, "the day the person went to ICE");
    checks.done()?;
    if let Some(live) = facts.live {
        return Err(Refusal::AlreadyThere { name: live.name() });
    }
    let found = admissibility(record, referred_on, context.pack, context.calendars)?;
    let effective_on =
        clock::taken_by_ice(record.division, referred_on, after_noon, context.today, context.calendars)?;
    let opened = Opened {
        id,
        complaint,
        contract: record.contract,
        programme: record.programme.clone(),
        organisation: record.organisation,
        tier: facts.tier,
        liable,
        pack: record.pack.clone(),
        division: record.division,
        referred_on,
        effective_on,
        notified_on,
        recorded_on: context.today,
        finding: found.finding,
    };
    Ok(Decision::one(Event::ExaminationOpened(Box::new(opened)), found.citations))
}
