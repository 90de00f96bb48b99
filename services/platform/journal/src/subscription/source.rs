//! Where entries come from: a service in the same process, or another one over the wire.

use crate::feed::{Feed, FeedFault, Filter, Page};

/// Another service's feed.
pub trait Source: Send + Sync + 'static {
    /// The source's name, which is the subscription's; never changed.
    fn name(&self) -> &str;

    /// Reads up to `limit` entries after a position.
    fn read(&self, after: i64, limit: usize) -> impl Future<Output = Result<Page, SourceFault>> + Send;

    /// Waits until there may be entries after a position; may return early.
    fn wait(&self, after: i64) -> impl Future<Output = ()> + Send;
}

/// Why a source gives nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceFault {
    /// The source has fewer entries than were taken from it.
    #[error("the source has {head} entries")]
    BeyondHead {
        /// How many it has.
        head: i64,
    },
    /// It cannot be reached, or does not answer as it should; the reason is a code.
    #[error("the source is not available: {0}")]
    Unavailable(String),
}

/// A source in the same process.
#[derive(Clone, Debug)]
pub struct LocalSource {
    name: String,
    feed: Feed,
    filter: Filter,
}

impl LocalSource {
    /// Reads what `filter` admits of `feed`.
    pub fn new(name: impl Into<String>, feed: Feed, filter: Filter) -> Self {
        Self { name: name.into(), feed, filter }
    }
}

impl Source for LocalSource {
    fn name(&self) -> &str {
        &self.name
    }

    async fn read(&self, after: i64, limit: usize) -> Result<Page, SourceFault> {
        self.feed.read(after, limit, &self.filter).await.map_err(|fault| match fault {
            FeedFault::BeyondHead { head } => SourceFault::BeyondHead { head },
            FeedFault::Database(_) => SourceFault::Unavailable("DATABASE".to_owned()),
        })
    }

    async fn wait(&self, after: i64) {
        self.feed.wait(after).await;
    }
}
