//! The rows of entries: no gaps, no changes, versions in order.

use std::collections::HashMap;

use jiff::Timestamp;
use redress_store::{DbError, Row};
use uuid::Uuid;

use super::AuditFault;
use crate::{
    entry::{Entry, Stream},
    log::{Log, head},
    merkle::Hash,
};

pub(crate) const SELECT_ENTRIES: &str = "SELECT p.position, p.leaf, p.entry_id AS positioned_id, j.entry_id, \
     j.stream_kind, j.stream_id, j.stream_version, j.entry_type, j.scope_id, j.content, j.recorded_at \
     FROM journal_positions p LEFT JOIN journal j ON j.entry_id = p.entry_id \
     WHERE p.position > $1 AND p.position <= $2 ORDER BY p.position LIMIT 512";

pub(crate) const SELECT_LOST: &str = "SELECT j.entry_id FROM journal j \
     WHERE NOT EXISTS (SELECT 1 FROM journal_positions p WHERE p.entry_id = j.entry_id) \
     AND NOT EXISTS (SELECT 1 FROM journal_pending w WHERE w.entry_id = j.entry_id) LIMIT 1";

pub(crate) const SELECT_PENDING: &str = "SELECT w.entry_id AS waiting_id, w.leaf, w.stream_kind AS waiting_kind, \
     w.stream_id AS waiting_stream, w.stream_version AS waiting_version, j.stream_kind, j.stream_id, \
     j.stream_version, j.content FROM journal_pending w LEFT JOIN journal j ON j.entry_id = w.entry_id";

/// A row of the journal beside its position.
struct Found {
    position: i64,
    leaf: Hash,
    positioned_id: Uuid,
    entry: Option<Stored>,
}

struct Stored {
    stream: Stream,
    version: i64,
    entry_type: String,
    scope: Option<Uuid>,
    content: Vec<u8>,
    recorded_at: Timestamp,
}

/// The walk along the positions.
pub(super) struct Rows {
    position: i64,
    versions: HashMap<Stream, i64>,
}

impl Rows {
    pub(super) fn new() -> Self {
        Self { position: 0, versions: HashMap::new() }
    }

    pub(super) const fn position(&self) -> i64 {
        self.position
    }

    /// Checks the next entries and returns their leaves.
    pub(super) async fn page(&mut self, log: &Log, head: i64) -> Result<Vec<Hash>, AuditFault> {
        let mut tx = log.db().read().await?;
        let found = tx.query(SELECT_ENTRIES).bind(self.position).bind(head).all(read).await?;
        drop(tx);
        if found.is_empty() {
            return Err(self.gap());
        }
        found.into_iter().map(|found| self.check(found)).collect()
    }

    fn gap(&self) -> AuditFault {
        AuditFault::damaged("journal_positions", format!("position {}", self.position + 1), "is missing")
    }

    fn check(&mut self, found: Found) -> Result<Hash, AuditFault> {
        let Found { position, leaf, positioned_id, entry } = found;
        if position != self.position + 1 {
            return Err(self.gap());
        }
        self.position = position;
        let row = format!("position {position}, entry {positioned_id}");
        let damaged = |what| AuditFault::damaged("journal", row.clone(), what);
        let stored = entry.ok_or_else(|| damaged("is missing"))?;
        if Hash::leaf(&stored.content) != leaf {
            return Err(damaged("the content is not what was numbered and hashed"));
        }
        let (stream, version) = (stored.stream.clone(), stored.version);
        if !stored.agrees(position, positioned_id) {
            return Err(damaged("the columns do not say what the content says"));
        }
        let last = self.versions.entry(stream).or_default();
        if version != *last + 1 {
            return Err(damaged("the version does not follow the one before it in its stream"));
        }
        *last = version;
        Ok(leaf)
    }
}

impl Stored {
    fn agrees(self, position: i64, id: Uuid) -> bool {
        let Ok(entry) = Entry::parse(position, self.content, String::new()) else { return false };
        let recorded = entry.content.record_time.and_then(|time| time.timestamp().ok());
        entry.id() == Ok(id)
            && entry.stream() == Ok(self.stream)
            && entry.content.version == self.version
            && entry.content.entry_type == self.entry_type
            && entry.scope() == Ok(self.scope)
            && recorded == Some(self.recorded_at)
    }
}

/// Checks that every entry has a position or waits for one, and that what waits is what was recorded.
pub(super) async fn nothing_lost(log: &Log) -> Result<(), AuditFault> {
    let mut tx = log.db().read().await?;
    let lost: Option<Uuid> = tx.query(SELECT_LOST).optional(|row| row.get("entry_id")).await?;
    if let Some(entry) = lost {
        return Err(AuditFault::damaged(
            "journal",
            format!("entry {entry}"),
            "has no position and waits for none",
        ));
    }
    let waiting =
        tx.query(SELECT_PENDING).all(|row| Ok((row.get::<Uuid>("waiting_id")?, waits_rightly(row)?))).await?;
    match waiting.into_iter().find(|(_, rightly)| !rightly) {
        Some((entry, _)) => {
            Err(AuditFault::damaged("journal_pending", format!("entry {entry}"), "is not what was recorded"))
        }
        None => Ok(()),
    }
}

fn waits_rightly(row: &Row<'_>) -> Result<bool, DbError> {
    let content: Option<Vec<u8>> = row.get("content")?;
    let same_stream = row.get::<Option<String>>("stream_kind")? == Some(row.get("waiting_kind")?)
        && row.get::<Option<Uuid>>("stream_id")? == Some(row.get("waiting_stream")?)
        && row.get::<Option<i64>>("stream_version")? == Some(row.get("waiting_version")?);
    let leaf = head::hash(row, "leaf")?;
    Ok(same_stream && content.is_some_and(|content| Hash::leaf(&content) == leaf))
}

fn read(row: &Row<'_>) -> Result<Found, DbError> {
    let entry = match row.get::<Option<Uuid>>("entry_id")? {
        None => None,
        Some(_) => Some(Stored {
            stream: Stream { kind: row.get("stream_kind")?, id: row.get("stream_id")? },
            version: row.get("stream_version")?,
            entry_type: row.get("entry_type")?,
            scope: row.get("scope_id")?,
            content: row.get("content")?,
            recorded_at: row.get("recorded_at")?,
        }),
    };
    Ok(Found {
        position: row.get("position")?,
        leaf: head::hash(row, "leaf")?,
        positioned_id: row.get("positioned_id")?,
        entry,
    })
}
