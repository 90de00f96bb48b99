//! What a bag is asked for.

use std::collections::BTreeMap;

/// Which complaint, as of when, and without what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// `complaints/{uuid}`.
    pub(crate) complaint: String,
    /// The checkpoint of the complaints journal against which entries are proved; none takes the newest. The same one
    /// gives the same bag.
    pub(crate) checkpoint: Option<String>,
    /// What is withheld, by resource name, and on whose word.
    pub(crate) withheld: BTreeMap<String, String>,
}
