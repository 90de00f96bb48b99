//! Wake-up calls inside a process. They only save waiting: whoever misses one finds the truth in the tables by timer.

use std::sync::Arc;

use tokio::sync::{Notify, watch};

/// Tells the sequencer of commits, and readers of a new head. Clones share it.
#[derive(Clone, Debug)]
pub struct Hint {
    committed: Arc<Notify>,
    head: watch::Sender<i64>,
}

impl Default for Hint {
    fn default() -> Self {
        Self::new()
    }
}

impl Hint {
    /// A hint nobody has given yet.
    pub fn new() -> Self {
        Self { committed: Arc::new(Notify::new()), head: watch::Sender::new(0) }
    }

    /// Says that entries were committed.
    pub fn committed(&self) {
        self.committed.notify_one();
    }

    /// Waits until entries were committed since the last time.
    pub(crate) async fn wait_for_commit(&self) {
        self.committed.notified().await;
    }

    /// Says how many entries have their position.
    pub(crate) fn sequenced(&self, size: i64) {
        self.head.send_if_modified(|head| {
            let grown = size > *head;
            *head = size.max(*head);
            grown
        });
    }

    /// Waits until there are entries after `position`.
    pub(crate) async fn wait_for_entries(&self, position: i64) {
        let mut head = self.head.subscribe();
        // The sender lives as long as `self`.
        drop(head.wait_for(|head| *head > position).await);
    }
}
