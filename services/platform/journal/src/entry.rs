//! What an entry says, and the exact bytes in which it is kept and hashed.
//!
//! The trace context stays beside the content and out of the leaf: it says how the entry came to be written, not what
//! happened, and whether a call is traced must not change what an auditor can prove.

use jiff::Timestamp;
use prost::Message as _;
use uuid::Uuid;

use crate::merkle::Hash;

/// Most bytes of one entry's content (reliability 5.8).
pub const MOST_BYTES: usize = 64 * 1024;

/// The thing an entry is about; its entries are in the order of its versions.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, std::hash::Hash)]
pub struct Stream {
    /// Its kind, as the collection of its resource name, such as `complaints`.
    pub kind: String,
    /// Which one.
    pub id: Uuid,
}

/// Who does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// The organisation for which; none for the suite itself.
    pub organisation: Option<Uuid>,
    /// Opaque id of the person or service at its identity provider.
    pub subject: String,
}

/// What a command records; the shell adds who, when and in answer to which request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The kind of thing it is about, such as `complaints`.
    pub stream_kind: &'static str,
    /// The thing.
    pub stream_id: Uuid,
    /// The version the thing reaches by it; 1 for the first.
    pub version: i64,
    /// What happened: the full name of the payload's message.
    pub entry_type: &'static str,
    /// Version of the payload's meaning.
    pub schema_version: u32,
    /// The payload, encoded: identifiers, dates and enum values only.
    pub payload: Vec<u8>,
    /// The contract under which it happened, which decides who may see it.
    pub scope: Option<Uuid>,
    /// The rules behind it, in short form.
    pub citations: Vec<String>,
}

/// The content of an entry: `redress.journal.v1.EntryContent`, field by field. Its encoding is deterministic: fields in
/// the order of their numbers, defaults left out, no maps.
#[derive(Clone, PartialEq, Eq, prost::Message)]
pub struct Content {
    /// The entry's own id.
    #[prost(string, tag = "1")]
    pub entry_id: String,
    /// Kind of the thing it is about.
    #[prost(string, tag = "2")]
    pub stream_kind: String,
    /// The thing.
    #[prost(string, tag = "3")]
    pub stream_id: String,
    /// Version the thing reached.
    #[prost(int64, tag = "4")]
    pub version: i64,
    /// Full name of the payload's message.
    #[prost(string, tag = "5")]
    pub entry_type: String,
    /// Version of the payload's meaning.
    #[prost(uint32, tag = "6")]
    pub schema_version: u32,
    /// The payload.
    #[prost(bytes = "vec", tag = "7")]
    pub payload: Vec<u8>,
    /// Organisation for which it was done.
    #[prost(string, tag = "8")]
    pub actor_organisation: String,
    /// Who did it.
    #[prost(string, tag = "9")]
    pub actor_subject: String,
    /// The call that did it.
    #[prost(string, tag = "10")]
    pub request_id: String,
    /// The entry that caused it.
    #[prost(string, tag = "11")]
    pub causation_id: String,
    /// The contract under which it happened.
    #[prost(string, tag = "12")]
    pub scope_id: String,
    /// When it was recorded.
    #[prost(message, optional, tag = "13")]
    pub record_time: Option<Instant>,
    /// The rules behind it.
    #[prost(string, repeated, tag = "14")]
    pub citations: Vec<String>,
}

/// `google.protobuf.Timestamp`.
#[derive(Clone, Copy, PartialEq, Eq, prost::Message)]
pub struct Instant {
    /// Seconds since 1970.
    #[prost(int64, tag = "1")]
    pub seconds: i64,
    /// Nanoseconds of the second.
    #[prost(int32, tag = "2")]
    pub nanos: i32,
}

/// An entry with its place in the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Place in the log, from 1; the leaf index is one less.
    pub position: i64,
    /// What it says.
    pub content: Content,
    /// The exact bytes of the content, which are what is hashed.
    pub bytes: Vec<u8>,
    /// Trace context of the call that recorded it; empty when there was none.
    pub traceparent: String,
}

/// Bytes that are not the content of an entry.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bytes are not the content of an entry")]
pub struct NotAnEntry;

impl Entry {
    /// Takes the parts as they came from a database or another service.
    pub fn parse(position: i64, bytes: Vec<u8>, traceparent: String) -> Result<Self, NotAnEntry> {
        let content = Content::decode(bytes.as_slice()).map_err(|_| NotAnEntry)?;
        Ok(Self { position, content, bytes, traceparent })
    }

    /// Its leaf in the Merkle tree.
    pub fn leaf(&self) -> Hash {
        Hash::leaf(&self.bytes)
    }

    /// The entry's id, which is the request id of whatever is done because of it.
    pub fn id(&self) -> Result<Uuid, NotAnEntry> {
        uuid(&self.content.entry_id)
    }

    /// The thing it is about.
    pub fn stream(&self) -> Result<Stream, NotAnEntry> {
        Ok(Stream { kind: self.content.stream_kind.clone(), id: uuid(&self.content.stream_id)? })
    }

    /// The contract under which it happened.
    pub fn scope(&self) -> Result<Option<Uuid>, NotAnEntry> {
        match self.content.scope_id.as_str() {
            "" => Ok(None),
            scope => uuid(scope).map(Some),
        }
    }
}

impl Instant {
    /// The same instant, for the wire.
    pub fn of(at: Timestamp) -> Self {
        Self { seconds: at.as_second(), nanos: at.subsec_nanosecond() }
    }

    /// The same instant, off the wire.
    pub fn timestamp(self) -> Result<Timestamp, NotAnEntry> {
        Timestamp::new(self.seconds, self.nanos).map_err(|_| NotAnEntry)
    }
}

fn uuid(text: &str) -> Result<Uuid, NotAnEntry> {
    Uuid::try_parse(text).map_err(|_| NotAnEntry)
}
