//! After a restore: what was erased since the backup is erased again, by the same steps, before anything is served.

use redress_chassis::BuildFailure;
use redress_ledger::{Erasure, known};
use redress_store::{Tx, blob::ObjectName};

use super::{Holder, Told, carry_out::Fault, ordered};
use crate::{
    holdings::{Holdings, Remains, Standing},
    order::{self, Order, State},
    tombstone,
};

impl<H: Holdings> Holder<H> {
    /// Carries out again what the ledger says was erased. It may be repeated, and cut short at any point.
    pub async fn replay(self, erased: Vec<Erasure>) -> Result<(), BuildFailure> {
        for erasure in erased {
            let mut tx = self.parts.database.write().await?;
            self.take_again(&mut tx, erasure).await?;
            tx.commit().await?;
        }
        while self.carry_out().await? > 0 {}
        Ok(())
    }

    async fn take_again(&self, tx: &mut Tx, erasure: Erasure) -> Result<(), Fault> {
        known::begin(tx, erasure.record).await?;
        if order::find(tx, erasure.record).await?.is_some() {
            return Ok(());
        }
        let Some(told) = ordered(&erasure.order, H::HOLDER)? else { return Ok(()) };
        let mut remains = Remains::default();
        for subject in &told.subjects {
            match self.holdings.standing(tx, subject).await? {
                // It was closed when it was erased, whatever it was when the backup was taken.
                Standing::Closed | Standing::Open => {
                    remains = remains.with(self.holdings.take_out(tx, subject).await?);
                }
                // It came after the backup, and went with it.
                Standing::NotHere => {}
            }
        }
        let Told { disposal, record, contract, subjects, stone, bytes, .. } = told;
        tombstone::put(tx, &remains.subjects, &remains.seen_by, &stone).await?;
        let state = State {
            disposal,
            contract,
            subjects,
            // Also what the copy did not know of any more, or not yet.
            remains: remains.with(Remains {
                keys: erasure.keys,
                objects: erasure.objects.iter().filter_map(|name| object(name)).collect(),
                ..Remains::default()
            }),
            carried_out_on: None,
            beyond_use_until: None,
            order: bytes,
        };
        Ok(order::save(tx, &Order { record, done: false, state, version: 0 }).await?)
    }
}

fn object(name: &str) -> Option<Vec<u8>> {
    name.parse::<ObjectName>().ok().map(|name| name.bytes().to_vec())
}
