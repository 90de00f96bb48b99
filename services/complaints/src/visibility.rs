//! Which entries of the journal a caller may see: those of the contracts in whose chain it is, but for cases to which others are
//! parties and it is not. What people say of a provider is not the business of Jobcentre Plus unless it brought it (CMP-12), nor of
//! another subcontractor.

use std::{
    collections::{HashMap, HashSet},
    future::Future,
    pin::Pin,
    sync::Arc,
};

use complaints_domain::OrganisationId;
use redress_chassis::{
    Caller, Roles,
    grpc::journal::{Seen, Visibility},
};
use redress_disposal::tombstone;
use redress_journal::entry::Stream;
use redress_kernel::Id;
use redress_proto::options::v1::Role;
use redress_store::DbError;
use uuid::Uuid;

use crate::{
    app::App,
    store::{self, document, party},
};

/// Asks the reach of the caller's organisation, and who is a party to what.
#[derive(Clone)]
pub(crate) struct Visible {
    pub(crate) app: App,
}

/// Those who run the suite, and its other services, see every entry; entries hold nothing personal.
const ALL_SEEING: [Role; 2] = [Role::Operator, Role::Service];

/// Things that are seen by their own parties.
const COMPLAINTS: &str = "complaints";
/// Things that are seen by the parties of what they belong to.
const DOCUMENTS: &str = "documents";

impl Visible {
    async fn shown(
        &self,
        caller: OrganisationId,
        things: HashSet<Stream>,
    ) -> Result<HashSet<Stream>, DbError> {
        let of =
            |kind: &str| things.iter().filter(|thing| thing.kind == kind).map(|thing| thing.id).collect();
        let (complaints, documents): (Vec<Uuid>, Vec<Uuid>) = (of(COMPLAINTS), of(DOCUMENTS));
        let ended = complaints.iter().chain(&documents).copied().collect();
        let mut tx = self.app.desk.parts.database.read().await?;
        let parents: HashMap<Uuid, Uuid> =
            document::find_parents(&mut tx, documents).await?.into_iter().collect();
        let cases = complaints.into_iter().chain(parents.values().copied()).map(Id::new).collect();
        let parties = party::find_many(&mut tx, cases).await?;
        // What has been destroyed has no parties any more, and is seen by those who saw it.
        let mut readers = tombstone::readers(&mut tx, ended).await?;
        drop(tx);
        readers.extend(parties.into_iter().map(|(case, organisation)| (case.uuid(), organisation.uuid())));
        let theirs: HashSet<Uuid> =
            readers.iter().filter(|reader| reader.1 == caller.uuid()).map(|reader| reader.0).collect();
        // What nobody is a party to is no case: one that was refused at the door.
        let hidden: HashSet<Uuid> =
            readers.iter().map(|reader| reader.0).filter(|thing| !theirs.contains(thing)).collect();
        let case = |thing: &Stream| parents.get(&thing.id).copied().unwrap_or(thing.id);
        Ok(things.into_iter().filter(|thing| !hidden.contains(&case(thing))).collect())
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
            let mut tx = self.app.desk.parts.database.read().await?;
            let scopes = store::reach::scopes(&mut tx, Id::new(caller.organisation)).await?;
            Ok(Seen::Contracts(Arc::new(scopes.into_iter().map(Id::uuid).collect())))
        })
    }

    fn among<'a>(
        &'a self,
        caller: &'a Caller,
        things: HashSet<Stream>,
    ) -> Pin<Box<dyn Future<Output = Result<HashSet<Stream>, DbError>> + Send + 'a>> {
        Box::pin(self.shown(Id::new(caller.organisation), things))
    }
}
