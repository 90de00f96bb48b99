//! Events of a domain as entries: each a message of the contract's own, so that whoever reads the feed needs nothing else.
//! They hold identifiers, dates, enum values and digests only.

use prost::{Message, Name};
use uuid::Uuid;

use crate::Draft;

/// Version of the meaning of every payload so far.
const SCHEMA: u32 = 1;

/// What an entry is about.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Its kind, as the collection of its resource name, such as `complaints`.
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
    /// The version it reaches.
    pub version: i64,
    /// The contract under which it happened, which decides who may see it.
    pub contract: Option<Uuid>,
}

/// An entry whose payload is `message`.
pub fn entry<M: Message + Name>(about: About, message: &M, citations: Vec<String>) -> Draft {
    Draft {
        stream_kind: about.kind,
        stream_id: about.id,
        version: about.version,
        entry_type: full_name::<M>(),
        schema_version: SCHEMA,
        payload: message.encode_to_vec(),
        scope: about.contract,
        citations,
    }
}

/// The full name of a message, once for each.
fn full_name<M: Name>() -> &'static str {
    use std::{
        collections::HashMap,
        sync::{LazyLock, Mutex, PoisonError},
    };
    static NAMES: LazyLock<Mutex<HashMap<String, &'static str>>> = LazyLock::new(Mutex::default);
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    let name = M::full_name();
    names.entry(name.clone()).or_insert_with(|| Box::leak(name.into_boxed_str()))
}
