//! Divisions in state, by the name they have in files.

use redress_policy::Division;
use serde::{Deserialize, Deserializer, Serializer};

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference to the field")]
pub(crate) fn serialize<S: Serializer>(division: &Division, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(division.slug())
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Division, D::Error> {
    Division::deserialize(deserializer)
}
