//! Whose entries a caller may see.

use std::{
    collections::HashSet,
    future::{Future, ready},
    pin::Pin,
    sync::Arc,
};

use redress_journal::entry::Stream;
use redress_store::DbError;
use uuid::Uuid;

use crate::caller::Caller;

/// Which entries a caller may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// All of them.
    Everything,
    /// Those of these contracts, and those of none.
    Contracts(Arc<HashSet<Uuid>>),
}

impl Seen {
    /// Only what belongs to no contract.
    pub fn nothing() -> Self {
        Self::Contracts(Arc::default())
    }

    /// Whether an entry of this contract, or of none, is among them.
    pub fn covers(&self, contract: Option<Uuid>) -> bool {
        match (self, contract) {
            (Self::Everything, _) | (Self::Contracts(_), None) => true,
            (Self::Contracts(contracts), Some(contract)) => contracts.contains(&contract),
        }
    }
}

/// Knows which contracts a caller is party to. A service brings one, because only it knows its supply chains.
pub trait Visibility: Send + Sync + 'static {
    /// What `caller` may see.
    fn of<'a>(
        &'a self,
        caller: &'a Caller,
    ) -> Pin<Box<dyn Future<Output = Result<Seen, DbError>> + Send + 'a>>;

    /// Which of these things, of contracts whose entries it sees, `caller` is shown: all of them, unless a service shows its
    /// callers less than everything under a contract.
    fn among<'a>(
        &'a self,
        _caller: &'a Caller,
        things: HashSet<Stream>,
    ) -> Pin<Box<dyn Future<Output = Result<HashSet<Stream>, DbError>> + Send + 'a>> {
        Box::pin(ready(Ok(things)))
    }
}
