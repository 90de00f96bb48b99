//! A bag as callers see it.

use redress_bag::{case::Reason, statement::Item};
use redress_proto::ice_liaison::v1::{EvidenceBag, EvidenceBagFile, EvidenceBagItem, EvidenceBagOmission};

use super::Ready;

/// What a bag is.
pub(super) fn bag(ready: &Ready) -> EvidenceBag {
    let (plan, papers) = (&ready.plan, &ready.papers);
    EvidenceBag {
        complaint: papers.complaint.name.clone(),
        file_name: format!("{}.tar", plan.name()),
        digest: plan.digest().as_str().to_owned(),
        size_bytes: length(plan.length()),
        position: position(ready),
        checkpoint: papers.pins().text().into_bytes().into(),
        verifier_key: plan.key().to_string(),
        items: plan.statement().items.iter().map(item).collect(),
        entries: i32::try_from(plan.statement().entries()).unwrap_or(i32::MAX),
    }
}

/// Position of the newest entry about the case in the journal of complaints.
pub(super) fn position(ready: &Ready) -> i64 {
    let own = ready.papers.extracts.first().and_then(|extract| extract.entries.last());
    own.map(|proved| proved.entry.position).unwrap_or_default()
}

fn item(item: &Item) -> EvidenceBagItem {
    let file = |file: &redress_bag::statement::File| EvidenceBagFile {
        path: file.path.clone(),
        size_bytes: length(file.size),
        sha256: file.sha256.clone(),
    };
    let omission =
        item.withheld.as_ref().map_or(EvidenceBagOmission::Unspecified, |withheld| match withheld.reason {
            Reason::LegalPrivilege => EvidenceBagOmission::LegalPrivilege,
            Reason::Quarantined => EvidenceBagOmission::Quarantined,
            Reason::Destroyed => EvidenceBagOmission::Destroyed,
        });
    EvidenceBagItem {
        paper: item.id.clone(),
        title: item.title.clone(),
        files: item.files.iter().map(file).collect(),
        omission: omission.into(),
        authority: item.withheld.as_ref().map(|withheld| withheld.authority.clone()).unwrap_or_default(),
    }
}

fn length(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
