//! From an order that was taken to its receipt: the erasure ledger, keys, objects, files, and then the word that it is done.
//! Each step may be repeated; what a crash left is taken up where it stood.

use redress_backup::taken;
use redress_journal::subscription::HandleFault;
use redress_kernel::{Id, clock::to_microseconds};
use redress_ledger::{Erasure, Head, known};
use redress_store::{
    DbError,
    blob::{BlobFault, ObjectName},
    keyring::KeyringFault,
};

use super::Holder;
use crate::{
    holdings::Holdings,
    order::{self, Order, State},
};

/// Why an order could not be carried out yet.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error("the database failed")]
    Database(#[from] DbError),
    #[error("the erasure ledger could not be written")]
    Ledger(#[from] redress_ledger::Fault),
    #[error("the keys could not be destroyed")]
    Keyring(#[from] KeyringFault),
    #[error("an object could not be deleted")]
    Object(#[from] BlobFault),
    #[error("the receipt could not be given")]
    Receipt(#[from] HandleFault),
}

impl<H: Holdings> Holder<H> {
    /// One round over everything that is not done, and how many orders it carried out.
    pub(super) async fn carry_out(&self) -> Result<usize, Fault> {
        let mut tx = self.parts.database.read().await?;
        let open = order::find_open(&mut tx).await?;
        drop(tx);
        if open.is_empty() {
            return Ok(0);
        }
        // Before anything is destroyed for good: a backup that is restored later must not bring it back.
        let head = self.parts.ledger.append(open.iter().map(|order| self.erasure(order)).collect()).await?;
        let keys: Vec<_> =
            open.iter().flat_map(|order| &order.state.remains.keys).map(|key| Id::new(*key)).collect();
        if !keys.is_empty() {
            self.parts.keyring.destroy_known(&keys).await?;
        }
        for name in open.iter().flat_map(|order| &order.state.remains.objects) {
            if let Some(object) = ObjectName::from_bytes(name) {
                self.parts.blobs.delete(object).await?;
            }
        }
        match self.parts.database.empty_log().await {
            // What it sealed is unreadable without its key; the log is emptied with the next order.
            Ok(()) | Err(DbError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
        let done = open.len();
        for order in open {
            self.finish(order, head).await?;
        }
        Ok(done)
    }

    /// An order as it is written down.
    fn erasure(&self, order: &Order) -> Erasure {
        let State { disposal, subjects, remains, order: bytes, .. } = order.state.clone();
        let name = |object: &Vec<u8>| ObjectName::from_bytes(object).map(|name| name.to_string());
        Erasure {
            record: order.record,
            ends_record: false,
            disposal,
            subjects,
            objects: remains.objects.iter().filter_map(name).collect(),
            keys: remains.keys,
            order: bytes,
            at: to_microseconds(self.parts.clock.now()),
        }
    }

    async fn finish(&self, order: Order, head: Head) -> Result<(), Fault> {
        let on = self.parts.clock.today();
        let mut tx = self.parts.database.write().await?;
        let beyond_use_until = self.beyond_use_until(taken::last_begun(&mut tx).await?);
        let state = State { carried_out_on: Some(on), beyond_use_until, ..order.state };
        self.give_receipt(&mut tx, Order { done: true, state, ..order }).await?;
        known::note(&mut tx, head).await?;
        tx.commit().await?;
        self.parts.hint.committed();
        Ok(())
    }
}
