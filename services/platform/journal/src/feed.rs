//! Reading the journal: sequenced entries only, in order of position, so that no late commit is ever missed
//! (reliability 0.6).

use std::{fmt, sync::Arc, time::Duration};

use futures::Stream;
use redress_store::{Db, DbError, Row, Tx};
use uuid::Uuid;

use crate::{entry::Entry, hint::Hint, log::head};

pub(crate) const SELECT: &str = "SELECT p.position, j.content, j.traceparent FROM journal_positions p \
     JOIN journal j ON j.entry_id = p.entry_id WHERE p.position > $1 ORDER BY p.position LIMIT $2";

pub(crate) const SELECT_STREAM: &str = "SELECT p.position, j.content, j.traceparent FROM journal j \
     JOIN journal_positions p ON p.entry_id = j.entry_id \
     WHERE j.stream_kind = $1 AND j.stream_id = $2 AND p.position > $3 ORDER BY p.position LIMIT $4";

pub(crate) const SELECT_ONE: &str = "SELECT p.position, j.content, j.traceparent FROM journal_positions p \
     JOIN journal j ON j.entry_id = p.entry_id WHERE p.position = $1";

/// Most entries looked at in one reading, whatever comes of them.
const SCAN: i64 = 512;

/// How long a reader trusts the hint before it looks for itself: another process may have sequenced.
const POLL: Duration = Duration::from_millis(500);

/// The entries of one service. Clones share it.
#[derive(Clone, Debug)]
pub struct Feed {
    db: Db,
    hint: Hint,
    epoch: Uuid,
}

/// Which entries a reader wants and may have.
#[derive(Clone)]
pub struct Filter {
    /// Only these types; empty for all.
    pub types: Vec<String>,
    /// Only this kind of thing.
    pub stream_kind: Option<String>,
    /// Only this thing.
    pub stream_id: Option<Uuid>,
    /// Whether the reader may see entries of a contract, or those that belong to none.
    pub visible: Arc<dyn Fn(Option<Uuid>) -> bool + Send + Sync>,
}

/// Some entries, and how far the reading got.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The entries, in order.
    pub entries: Vec<Entry>,
    /// Everything up to here was looked at: read on after it.
    pub scanned: i64,
    /// Position of the last entry of the log.
    pub head: i64,
    /// Which life of the database this is.
    pub epoch: Uuid,
}

/// Why nothing is read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedFault {
    /// The reader has seen more than there is: the database was restored, or it is another one.
    #[error("the log has {head} entries")]
    BeyondHead {
        /// Its present size.
        head: i64,
    },
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl Filter {
    /// Everything, for whoever may see everything.
    pub fn everything() -> Self {
        Self { types: Vec::new(), stream_kind: None, stream_id: None, visible: Arc::new(|_| true) }
    }

    fn admits(&self, entry: &Entry) -> bool {
        let content = &entry.content;
        let wanted = (self.types.is_empty() || self.types.contains(&content.entry_type))
            && self.stream_kind.as_ref().is_none_or(|kind| *kind == content.stream_kind)
            && self.stream_id.is_none_or(|id| entry.stream().is_ok_and(|stream| stream.id == id));
        // An entry whose scope cannot be read is nobody's.
        wanted && entry.scope().is_ok_and(|scope| (self.visible)(scope))
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter")
            .field("types", &self.types)
            .field("stream_kind", &self.stream_kind)
            .field("stream_id", &self.stream_id)
            .finish_non_exhaustive()
    }
}

impl Feed {
    pub(crate) const fn new(db: Db, hint: Hint, epoch: Uuid) -> Self {
        Self { db, hint, epoch }
    }

    /// Reads up to `limit` entries after a position.
    pub async fn read(&self, after: i64, limit: usize, filter: &Filter) -> Result<Page, FeedFault> {
        let mut tx = self.db.read().await?;
        let head = head::newest(&mut tx).await?.map_or(0, |head| head.size);
        if after > head {
            return Err(FeedFault::BeyondHead { head });
        }
        let found = match (&filter.stream_kind, filter.stream_id) {
            (Some(kind), Some(id)) => {
                tx.query(SELECT_STREAM).bind(kind.as_str()).bind(id).bind(after).bind(SCAN).all(entry).await?
            }
            (None, _) | (_, None) => tx.query(SELECT).bind(after).bind(SCAN).all(entry).await?,
        };
        let exhausted = i64::try_from(found.len()).is_ok_and(|count| count < SCAN);
        let mut page = Page { entries: Vec::new(), scanned: after, head, epoch: self.epoch };
        for entry in found {
            if page.entries.len() == limit {
                return Ok(page);
            }
            page.scanned = entry.position;
            if filter.admits(&entry) {
                page.entries.push(entry);
            }
        }
        if exhausted {
            page.scanned = head;
        }
        Ok(page)
    }

    /// Reads on and on after a position, waiting for what comes. Ends with the first fault.
    pub fn follow(
        self,
        after: i64,
        limit: usize,
        filter: Filter,
    ) -> impl Stream<Item = Result<Page, FeedFault>> + Send {
        futures::stream::try_unfold((self, after, filter), move |(feed, after, filter)| async move {
            loop {
                let page = feed.read(after, limit, &filter).await?;
                if page.scanned > after {
                    let scanned = page.scanned;
                    return Ok(Some((page, (feed, scanned, filter))));
                }
                feed.wait(after).await;
            }
        })
    }

    /// Waits until there may be entries after a position.
    pub async fn wait(&self, after: i64) {
        drop(tokio::time::timeout(POLL, self.hint.wait_for_entries(after)).await);
    }
}

/// The entry at a position.
pub(crate) async fn at(tx: &mut Tx, position: i64) -> Result<Option<Entry>, DbError> {
    tx.query(SELECT_ONE).bind(position).optional(entry).await
}

pub(crate) fn entry(row: &Row<'_>) -> Result<Entry, DbError> {
    Entry::parse(row.get("position")?, row.get("content")?, row.get("traceparent")?)
        .map_err(|_| row.inconsistent("content", "is not the content of an entry"))
}
