//! Records that another member of the chain received the complaint. The earliest receipt counts (Q2, A0 7.01): every limit
//! counted from receipt is counted again from it, so that a late report of an early receipt never buys the provider time.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{Decided, guard};
use crate::{
    Channel, OrganisationId, Refusal,
    complaint::{Case, CommandKind, Context, Event, Receipt},
    refusal::field,
};

pub(super) fn decide(
    case: &Case,
    organisation: OrganisationId,
    received_on: Date,
    channel: Channel,
    context: &Context<'_>,
) -> Decided {
    let file = &case.file;
    let mut checks = Checks::default();
    checks.not_future("received_on", received_on, context.today);
    checks.require(
        received_on >= file.contract_effective_on,
        "received_on",
        field::TOO_EARLY,
        "must not lie before the first day of the contract",
    );
    checks.done()?;
    guard(case, CommandKind::RecordReceipt)?;
    if !context.facts.chain.is_some_and(|chain| chain.at(received_on).contains(organisation)) {
        return Err(Refusal::SupplyChainEdgeMissing {
            contract: file.contract,
            organisations: vec![organisation],
            on: received_on,
        });
    }
    let receipt = Receipt { organisation, on: received_on, channel };
    if file.receipts.contains(&receipt) {
        return Ok(Decision::nothing());
    }
    let earliest = received_on.min(file.received_on);
    let because = Citation::own("CMP-01").with("received_on", received_on).with("earliest", earliest);
    Ok(Decision::one(Event::ReceiptRecorded { receipt, received_on: earliest }, vec![because]))
}
