//! Words of documents.

use redress_proto::complaints::v1 as proto;

use crate::store::document::{DocumentKind, DocumentStage};

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

pub(crate) const fn state(stage: DocumentStage) -> proto::DocumentState {
    match stage {
        DocumentStage::Stored => proto::DocumentState::Stored,
        DocumentStage::Mismatched | DocumentStage::Unscannable | DocumentStage::Harmful => {
            proto::DocumentState::Quarantined
        }
    }
}
