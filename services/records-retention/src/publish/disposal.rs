//! Events of disposals.

use std::collections::BTreeMap;

use records_retention_domain::{
    disposal::{Event, Issued},
    record::Holder,
};
use redress_chassis::wire;
use redress_disposal::certificate::receipts_digest;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_kernel::Id;
use redress_proto::records_retention::v1 as proto;

use crate::{
    convert,
    render::{
        anonymised::assessment,
        disposal::{actor, count, destroyed, receipt},
    },
    store::disposal::Disposal,
};

/// An event of a disposal as it is after it.
pub(crate) fn disposal(row: &Disposal, version: i64, event: &Event, citations: Vec<String>) -> Draft {
    let about = About { kind: "disposals", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        Event::DisposalProposed(it) => {
            let message = proto::DisposalProposed {
                disposal: it.id.name(),
                contract: it.contract.name(),
                records: it.items.iter().map(|item| item.record.name()).collect(),
                digest: it.digest.as_str().to_owned(),
                proposed_by: Some(actor(&it.proposed_by)),
                proposed_on: Some(wire::date(it.proposed_on)),
                approve_until: Some(wire::date(it.approve_until)),
                method: convert::method(it.method).into(),
                assessment: it.assessment.as_ref().map(assessment),
            };
            entry(about, &message, citations)
        }
        Event::DisposalApproved { digest, approval } => {
            let message = proto::DisposalApproved {
                digest: digest.as_str().to_owned(),
                approved_by: Some(actor(&approval.by)),
                approved_on: Some(wire::date(approval.on)),
                veto_until: Some(wire::date(approval.veto_until)),
            };
            entry(about, &message, citations)
        }
        Event::DisposalVoided { obstacle, on, record, by } => {
            let message = proto::DisposalVoided {
                obstacle: convert::obstacle(*obstacle).into(),
                on: Some(wire::date(*on)),
                record: record.map(Id::name).unwrap_or_default(),
                by: by.as_ref().map(actor),
            };
            entry(about, &message, citations)
        }
        Event::DisposalIssued { ordered_on } => {
            let items = row.state.proposal().map_or(0, |proposal| proposal.items.len());
            let message =
                proto::DisposalIssued { ordered_on: Some(wire::date(*ordered_on)), records: count(items) };
            entry(about, &message, citations)
        }
        Event::ReceiptRecorded(it) => {
            entry(about, &proto::ReceiptRecorded { receipt: Some(receipt(it)) }, citations)
        }
        Event::DisposalHalted { obstacle, record } => {
            let message = proto::DisposalHalted {
                obstacle: convert::obstacle(*obstacle).into(),
                record: record.name(),
            };
            entry(about, &message, citations)
        }
        Event::EndingProposed(it) => {
            let message = proto::EndingProposed {
                kind: convert::ending(it.ending).into(),
                reason: convert::ending_reason(it.reason).into(),
                by: Some(actor(&it.by)),
                on: Some(wire::date(it.on)),
            };
            entry(about, &message, citations)
        }
        Event::DisposalResumed(it) => {
            let message = proto::DisposalResumed { on: Some(wire::date(it.on)), by: Some(actor(&it.by)) };
            entry(about, &message, citations)
        }
        Event::CountsAccepted(it) => {
            let message = proto::CountsAccepted { on: Some(wire::date(it.on)), by: Some(actor(&it.by)) };
            entry(about, &message, citations)
        }
        Event::DisposalAbandoned { agreed, recalled } => {
            let message = proto::DisposalAbandoned {
                on: Some(wire::date(agreed.on)),
                by: Some(actor(&agreed.by)),
                recalled: recalled.iter().map(|record| record.name()).collect(),
            };
            entry(about, &message, citations)
        }
        Event::DisposalCertified { certified_on } => {
            let issued = row.state.issued();
            let message = proto::DisposalCertified {
                disposal: row.id.name(),
                contract: row.contract.name(),
                certified_on: Some(wire::date(*certified_on)),
                ..issued.map(certified).unwrap_or_default()
            };
            entry(about, &message, citations)
        }
    }
}

/// What the certificate says of how it came.
fn certified(issued: &Issued) -> proto::DisposalCertified {
    // What came back was not destroyed.
    let records = count(issued.proposal.items.len().saturating_sub(issued.recalled.len()));
    let ordered_on = Some(wire::date(issued.ordered_on));
    proto::DisposalCertified {
        receipts_digest: receipts_digest(&destroyed(issued)),
        // One hold, and nothing would have been ordered: the order itself is the proof that there was none.
        hold_check: Some(proto::HoldCheck { checked_on: ordered_on, records, open_holds: 0 }),
        digest: issued.proposal.digest.as_str().to_owned(),
        records,
        proposed_by: Some(actor(&issued.proposal.proposed_by)),
        approved_by: Some(actor(&issued.approval.by)),
        ordered_on,
        holders: totals(issued),
        beyond_use_until: issued.beyond_use_until().map(wire::date),
        method: convert::method(issued.proposal.method).into(),
        assessment: issued.proposal.assessment.as_ref().map(assessment),
        ..proto::DisposalCertified::default()
    }
}

fn totals(issued: &Issued) -> Vec<proto::HolderTotal> {
    let mut totals: BTreeMap<Holder, proto::HolderTotal> = BTreeMap::new();
    for receipt in issued.receipts.iter().filter(|receipt| receipt.destroyed) {
        let total = totals.entry(receipt.holder).or_default();
        total.holder = convert::holder(receipt.holder).into();
        total.records += 1;
        total.parts += count(receipt.parts);
        total.keys += count(receipt.keys);
        total.sealed_texts += count(receipt.sealed_texts);
        total.objects += count(receipt.objects);
    }
    totals.into_values().collect()
}
