//! Which entries of its journal a service shows to whom, where the supply chain is another's: those of the contracts under
//! which the caller's organisation sees something.

use std::{future::Future, pin::Pin, sync::Arc};

use redress_chassis::{
    Caller, Roles,
    grpc::journal::{Seen, Visibility},
};
use redress_kernel::Id;
use redress_proto::options::v1::Role;
use redress_store::{Db, DbError};

use crate::reach::scopes;

/// Those who run the suite, and its other services, see every entry; entries hold nothing personal.
const ALL_SEEING: [Role; 2] = [Role::Operator, Role::Service];

/// Asks what is known of the chain.
#[derive(Clone, Debug)]
pub struct Visible {
    database: Db,
}

impl Visible {
    /// By what is known in this database.
    pub const fn new(database: Db) -> Self {
        Self { database }
    }
}

impl Visibility for Visible {
    fn of<'a>(
        &'a self,
        caller: &'a Caller,
    ) -> Pin<Box<dyn Future<Output = Result<Seen, DbError>> + Send + 'a>> {
        Box::pin(async move {
            if caller.roles.overlaps(ALL_SEEING.into_iter().collect::<Roles>()) {
                return Ok(Seen::Everything);
            }
            let mut tx = self.database.read().await?;
            let scopes = scopes(&mut tx, Id::new(caller.organisation)).await?;
            Ok(Seen::Contracts(Arc::new(scopes.into_iter().map(Id::uuid).collect())))
        })
    }
}
