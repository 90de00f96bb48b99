//! Disposals as callers see them.

use records_retention_domain::{
    Actor,
    disposal::{AgreedEnding, Issued, Item, ProposedEnding, Receipt, State},
};
use redress_chassis::{etag, wire};
use redress_kernel::Id;
use redress_policy::Computed;
use redress_proto::{records_retention::v1 as proto, r#type::v1 as common};

use super::anonymised::assessment;
use crate::{convert, store::disposal::Disposal};

/// A disposal as a command answers it, and as lists have it: without its manifest and receipts.
pub(crate) fn answer(row: &Disposal) -> proto::Disposal {
    let proposal = row.state.proposal();
    let approval = row.state.approval();
    let (obstacle, certified_on) = match &row.state {
        State::Halted { obstacle, .. } | State::Void { obstacle, .. } => (Some(*obstacle), None),
        State::Certified { certified_on, .. } => (None, Some(*certified_on)),
        State::Unproposed | State::Proposed(_) | State::Approved { .. } | State::Ordered(_) => (None, None),
    };
    proto::Disposal {
        name: row.id.name(),
        contract: row.contract.name(),
        stage: convert::disposal_stage(row.state.stage_name()).into(),
        manifest: Vec::new(),
        digest: proposal.map(|proposal| proposal.digest.as_str().to_owned()).unwrap_or_default(),
        proposed_by: proposal.map(|proposal| actor(&proposal.proposed_by)),
        proposed_on: proposal.map(|proposal| wire::date(proposal.proposed_on)),
        approve_until: proposal.map(|proposal| wire::date(proposal.approve_until)),
        approved_by: approval.map(|approval| actor(&approval.by)),
        approved_on: approval.map(|approval| wire::date(approval.on)),
        veto: None,
        ordered_on: row.state.issued().map(|issued| wire::date(issued.ordered_on)),
        receipts: Vec::new(),
        certified_on: certified_on.map(wire::date),
        obstacle: obstacle.map_or(0, |obstacle| convert::obstacle(obstacle).into()),
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
        method: proposal.map_or(0, |proposal| convert::method(proposal.method).into()),
        assessment: proposal.and_then(|proposal| proposal.assessment.as_ref()).map(assessment),
        ending: ending(row).map(|ending| proto::DisposalEnding { reference: String::new(), ..ending }),
        recalled: row.state.issued().map(recalled).unwrap_or_default(),
    }
}

/// How it should end, where it stands still and someone said so; else how it last ended, where it stood still.
fn ending(row: &Disposal) -> Option<proto::DisposalEnding> {
    let proposed = |it: &ProposedEnding| proto::DisposalEnding {
        kind: convert::ending(it.ending).into(),
        reason: convert::ending_reason(it.reason).into(),
        reference: it.reference.clone(),
        proposed_by: Some(actor(&it.by)),
        proposed_on: Some(wire::date(it.on)),
        ..proto::DisposalEnding::default()
    };
    let agreed = |it: &AgreedEnding| proto::DisposalEnding {
        approved_by: Some(actor(&it.by)),
        approved_on: Some(wire::date(it.on)),
        ..proposed(&it.proposed)
    };
    row.state.proposed_ending().map(proposed).or_else(|| row.state.agreed_ending().map(agreed))
}

fn recalled(issued: &Issued) -> Vec<String> {
    issued.recalled.iter().map(|record| record.name()).collect()
}

/// A disposal whole.
pub(crate) fn whole(row: &Disposal, veto: Option<&Computed>) -> proto::Disposal {
    let items = row.state.proposal().map(|proposal| proposal.items.as_slice()).unwrap_or_default();
    let receipts = row.state.issued().map(|issued| issued.receipts.as_slice()).unwrap_or_default();
    proto::Disposal {
        manifest: items.iter().map(item).collect(),
        receipts: receipts.iter().map(receipt).collect(),
        veto: veto.map(|veto| wire::deadline(veto, wire::Telling::Derivation)),
        ending: ending(row),
        ..answer(row)
    }
}

fn item(item: &Item) -> proto::ManifestItem {
    proto::ManifestItem {
        record: item.record.name(),
        record_class: convert::class(item.class).into(),
        due_on: Some(wire::date(item.due_on)),
        rule: Some(wire::citation(&item.rule)),
        parts: count(item.parts.values().sum::<u32>()),
    }
}

/// What a holder said.
pub(crate) fn receipt(receipt: &Receipt) -> proto::Receipt {
    proto::Receipt {
        record: receipt.record.name(),
        holder: convert::holder(receipt.holder).into(),
        destroyed: receipt.destroyed,
        parts: count(receipt.parts),
        keys: count(receipt.keys),
        sealed_texts: count(receipt.sealed_texts),
        objects: count(receipt.objects),
        carried_out_on: Some(wire::date(receipt.on)),
        beyond_use_until: receipt.beyond_use_until.map(wire::date),
        entry: receipt.entry.to_string(),
        count_accepted: receipt.accepted,
    }
}

/// The receipts of what was destroyed, as a certificate has them.
pub(crate) fn destroyed(issued: &Issued) -> Vec<proto::Receipt> {
    issued.receipts.iter().filter(|known| known.destroyed).map(receipt).collect()
}

/// Who does something.
pub(crate) fn actor(actor: &Actor) -> common::Actor {
    common::Actor {
        organisation: actor.organisation.map(Id::name).unwrap_or_default(),
        subject: actor.subject.clone(),
    }
}

/// A number as the contract has it.
pub(crate) fn count<N: TryInto<i32>>(number: N) -> i32 {
    number.try_into().unwrap_or(i32::MAX)
}
