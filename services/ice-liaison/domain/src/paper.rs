//! Papers on a complaint: documents and letters, known here by name and digest only.

use std::fmt;

use jiff::civil::Date;
use redress_kernel::Digest;
use serde::{Deserialize, Serialize};

use crate::{DocumentId, LetterId};

/// Names a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperRef {
    /// A document on file.
    Document(DocumentId),
    /// A letter that was issued.
    Letter(LetterId),
}

/// A paper on the file of a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Which one.
    pub paper: PaperRef,
    /// Digest of its content.
    pub digest: Digest,
    /// Day on which it came onto the file.
    pub on: Date,
    /// Whether it may leave the file.
    pub standing: Standing,
}

/// Whether a paper may leave the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Standing {
    /// On file.
    OnFile,
    /// Kept apart because something harmful was found in it.
    Quarantined,
    /// Destroyed; only its digest is left.
    Destroyed,
}

/// A paper that goes to ICE, at the digest at which it was read; none takes it as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Included {
    /// Which one.
    pub paper: PaperRef,
    /// Its digest.
    pub digest: Option<Digest>,
}

/// A paper that does not go to ICE.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Which one.
    pub paper: PaperRef,
    /// Why.
    pub ground: Ground,
    /// Reference of who decided that.
    pub authority: String,
}

/// Why a paper may be kept back: ICE is to get all papers (ICE-07), and this is what the law leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Ground {
    /// Legal professional privilege.
    LegalPrivilege,
}

impl PaperRef {
    /// Reads `documents/{uuid}` or `letters/{uuid}`.
    pub fn parse(name: &str) -> Option<Self> {
        DocumentId::parse_name(name)
            .map(Self::Document)
            .or_else(|_| LetterId::parse_name(name).map(Self::Letter))
            .ok()
    }

    /// The resource name.
    pub fn name(self) -> String {
        match self {
            Self::Document(id) => id.name(),
            Self::Letter(id) => id.name(),
        }
    }
}

impl fmt::Display for PaperRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}
