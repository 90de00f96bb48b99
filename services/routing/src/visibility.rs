//! Which entries of the journal a caller sees: those about contacts, mixed complaints and letters to which it is a party, and about
//! their papers. What people say of a provider alone is not the business of Jobcentre Plus, nor what one subcontractor is told
//! that of another (RTE-07).

use std::{collections::HashSet, future::Future, pin::Pin};

use redress_chain::Visible as OfContracts;
use redress_chassis::{
    Caller,
    grpc::journal::{Seen, Visibility},
};
use redress_journal::entry::Stream;
use redress_kernel::Id;
use redress_store::{Db, DbError};

use crate::store::{paper, party};

/// Asks what is known of the chain, and of who is a party to what.
pub(crate) struct Visible {
    contracts: OfContracts,
    database: Db,
}

/// Things that are seen by their own parties.
const WITH_PARTIES: [&str; 3] = ["contacts", "mixedComplaints", "memberLetters"];
/// Things that are seen by the parties of their contact.
const PAPERS: &str = "papers";

impl Visible {
    /// By what is known in this database.
    pub(crate) fn new(database: Db) -> Self {
        Self { contracts: OfContracts::new(database.clone()), database }
    }

    async fn shown(&self, caller: &Caller, things: HashSet<Stream>) -> Result<HashSet<Stream>, DbError> {
        let caller = Id::new(caller.organisation);
        let ids = |kinds: &[&str]| {
            let of = things.iter().filter(|thing| kinds.contains(&thing.kind.as_str()));
            of.map(|thing| thing.id).collect::<Vec<_>>()
        };
        let mut tx = self.database.read().await?;
        let mut shown = party::find_among(&mut tx, caller, ids(&WITH_PARTIES)).await?;
        shown.extend(paper::find_among(&mut tx, caller, ids(&[PAPERS])).await?);
        drop(tx);
        Ok(things.into_iter().filter(|thing| shown.contains(&thing.id)).collect())
    }
}

impl Visibility for Visible {
    fn of<'a>(
        &'a self,
        caller: &'a Caller,
    ) -> Pin<Box<dyn Future<Output = Result<Seen, DbError>> + Send + 'a>> {
        self.contracts.of(caller)
    }

    fn among<'a>(
        &'a self,
        caller: &'a Caller,
        things: HashSet<Stream>,
    ) -> Pin<Box<dyn Future<Output = Result<HashSet<Stream>, DbError>> + Send + 'a>> {
        Box::pin(self.shown(caller, things))
    }
}
