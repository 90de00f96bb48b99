//! Events of the domain as entries of the journal: each a message of the contract's own, so that whoever reads the feed needs
//! nothing else. They hold identifiers, dates, enum values and digests only.

mod complaint;
mod document;
mod improvement;
mod participant;
mod procedure;
mod supply_chain;

use prost::{Message, Name};
use redress_journal::Draft;
use uuid::Uuid;

pub(crate) use complaint::complaint;
pub(crate) use document::document;
pub(crate) use improvement::{issue, proposal};
pub(crate) use participant::participant;
pub(crate) use procedure::procedure;
pub(crate) use supply_chain::{chain, contract, organisation};

/// Version of the meaning of every payload so far.
const SCHEMA: u32 = 1;

/// What an entry is about.
#[derive(Clone, Copy, Debug)]
struct About {
    kind: &'static str,
    id: Uuid,
    version: i64,
    contract: Option<Uuid>,
}

/// An entry whose payload is `message`.
fn entry<M: Message + Name>(about: About, message: &M, citations: Vec<String>) -> Draft {
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
