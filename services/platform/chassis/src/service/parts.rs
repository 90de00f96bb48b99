//! What the chassis has made before a service is built.

use std::sync::Arc;

use redress_kernel::{Clock, Ids};
use redress_store::Db;

use crate::tasks::Tasks;

/// The parts a service is built from. Tests hand in others.
#[derive(Clone)]
pub struct Parts {
    /// The service's database, its schema in place.
    pub database: Db,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws identifiers.
    pub ids: Arc<dyn Ids>,
    /// Runs what must not be cut.
    pub tasks: Tasks,
}

impl std::fmt::Debug for Parts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Parts").field("database", &self.database).finish_non_exhaustive()
    }
}
