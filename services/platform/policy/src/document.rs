//! The documents that packs cite.

use jiff::civil::Date;
use serde::Deserialize;

/// A document, by the key that citations use.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The key, such as `J0`.
    pub key: String,
    /// What it is.
    pub title: String,
    /// Its own date; nothing when it has none or several.
    pub updated_on: Option<Date>,
    /// The day it was withdrawn; nothing when it stands, as far as is known.
    pub withdrawn_on: Option<Date>,
    /// Which part of it is known here.
    pub coverage: String,
}
