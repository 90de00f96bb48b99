//! The state after an event. Total: where an event meets a state in which no rule would have produced it, the state stays.

use super::super::{Ending, Event, Issued, Obstacle, Receipt, State};

pub(in super::super) fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (State::Unproposed, Event::DisposalProposed(proposal)) => State::Proposed(proposal.clone()),
        (State::Proposed(proposal), Event::DisposalApproved { approval, .. }) => {
            State::Approved { proposal, approval: approval.clone() }
        }
        (State::Proposed(proposal), Event::DisposalVoided { obstacle, .. }) => {
            State::Void { proposal, approval: None, obstacle: *obstacle, ended: None }
        }
        (State::Approved { proposal, approval }, Event::DisposalVoided { obstacle, .. }) => {
            State::Void { proposal, approval: Some(approval), obstacle: *obstacle, ended: None }
        }
        (State::Approved { proposal, approval }, Event::DisposalIssued { ordered_on }) => {
            let (proposal, ordered_on) = (*proposal, *ordered_on);
            State::Ordered(Box::new(Issued {
                proposal,
                approval,
                ordered_on,
                receipts: Vec::new(),
                tellings: 0,
                recalled: Vec::new(),
                ended: None,
            }))
        }
        (State::Ordered(mut issued), Event::ReceiptRecorded(receipt)) => {
            take(&mut issued, receipt);
            State::Ordered(issued)
        }
        (State::Halted { mut issued, obstacle, ending }, Event::ReceiptRecorded(receipt)) => {
            take(&mut issued, receipt);
            State::Halted { issued, obstacle, ending }
        }
        (State::Ordered(issued) | State::Halted { issued, .. }, Event::DisposalHalted { obstacle, .. }) => {
            // What somebody would do about the last obstacle says nothing about this one.
            State::Halted { issued, obstacle: *obstacle, ending: None }
        }
        (State::Halted { issued, obstacle, .. }, Event::EndingProposed(proposed)) => {
            State::Halted { issued, obstacle, ending: Some(proposed.clone()) }
        }
        (
            State::Halted { mut issued, .. },
            Event::DisposalResumed(_) | Event::CountsAccepted(_) | Event::DisposalAbandoned { .. },
        ) => {
            settle(&mut issued, event);
            let accepted = issued.ended.as_ref().is_some_and(|it| it.proposed.ending == Ending::AcceptCounts);
            // What another holder refused is not done by a count that was accepted.
            if accepted && issued.receipts.iter().any(|receipt| !receipt.destroyed) {
                State::Halted { issued, obstacle: Obstacle::HolderRefused, ending: None }
            } else {
                State::Ordered(issued)
            }
        }
        (State::Ordered(issued), Event::DisposalVoided { obstacle, .. }) => State::Void {
            proposal: Box::new(issued.proposal),
            approval: Some(issued.approval),
            obstacle: *obstacle,
            ended: issued.ended,
        },
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
            | Event::EndingProposed(_)
            | Event::DisposalResumed(_)
            | Event::CountsAccepted(_)
            | Event::DisposalAbandoned { .. }
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

/// Takes in how it was ended, where it stood still.
pub(super) fn settle(issued: &mut Issued, event: &Event) {
    match event {
        Event::DisposalResumed(agreed) => {
            issued.tellings += 1;
            issued.ended = Some(agreed.clone());
        }
        Event::CountsAccepted(agreed) => {
            let strange: Vec<bool> =
                issued.receipts.iter().map(|receipt| super::halted::miscounted(issued, receipt)).collect();
            for (receipt, _) in issued.receipts.iter_mut().zip(strange).filter(|(_, strange)| *strange) {
                receipt.accepted = true;
            }
            issued.ended = Some(agreed.clone());
        }
        Event::DisposalAbandoned { agreed, recalled } => {
            issued.recalled.extend(recalled);
            issued.ended = Some(agreed.clone());
        }
        Event::DisposalProposed(_)
        | Event::DisposalApproved { .. }
        | Event::DisposalVoided { .. }
        | Event::DisposalIssued { .. }
        | Event::ReceiptRecorded(_)
        | Event::DisposalHalted { .. }
        | Event::EndingProposed(_)
        | Event::DisposalCertified { .. } => {}
    }
}
