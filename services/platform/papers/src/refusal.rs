//! Why a paper is not taken or not given.

use redress_kernel::{Explanation, Kind, StageConflict};

use crate::Stage;

/// Why a paper is not taken or not given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It is longer than papers may be.
    #[error("the document is larger than {most} bytes")]
    TooLarge {
        /// As long as one may be.
        most: u64,
    },
    /// It is in quarantine.
    #[error("the document is in quarantine and cannot be read")]
    Quarantined {
        /// Resource name of the paper.
        document: String,
        /// Why.
        stage: Stage,
    },
    /// The reader asked for a place past its end.
    #[error("the document ends before this offset")]
    PastEnd {
        /// Its size.
        size: u64,
    },
}

impl Refusal {
    const fn reason(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "DOCUMENT_TOO_LARGE",
            Self::Quarantined { stage: Stage::Harmful, .. } => "MALWARE_DETECTED",
            Self::Quarantined { stage: Stage::Unscannable, .. } => "UNSCANNABLE",
            Self::Quarantined { stage: Stage::Mismatched | Stage::Stored, .. } => "CONTENT_TYPE_MISMATCH",
            Self::PastEnd { .. } => "PAST_END",
        }
    }
}

impl redress_kernel::Refusal for Refusal {
    fn explain(&self) -> Explanation {
        let bare = |kind| Explanation::new(kind, self.reason(), self.to_string());
        match self {
            Self::TooLarge { most } => bare(Kind::Exhausted).with("limit_bytes", most),
            Self::Quarantined { document, .. } => bare(Kind::Precondition).in_stage(StageConflict {
                subject: document.clone(),
                current: "QUARANTINED",
                allowed: vec!["STORED"],
            }),
            Self::PastEnd { size } => bare(Kind::OutOfRange).with("size_bytes", size),
        }
    }
}
