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
use uuid::Uuid;

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
    #[error("{orders} orders could not be carried out")]
    Left { orders: usize },
}

impl<H: Holdings> Holder<H> {
    /// One round over everything that is not done, and how many orders it carried out. One that cannot be carried out yet keeps no other from it,
    /// and the next round tries it again.
    pub(super) async fn carry_out(&self) -> Result<usize, Fault> {
        let (mut after, mut done, mut left) = (Uuid::nil(), 0, 0);
        loop {
            let mut tx = self.parts.database.read().await?;
            let open = order::find_open(&mut tx, after).await?;
            drop(tx);
            let Some(last) = open.last() else { break };
            after = last.record;
            let orders = open.len();
            let carried_out = self.carry_out_these(open).await?;
            done += carried_out;
            left += orders - carried_out;
        }
        if left > 0 { Err(Fault::Left { orders: left }) } else { Ok(done) }
    }

    async fn carry_out_these(&self, open: Vec<Order>) -> Result<usize, Fault> {
        // Before anything is destroyed for good: a backup that is restored later must not bring it back.
        let head = self.parts.ledger.append(open.iter().map(|order| self.erasure(order)).collect()).await?;
        let keys: Vec<_> =
            open.iter().flat_map(|order| &order.state.remains.keys).map(|key| Id::new(*key)).collect();
        if !keys.is_empty() {
            self.parts.keyring.destroy_known(&keys).await?;
        }
        let mut gone = Vec::with_capacity(open.len());
        for order in open {
            match self.delete_objects(&order).await {
                Ok(()) => gone.push(order),
                Err(fault) => waits(&order, &fault),
            }
        }
        match self.parts.database.empty_log().await {
            // What it sealed is unreadable without its key; the log is emptied with the next order.
            Ok(()) | Err(DbError::Conflict(_)) => {}
            Err(error) => return Err(error.into()),
        }
        let mut done = 0;
        for order in gone {
            match self.finish(order.clone(), head).await {
                Ok(()) => done += 1,
                Err(fault) => waits(&order, &fault),
            }
        }
        Ok(done)
    }

    async fn delete_objects(&self, order: &Order) -> Result<(), Fault> {
        for name in &order.state.remains.objects {
            if let Some(object) = ObjectName::from_bytes(name) {
                self.parts.blobs.delete(object).await?;
            }
        }
        Ok(())
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

fn waits(order: &Order, fault: &Fault) {
    tracing::warn!(record.id = %order.record, %fault, "an order to destroy waits for the next round");
}
