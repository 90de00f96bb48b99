//! The state after an event. Total: where an event meets a state in which no rule would have produced it, the state stays.

use super::super::{Event, Issued, Receipt, State};

pub(in super::super) fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (State::Unproposed, Event::DisposalProposed(proposal)) => State::Proposed(proposal.clone()),
        (State::Proposed(proposal), Event::DisposalApproved { approval, .. }) => {
            State::Approved { proposal, approval: approval.clone() }
        }
        (State::Proposed(proposal), Event::DisposalVoided { obstacle, .. }) => {
            State::Void { proposal, approval: None, obstacle: *obstacle }
        }
        (State::Approved { proposal, approval }, Event::DisposalVoided { obstacle, .. }) => {
            State::Void { proposal, approval: Some(approval), obstacle: *obstacle }
        }
        (State::Approved { proposal, approval }, Event::DisposalIssued { ordered_on }) => {
            let (proposal, ordered_on) = (*proposal, *ordered_on);
            State::Ordered(Box::new(Issued { proposal, approval, ordered_on, receipts: Vec::new() }))
        }
        (State::Ordered(mut issued), Event::ReceiptRecorded(receipt)) => {
            take(&mut issued, receipt);
            State::Ordered(issued)
        }
        (State::Halted { mut issued, obstacle }, Event::ReceiptRecorded(receipt)) => {
            take(&mut issued, receipt);
            State::Halted { issued, obstacle }
        }
        (State::Ordered(issued) | State::Halted { issued, .. }, Event::DisposalHalted { obstacle, .. }) => {
            State::Halted { issued, obstacle: *obstacle }
        }
        (State::Halted { issued, .. }, Event::DisposalResumed { .. }) => State::Ordered(issued),
        (
            State::Ordered(issued) | State::Halted { issued, .. },
            Event::DisposalCertified { certified_on },
        ) => State::Certified { issued, certified_on: *certified_on },
        (
            state,
            Event::DisposalProposed(_)
            | Event::DisposalApproved { .. }
            | Event::DisposalVoided { .. }
            | Event::DisposalIssued { .. }
            | Event::ReceiptRecorded(_)
            | Event::DisposalHalted { .. }
            | Event::DisposalResumed { .. }
            | Event::DisposalCertified { .. },
        ) => state,
    }
}

/// Takes in what a holder said; the last word of each holder on each record counts.
pub(super) fn take(issued: &mut Issued, receipt: &Receipt) {
    let other = |known: &Receipt| known.record != receipt.record || known.holder != receipt.holder;
    issued.receipts.retain(other);
    issued.receipts.push(receipt.clone());
}
