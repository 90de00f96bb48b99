//! A service's log: which one it is, which life of its database, its heads and its proofs.

pub mod head;
pub mod proofs;
pub(crate) mod tree;

use redress_kernel::Ids;
use redress_store::{Batch, Db, DbError, Parameter as _, Row, Table, Tx, Value};
use uuid::Uuid;

use crate::{checkpoint::VerifierKey, feed::Feed, hint::Hint};

pub use head::Head;

pub(crate) const INSERT: Table =
    Table::insert_new("journal_log", &["log_id", "origin", "epoch", "turn", "turn_of"]);

pub(crate) const SELECT: &str = "SELECT origin, epoch FROM journal_log WHERE log_id = 1";

pub(crate) const SET_EPOCH: &str = "UPDATE journal_log SET epoch = $1 WHERE log_id = 1";

pub(crate) const FOLLOW_SELF: &str =
    "UPDATE subscriptions SET epoch = $1 WHERE epoch = (SELECT epoch FROM journal_log WHERE log_id = 1)";

/// The journal of one service, for everyone who reads it. Clones share it.
#[derive(Clone, Debug)]
pub struct Log {
    db: Db,
    hint: Hint,
    key: VerifierKey,
    epoch: Uuid,
}

/// Why a log is not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenFault {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The database holds the journal of another service.
    #[error("the database holds the journal of {found}, not of {wanted}")]
    Foreign {
        /// The log that was to be opened.
        wanted: String,
        /// The log in the database.
        found: String,
    },
}

impl Log {
    /// Opens the log that `key` signs, and gives it its name when it is new.
    pub async fn open(db: Db, key: VerifierKey, hint: Hint, ids: &dyn Ids) -> Result<Self, OpenFault> {
        let mut tx = db.write().await?;
        let mut batch = Batch::new(&INSERT);
        batch.push([1.value(), key.name().value(), ids.next().value(), 0.value(), Value::Null(Uuid::KIND)]);
        tx.flush(batch).await?;
        let (found, epoch) = identity(&mut tx).await?;
        if found != key.name() {
            return Err(OpenFault::Foreign { wanted: key.name().to_owned(), found });
        }
        tx.commit().await?;
        Ok(Self { db, hint, key, epoch })
    }

    /// The key that signs its checkpoints.
    pub const fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// Which life of the database this is.
    pub const fn epoch(&self) -> Uuid {
        self.epoch
    }

    /// Its entries.
    pub fn feed(&self) -> Feed {
        Feed::new(self.db.clone(), self.hint.clone(), self.epoch)
    }

    pub(crate) const fn db(&self) -> &Db {
        &self.db
    }
}

/// Begins another life of the database: whoever followed the one before notices. Returns the head it begins with.
pub async fn begin_life(tx: &mut Tx, epoch: Uuid) -> Result<Option<Head>, DbError> {
    // Who follows itself shares its fate, and need not wonder.
    tx.query(FOLLOW_SELF).bind(epoch).execute().await?;
    tx.query(SET_EPOCH).bind(epoch).execute().await?;
    head::newest(tx).await
}

pub(crate) async fn identity(tx: &mut Tx) -> Result<(String, Uuid), DbError> {
    tx.query(SELECT).one(|row: &Row<'_>| Ok((row.get("origin")?, row.get("epoch")?))).await
}
