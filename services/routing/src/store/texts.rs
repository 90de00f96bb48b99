//! With which versions the texts of a thing came, so that each can be found under seal.

use serde::{Deserialize, Serialize};

/// Versions of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Texts {
    /// The contribution to each request, the last one sent.
    #[serde(default)]
    pub(crate) contributions: Vec<Option<i64>>,
    /// The wording of the joint reply that stands.
    #[serde(default)]
    pub(crate) wording: Option<i64>,
    /// The last holding reply.
    #[serde(default)]
    pub(crate) holding: Option<i64>,
    /// The reply.
    #[serde(default)]
    pub(crate) reply: Option<i64>,
}
