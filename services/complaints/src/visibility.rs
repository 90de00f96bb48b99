//! Which entries of the journal a caller may see: those of the contracts in whose chain it is.

use std::{future::Future, pin::Pin, sync::Arc};

use redress_chassis::{
    Caller, Roles,
    grpc::journal::{Seen, Visibility},
};
use redress_kernel::Id;
use redress_proto::options::v1::Role;
use redress_store::DbError;

use crate::{app::App, store};

/// Asks the reach of the caller's organisation.
#[derive(Clone)]
pub(crate) struct Visible {
    pub(crate) app: App,
}

/// Those who run the suite, and its other services, see every entry; entries hold nothing personal.
const ALL_SEEING: [Role; 2] = [Role::Operator, Role::Service];

impl Visibility for Visible {
    fn of<'a>(
        &'a self,
        caller: &'a Caller,
    ) -> Pin<Box<dyn Future<Output = Result<Seen, DbError>> + Send + 'a>> {
        Box::pin(async move {
            if caller.roles.overlaps(ALL_SEEING.into_iter().collect::<Roles>()) {
                return Ok(Seen::Everything);
            }
            let mut tx = self.app.desk.parts.database.read().await?;
            let scopes = store::reach::scopes(&mut tx, Id::new(caller.organisation)).await?;
            Ok(Seen::Contracts(Arc::new(scopes.into_iter().map(Id::uuid).collect())))
        })
    }
}
