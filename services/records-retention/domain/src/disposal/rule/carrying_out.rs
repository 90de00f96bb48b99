//! From the order to the certificate: every holder answers for every record, and what does not add up stops (RET-14, RET-15, L40).

use redress_kernel::{Citation, Decision};

use super::super::{Approval, Context, Event, Issued, Obstacle, Proposal, Receipt};
use crate::{Refusal, independence::apart};

/// Tells the holders, after the last day of the veto, when every record still stands as it was approved. Where one does
/// not, the whole disposal is void: what two people agreed on is not what there is.
pub(super) fn issue(
    proposal: &Proposal,
    approval: &Approval,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    apart(proposal.id.into(), &proposal.proposed_by, &approval.by)?;
    if context.today <= approval.veto_until {
        return Ok(Decision::nothing());
    }
    let because = vec![Citation::own("RET-14"), Citation::own("RET-15")];
    let record = match context.found {
        Some(Ok(found)) if *found == proposal.digest => {
            return Ok(Decision::one(Event::DisposalIssued { ordered_on: context.today }, because));
        }
        Some(Err(record)) => Some(*record),
        Some(Ok(_)) => None,
        // Nobody looked: that decides nothing.
        None => return Ok(Decision::nothing()),
    };
    let voided =
        Event::DisposalVoided { obstacle: Obstacle::RecordChanged, on: context.today, record, by: None };
    Ok(Decision::one(voided, because))
}

pub(super) fn record_receipt(issued: &Issued, receipt: &Receipt, context: &Context<'_>) -> Decision<Event> {
    let told = issued
        .proposal
        .items
        .iter()
        .find(|item| item.record == receipt.record)
        .and_then(|item| item.parts.get(&receipt.holder));
    let known = |known: &Receipt| known.record == receipt.record && known.holder == receipt.holder;
    let before = issued.receipts.iter().find(|each| known(each));
    // Delivered again; or a refusal that was overtaken by the deed.
    let is_done = |before: &Receipt| before.destroyed && (before.accepted || Some(&before.parts) == told);
    if before.is_some_and(|before| before == receipt || is_done(before)) {
        return Decision::nothing();
    }
    let Some(told) = told else {
        // A holder that was told nothing destroyed something.
        return halt(receipt, Obstacle::CountMismatch);
    };
    if !receipt.destroyed {
        return halt(receipt, Obstacle::HolderRefused);
    }
    if receipt.parts != *told {
        return halt(receipt, Obstacle::CountMismatch);
    }
    let mut events = vec![Event::ReceiptRecorded(receipt.clone())];
    let mut after = issued.clone();
    super::evolve::take(&mut after, receipt);
    if after.outstanding().is_none() {
        events.push(Event::DisposalCertified { certified_on: context.today });
    }
    Decision { events, because: vec![Citation::own("RET-14")] }
}

fn halt(receipt: &Receipt, obstacle: Obstacle) -> Decision<Event> {
    let events = vec![
        Event::ReceiptRecorded(receipt.clone()),
        Event::DisposalHalted { obstacle, record: receipt.record },
    ];
    Decision { events, because: vec![Citation::own("RET-14")] }
}
