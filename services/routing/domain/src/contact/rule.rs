//! Which stage takes which command, and what each demands.

mod correct;
mod handover;
mod record;

use redress_kernel::{Checks, Decision};

use super::{Command, CommandKind, Contact, Context, Event, StageName, State};
use crate::{Fate, Refusal, Told, refusal::Conflict};

/// What a rule answers.
type Decided = Result<Decision<Event>, Refusal>;

pub(super) fn decide(state: &State, command: &Command, context: &Context<'_>) -> Decided {
    if let Command::Record(record) = command {
        return record::decide(state, record, context);
    }
    // A command on what is not there finds nothing, whatever it asks; whoever loads the state knows the name.
    let Some(contact) = state.contact() else {
        return Err(Refusal::NotFound { name: "contacts".to_owned() });
    };
    match command {
        Command::Record(record) => record::decide(state, record, context),
        Command::Accept { organisation } => handover::accept(contact, *organisation, context),
        Command::Reject { reason } => handover::reject(contact, *reason, context),
        Command::Reroute(reroute) => correct::decide(contact, reroute, context),
        Command::Direct { told } => direct(contact, told, context),
        Command::RecordFate { complaint, fate, reason, existing } => {
            let before = contact.complaint.filter(|(known, _)| known == complaint);
            Ok(match before {
                // What was given up, or was never handed over, has no fate here.
                None => Decision::nothing(),
                Some((_, known)) if known == *fate => Decision::nothing(),
                // The first answer to a handover may be told late, but never takes back what came after it.
                Some((_, known)) if !known.opens() && *fate == Fate::Open => Decision::nothing(),
                Some(_) => Decision::one(
                    Event::HandoverAnswered {
                        complaint: *complaint,
                        fate: *fate,
                        reason: reason.clone(),
                        existing: *existing,
                    },
                    Vec::new(),
                ),
            })
        }
    }
}

/// The stages that take a command of this kind.
pub const fn allowed(kind: CommandKind) -> &'static [StageName] {
    use StageName::{
        Correspondence, Declined, Directed, HandedOver, Mixed, NotAComplaint, NotOpened, Offered,
        ToBeDirected, Unrecorded,
    };
    match kind {
        CommandKind::Record => &[Unrecorded],
        CommandKind::Accept | CommandKind::Reject => &[Offered],
        CommandKind::Reroute => &[
            Offered,
            Declined,
            HandedOver,
            NotOpened,
            Mixed,
            ToBeDirected,
            Directed,
            Correspondence,
            NotAComplaint,
        ],
        CommandKind::Direct => &[ToBeDirected, Directed],
        CommandKind::RecordFate => &[HandedOver, NotOpened, Correspondence],
    }
}

fn guard(contact: &Contact, kind: CommandKind) -> Result<(), Refusal> {
    let current = contact.stage.name();
    if allowed(kind).contains(&current) { Ok(()) } else { Err(refused(contact, kind)) }
}

fn refused(contact: &Contact, kind: CommandKind) -> Refusal {
    let current = contact.stage.name();
    let others = allowed(kind).iter().filter(|stage| **stage != current);
    Refusal::StageRefuses(Box::new(Conflict {
        subject: contact.id.name(),
        command: kind.as_str(),
        current: current.as_str(),
        allowed: others.map(|stage| stage.as_str()).collect(),
    }))
}

/// RTE-08, J0 7.12: the person is told where to go, and that is on record. Telling again takes the later proof.
fn direct(contact: &Contact, told: &Told, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    checks.not_future("told.told_on", told.told_on, context.today);
    let received_on = contact.route.question.received_on;
    checks.not_before("told.told_on", told.told_on, received_on, "the day of receipt");
    checks.done().map_err(Refusal::Invalid)?;
    guard(contact, CommandKind::Direct)?;
    if contact.told.as_ref() == Some(told) {
        return Ok(Decision::nothing());
    }
    let because = context.pack.stated(&context.pack.rules.policy_complaints, "RTE-08");
    Ok(Decision::one(Event::PersonDirected { told: told.clone() }, vec![because]))
}
