//! What becomes of each command in each stage.

mod ended;
mod holding;
mod keeping;
mod register;

use redress_kernel::Decision;

use super::{Command, Context, Event, State};
use crate::Refusal;

pub(super) fn decide(
    state: &State,
    command: &Command,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    match (state, command) {
        (State::Unregistered, Command::Register(register)) => register::register(register, context),
        (
            State::Unregistered,
            Command::AddPart(_)
            | Command::Attribute { .. }
            | Command::RecordPayment(_)
            | Command::PlaceHold(_)
            | Command::ReviewHold { .. }
            | Command::ReleaseHold { .. }
            | Command::ReleaseMatter { .. }
            | Command::Look
            | Command::Order(_)
            | Command::RecordCarriedOut { .. }
            | Command::Recall { .. }
            | Command::Replay(_)
            | Command::ReviewAnonymity { .. },
        ) => Err(Refusal::NotFound { name: "records".to_owned() }),
        (State::Kept(file), command) => match command {
            Command::Register(_) => Err(Refusal::AlreadyThere { name: file.id.name() }),
            Command::AddPart(part) => keeping::add_part(file, part, context),
            Command::Attribute { participant } => Ok(keeping::attribute(file, *participant)),
            Command::RecordPayment(payment) => keeping::record_payment(file, payment, context),
            Command::PlaceHold(hold) => holding::place(file, hold, context),
            Command::ReviewHold { hold, review_on } => holding::review(file, *hold, *review_on, context),
            Command::ReleaseHold { hold } => holding::release(file, *hold, context),
            Command::ReleaseMatter { matter, reason } => {
                Ok(holding::release_matter(file, *matter, *reason, context))
            }
            Command::Look => keeping::look(file, context),
            Command::Order(order) => keeping::order(file, order, context),
            Command::ReviewAnonymity { still_anonymous } => {
                keeping::review_anonymity(file, *still_anonymous, context)
            }
            Command::Replay(tombstone) => Ok(ended::replayed(tombstone)),
            Command::RecordCarriedOut { .. } | Command::Recall { .. } => {
                Err(Refusal::NotFound { name: file.id.name() })
            }
        },
        (State::Ordered(ordered), command) => ended::ordered(ordered, command, context),
        (State::Destroyed(tombstone), command) => ended::destroyed(tombstone, command),
    }
}
