//! One erasure, as it is written down.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What is erased: identifiers and the order as it came. Nothing of it tells anything about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// The record. There is one erasure of a record and no other, and one end of it.
    pub record: Uuid,
    /// Whether this is the end of the whole record, said by the one who gave the order when the last of its holders was done, and not
    /// what one holder destroyed of it.
    #[serde(default, skip_serializing_if = "is_part")]
    pub ends_record: bool,
    /// The disposal that ordered it; the certificate is that disposal's.
    pub disposal: Uuid,
    /// What it was, by the names of the service.
    pub subjects: Vec<String>,
    /// Keys that sealed it.
    pub keys: Vec<Uuid>,
    /// Objects of the store that held it, by name.
    pub objects: Vec<String>,
    /// The order, as it stands in the journal of the one who gave it: after a restore it is taken again.
    #[serde(with = "base64_bytes")]
    pub order: Vec<u8>,
    /// When it was written down, before anything was destroyed.
    pub at: Timestamp,
}

impl Erasure {
    /// What it is known by: of a record whose parts lay here and elsewhere there are two lines, of the part and of the end.
    pub(crate) const fn key(&self) -> (Uuid, bool) {
        (self.record, self.ends_record)
    }
}

/// As lines were before there were ends of whole records: their hashes stay what they are.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
const fn is_part(ends_record: &bool) -> bool {
    !*ends_record
}

/// Bytes as base64.
pub mod base64_bytes {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    /// Writes them.
    pub fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    /// Reads them.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map_err(D::Error::custom)
    }
}
