//! Entries on their way into the journal, in the transaction of the change they tell of.

use jiff::Timestamp;
use prost::Message as _;
use redress_kernel::Ids;
use redress_store::{Batch, Cause, DbError, Parameter as _, Table, Tx};
use uuid::Uuid;

use crate::{
    entry::{Actor, Content, Draft, Instant, MOST_BYTES},
    merkle::Hash,
};

pub(crate) const JOURNAL: Table = Table::insert(
    "journal",
    &[
        "entry_id",
        "stream_kind",
        "stream_id",
        "stream_version",
        "entry_type",
        "scope_id",
        "content",
        "traceparent",
        "recorded_at",
    ],
);

pub(crate) const PENDING: Table = Table::insert(
    "journal_pending",
    &["entry_id", "stream_kind", "stream_id", "stream_version", "leaf", "recorded_at"],
);

/// What is the same for all entries of one call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Who called.
    pub actor: Actor,
    /// The request id of the call, when it had one.
    pub request: Option<Uuid>,
    /// The entry that made it happen, when one did.
    pub causation: Option<Uuid>,
    /// W3C trace context of the call; empty when there is none.
    pub traceparent: String,
}

impl Origin {
    /// What the suite does by itself.
    pub const fn of_suite() -> Self {
        let actor = Actor { organisation: None, subject: String::new() };
        Self { actor, request: None, causation: None, traceparent: String::new() }
    }
}

/// Collects the entries of a transaction.
pub struct Entries<'i> {
    ids: &'i dyn Ids,
    now: Timestamp,
    origin: Origin,
    ready: Vec<Ready>,
}

struct Ready {
    draft: Draft,
    entry_id: Uuid,
    bytes: Vec<u8>,
    traceparent: String,
}

impl<'i> Entries<'i> {
    /// Collects entries recorded at `now`, which is in whole microseconds.
    pub fn new(ids: &'i dyn Ids, now: Timestamp, origin: Origin) -> Self {
        Self { ids, now, origin, ready: Vec::new() }
    }

    /// Records an entry, and returns its id.
    pub fn append(&mut self, mut draft: Draft) -> Uuid {
        let entry_id = self.ids.next();
        let text = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
        let content = Content {
            entry_id: entry_id.to_string(),
            stream_kind: draft.stream_kind.to_owned(),
            stream_id: draft.stream_id.to_string(),
            version: draft.version,
            entry_type: draft.entry_type.to_owned(),
            schema_version: draft.schema_version,
            payload: std::mem::take(&mut draft.payload),
            actor_organisation: text(self.origin.actor.organisation),
            actor_subject: self.origin.actor.subject.clone(),
            request_id: text(self.origin.request),
            causation_id: text(self.origin.causation),
            scope_id: text(draft.scope),
            record_time: Some(Instant::of(self.now)),
            citations: std::mem::take(&mut draft.citations),
        };
        let bytes = content.encode_to_vec();
        self.ready.push(Ready { draft, entry_id, bytes, traceparent: self.origin.traceparent.clone() });
        entry_id
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ready.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ready.is_empty()
    }

    /// What follows is recorded for another call.
    pub(crate) fn turn_to(&mut self, origin: Origin) {
        self.origin = origin;
    }

    /// Writes them into the journal, where they wait for the sequencer.
    ///
    /// # Errors
    /// [`DbError::Conflict`] when a stream has the version already.
    pub async fn flush(self, tx: &mut Tx) -> Result<(), DbError> {
        let (mut journal, mut pending) = (Batch::new(&JOURNAL), Batch::new(&PENDING));
        for Ready { draft, entry_id, bytes, traceparent } in self.ready {
            if bytes.len() > MOST_BYTES {
                return Err(DbError::Refused(Cause::new(
                    "entry",
                    "the content of an entry is larger than 64 KiB",
                )));
            }
            pending.push([
                entry_id.value(),
                draft.stream_kind.value(),
                draft.stream_id.value(),
                draft.version.value(),
                Hash::leaf(&bytes).bytes().as_slice().value(),
                self.now.value(),
            ]);
            journal.push([
                entry_id.value(),
                draft.stream_kind.value(),
                draft.stream_id.value(),
                draft.version.value(),
                draft.entry_type.value(),
                draft.scope.value(),
                bytes.value(),
                traceparent.value(),
                self.now.value(),
            ]);
        }
        tx.flush(journal).await?;
        tx.flush(pending).await?;
        Ok(())
    }
}
