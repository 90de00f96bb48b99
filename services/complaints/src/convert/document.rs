//! Words of documents.

use redress_papers::Stage;
use redress_proto::complaints::v1 as proto;

use crate::store::document::DocumentKind;

pub(crate) const fn kind(kind: DocumentKind) -> proto::DocumentKind {
    match kind {
        DocumentKind::Evidence => proto::DocumentKind::Evidence,
        DocumentKind::Correspondence => proto::DocumentKind::Correspondence,
        DocumentKind::Note => proto::DocumentKind::Note,
        DocumentKind::Agreement => proto::DocumentKind::Agreement,
    }
}

pub(crate) fn read_kind(kind: i32) -> Option<DocumentKind> {
    match proto::DocumentKind::try_from(kind).ok()? {
        proto::DocumentKind::Unspecified => None,
        proto::DocumentKind::Evidence => Some(DocumentKind::Evidence),
        proto::DocumentKind::Correspondence => Some(DocumentKind::Correspondence),
        proto::DocumentKind::Note => Some(DocumentKind::Note),
        proto::DocumentKind::Agreement => Some(DocumentKind::Agreement),
    }
}

pub(crate) const fn state(stage: Stage) -> proto::DocumentState {
    match stage {
        Stage::Stored => proto::DocumentState::Stored,
        Stage::Mismatched | Stage::Unscannable | Stage::Harmful => proto::DocumentState::Quarantined,
    }
}
