//! Typed identifiers: mixing two kinds does not compile.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// What an id names. Implemented by uninhabited marker types, one a kind.
pub trait Noun: 'static {
    /// The collection part of the resource name, such as `complaints` in `complaints/0190…`.
    const COLLECTION: &'static str;
}

/// The identifier of one `K`, a UUID (version 7 when made here, so that ids sort by age).
pub struct Id<K>(Uuid, PhantomData<fn() -> K>);

/// Makes new identifiers; the process draws version 7, tests count.
pub trait Ids: Send + Sync + 'static {
    /// A fresh UUID.
    fn next(&self) -> Uuid;
}

impl<K> Id<K> {
    /// Takes a UUID as the id of a `K`.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// A fresh id.
    pub fn fresh(ids: &dyn Ids) -> Self {
        Self::new(ids.next())
    }

    /// The bare UUID, for the database and the wire.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<K: Noun> Id<K> {
    /// The resource name, such as `complaints/0190c2f6-…`.
    pub fn name(self) -> String {
        format!("{}/{}", K::COLLECTION, self.0)
    }

    /// Reads a resource name; the collection must be the right one and the UUID in its canonical lower-case form,
    /// so that one resource has one name.
    pub fn parse_name(name: &str) -> Result<Self, InvalidName> {
        let invalid = || InvalidName { collection: K::COLLECTION };
        let (collection, id) = name.split_once('/').ok_or_else(invalid)?;
        if collection != K::COLLECTION || id.len() != 36 {
            return Err(invalid());
        }
        let uuid = Uuid::from_str(id).map_err(|_| invalid())?;
        if uuid.to_string() == id { Ok(Self::new(uuid)) } else { Err(invalid()) }
    }
}

/// A text that does not name a resource of the wanted kind. It does not repeat the text, which may be hostile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be of the form {collection}/{{uuid}}, the uuid in lower case")]
pub struct InvalidName {
    /// The collection that was wanted.
    pub collection: &'static str,
}

// Written out, because derives would ask the marker type for what only the UUID needs.
impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> hash::Hash for Id<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}
impl<K> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl<'de, K> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    enum Complaint {}
    impl Noun for Complaint {
        const COLLECTION: &'static str = "complaints";
    }

    #[test]
    fn a_name_reads_back() {
        let id = Id::<Complaint>::new(Uuid::from_u128(7));
        assert_eq!(Id::parse_name(&id.name()), Ok(id));
    }

    #[test]
    fn one_resource_has_one_name() {
        for bad in [
            "",
            "complaints",
            "complaints/",
            "complaints/../x",
            "contracts/00000000-0000-0000-0000-000000000007",
            "complaints/00000000-0000-0000-0000-00000000000A",
            "complaints/{00000000-0000-0000-0000-000000000007}",
            "complaints/00000000000000000000000000000007",
            "complaints/00000000-0000-0000-0000-000000000007 ",
        ] {
            assert!(Id::<Complaint>::parse_name(bad).is_err(), "{bad:?}");
        }
    }
}
