//! The journal of a service, for those who follow and check it.

use std::{collections::HashSet, future::Future, pin::Pin, sync::Arc};

use redress_journal::Log;
use redress_store::DbError;
use uuid::Uuid;

use crate::caller::Caller;

/// Which entries a caller may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// All of them.
    Everything,
    /// Those of these contracts, and those of none.
    Contracts(HashSet<Uuid>),
}

/// Knows which contracts a caller is party to.
pub trait Visibility: Send + Sync + 'static {
    /// What `caller` may see.
    fn of<'a>(
        &'a self,
        caller: &'a Caller,
    ) -> Pin<Box<dyn Future<Output = Result<Seen, DbError>> + Send + 'a>>;
}

/// One service's journal.
pub(crate) struct Journal {
    pub(crate) service: &'static str,
    pub(crate) log: Log,
    pub(crate) visibility: Option<Arc<dyn Visibility>>,
}
