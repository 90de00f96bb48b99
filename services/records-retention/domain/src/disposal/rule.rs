//! What becomes of each command in each stage.

mod carrying_out;
pub(super) mod evolve;
mod halted;
mod two_people;

use jiff::civil::Date;
use redress_kernel::Decision;
use redress_policy::{Calendars, ClockKind, Computed, Pack, deadline};

use super::{Command, Context, Event, State};
use crate::{
    Refusal,
    refusal::{Conflict, conflict},
};

pub(super) fn decide(
    state: &State,
    command: &Command,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    match (state, command) {
        (State::Unproposed, Command::Propose(proposal)) => two_people::propose(proposal, context),
        (
            State::Unproposed,
            Command::Approve { .. }
            | Command::Veto
            | Command::Lapse
            | Command::Issue
            | Command::Execute
            | Command::RecordReceipt(_)
            | Command::ProposeEnding { .. }
            | Command::ApproveEnding { .. },
        ) => Err(Refusal::NotFound { name: "disposals".to_owned() }),

        (State::Proposed(proposal), Command::Approve { digest }) => {
            two_people::approve(proposal, digest, context)
        }
        // The same person over the same digest, again: the same answer, and it counts once (reliability D17).
        (State::Approved { proposal, approval }, Command::Approve { digest })
            if approval.by == *context.actor && *digest == proposal.digest =>
        {
            Ok(Decision::nothing())
        }
        (State::Proposed(_) | State::Approved { .. }, Command::Veto) => Ok(two_people::veto(context)),
        (State::Proposed(proposal), Command::Lapse) => Ok(two_people::lapse(proposal, context)),
        (State::Approved { proposal, approval }, Command::Issue) => {
            carrying_out::issue(proposal, approval, context)
        }
        // What time does by itself a person may ask for, and is told why not yet.
        (State::Approved { proposal, approval }, Command::Execute) => {
            if context.today <= approval.veto_until {
                let (disposal, veto_until) = (proposal.id, approval.veto_until);
                return Err(Refusal::VetoOpen { disposal, veto_until });
            }
            carrying_out::issue(proposal, approval, context)
        }
        // Asked twice, or at once by many: one effect, and the same answer (reliability D19).
        (State::Ordered(_) | State::Halted { .. } | State::Certified { .. }, Command::Execute) => {
            Ok(Decision::nothing())
        }
        (State::Ordered(issued) | State::Halted { issued, .. }, Command::RecordReceipt(receipt)) => {
            Ok(carrying_out::record_receipt(issued, receipt, context))
        }
        (State::Halted { issued, .. }, Command::ProposeEnding { ending, reason, reference }) => {
            halted::propose(issued, (*ending, *reason, reference), context)
        }
        (State::Halted { issued, ending, .. }, Command::ApproveEnding { ending: read }) => {
            halted::approve(issued, ending.as_deref(), *read, context)
        }

        // What time and holders bring too late, or twice, changes nothing.
        (
            State::Approved { .. }
            | State::Ordered(_)
            | State::Halted { .. }
            | State::Certified { .. }
            | State::Void { .. },
            Command::Lapse,
        )
        | (
            State::Proposed(_)
            | State::Ordered(_)
            | State::Halted { .. }
            | State::Certified { .. }
            | State::Void { .. },
            Command::Issue,
        )
        | (
            State::Proposed(_) | State::Approved { .. } | State::Certified { .. } | State::Void { .. },
            Command::RecordReceipt(_),
        ) => Ok(Decision::nothing()),

        (
            State::Proposed(_)
            | State::Approved { .. }
            | State::Ordered(_)
            | State::Halted { .. }
            | State::Certified { .. }
            | State::Void { .. },
            Command::Propose(_),
        ) => Err(Refusal::AlreadyThere { name: name(state) }),
        (
            State::Approved { .. }
            | State::Ordered(_)
            | State::Halted { .. }
            | State::Certified { .. }
            | State::Void { .. },
            Command::Approve { .. },
        ) => Err(refused(state, command, &["PROPOSED"])),
        (State::Proposed(_) | State::Void { .. }, Command::Execute) => {
            Err(refused(state, command, &["APPROVED"]))
        }
        (
            State::Ordered(_) | State::Halted { .. } | State::Certified { .. } | State::Void { .. },
            Command::Veto,
        ) => Err(refused(state, command, &["PROPOSED", "APPROVED"])),
        (
            State::Proposed(_)
            | State::Approved { .. }
            | State::Ordered(_)
            | State::Certified { .. }
            | State::Void { .. },
            Command::ProposeEnding { .. } | Command::ApproveEnding { .. },
        ) => Err(refused(state, command, &["HALTED"])),
    }
}

/// Counts a clock of the pack's practice.
pub(super) fn count(
    kind: ClockKind,
    pack: &Pack,
    calendars: &Calendars,
    start_on: Date,
) -> Result<Computed, Refusal> {
    let view = calendars.view(pack.basis(), start_on);
    Ok(deadline::compute(&pack.clock(kind)?, start_on, None, &view)?)
}

fn name(state: &State) -> String {
    state.proposal().map_or_else(|| "disposals".to_owned(), |proposal| proposal.id.name())
}

fn refused(state: &State, command: &Command, allowed: &[&'static str]) -> Refusal {
    conflict(Conflict {
        subject: name(state),
        command: command.name(),
        current: state.stage_name().as_str(),
        allowed: allowed.to_vec(),
    })
}
