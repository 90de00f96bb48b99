//! Rebuilds the whole log from its entries and compares everything with what is stored and signed; names the first row
//! that does not fit. Meant to run daily: whoever changes a row past the program is found within a day.

mod rows;
mod tree;

use redress_store::DbError;

use crate::{checkpoint::Checkpoint, log::Log};

pub(crate) use rows::{SELECT_ENTRIES, SELECT_LOST, SELECT_PENDING};
pub(crate) use tree::SELECT_CHECKPOINTS;

use self::{rows::Rows, tree::Rebuilt};

/// What was found good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audited {
    /// Entries that were checked.
    pub entries: i64,
    /// Checkpoints that were checked.
    pub checkpoints: u64,
}

/// Why a log is not found good.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuditFault {
    /// A row does not fit the others.
    #[error("{table}, {row}: {what}")]
    Damaged {
        /// Its table.
        table: &'static str,
        /// Which row.
        row: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
}

impl AuditFault {
    fn damaged(table: &'static str, row: impl Into<String>, what: &'static str) -> Self {
        Self::Damaged { table, row: row.into(), what }
    }
}

impl Log {
    /// Checks everything up to the present head, and that the log contains what was `published` outside the database.
    pub async fn audit(&self, published: Option<&Checkpoint>) -> Result<Audited, AuditFault> {
        let head = self.head().await?.map_or(0, |head| head.size);
        if let Some(published) = published.filter(|published| published.size > head.unsigned_abs()) {
            let row = format!("size {}", published.size);
            return Err(AuditFault::damaged("journal_checkpoints", row, "was published and is gone"));
        }
        rows::nothing_lost(self).await?;
        let mut rows = Rows::new();
        let mut rebuilt = Rebuilt::new(self.key(), published.cloned());
        while rows.position() < head {
            let leaves = rows.page(self, head).await?;
            rebuilt.grow(self, &leaves).await?;
        }
        let checkpoints = rebuilt.finish(self, head).await?;
        Ok(Audited { entries: head, checkpoints })
    }
}
