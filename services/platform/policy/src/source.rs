//! Where a value comes from.

use redress_kernel::Citation;
use serde::Deserialize;

use crate::PackRef;

/// The paragraph behind a value, and the rule of the catalogue it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Rule id, such as `CMP-08`.
    pub rule: String,
    /// Key of the document and the paragraph in it, such as `J0 7.08 action 1`; `reading Q6` for a reading of the suite's own.
    pub at: String,
}

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub source: Source,
}

impl Source {
    /// Key of the document, such as `J0`.
    pub fn document(&self) -> &str {
        self.at.split_once(' ').map_or(self.at.as_str(), |(document, _)| document)
    }

    /// Paragraph in the document, such as `7.08 action 1`.
    pub fn paragraph(&self) -> &str {
        self.at.split_once(' ').map_or("", |(_, paragraph)| paragraph)
    }

    /// The citation of this source as `pack` has it.
    pub fn citation(&self, pack: &PackRef) -> Citation {
        Citation {
            rule: self.rule.clone(),
            pack: pack.id.clone(),
            pack_version: pack.version.clone(),
            document: self.document().to_owned(),
            paragraph: self.paragraph().to_owned(),
            inputs: Vec::new(),
        }
    }
}
