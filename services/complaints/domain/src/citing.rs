//! Citations of rules that no pack states: the catalogue's own.

use redress_kernel::Citation;
use redress_policy::{Pack, Tri};

/// A rule of the catalogue without a document behind it.
pub(crate) fn own(rule: &str) -> Citation {
    Citation {
        rule: rule.to_owned(),
        pack: String::new(),
        pack_version: String::new(),
        document: String::new(),
        paragraph: String::new(),
        inputs: Vec::new(),
    }
}

/// The rule as the pack states it, or the catalogue's own where the pack does not.
pub(crate) fn stated<T>(pack: &Pack, rule: &Tri<T>, id: &str) -> Citation {
    pack.citation(rule).unwrap_or_else(|| own(id))
}
