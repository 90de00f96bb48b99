//! The own journal: an entry that has its position gives it to what the event counted for.

use redress_journal::{
    entry::Entry,
    subscription::{HandleFault, Handler},
};
use redress_store::Tx;

use crate::store::fact::{self, Source};

/// Follows the own journal.
#[derive(Debug)]
pub(crate) struct Own;

impl Handler for Own {
    type Prepared = ();

    async fn prepare(&self, _: &Entry) -> Result<(), HandleFault> {
        Ok(())
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, (): ()) -> Result<(), HandleFault> {
        let id = entry.id().map_err(|_| HandleFault::Poison("no entry id".to_owned()))?;
        Ok(fact::place(tx, Source::Own, id, entry.position).await?)
    }
}
