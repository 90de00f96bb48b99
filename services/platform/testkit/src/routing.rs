//! The routing service as complaints knows it: a journal with what is handed over, and contacts that can be read. A test says
//! what is in either.

use std::{
    collections::HashMap,
    convert::Infallible,
    future::{Future, Ready, ready},
    pin::Pin,
    sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError},
    task::{self, Poll},
};

use anyhow::Context as _;
use http::Request;
use redress_chassis::{
    App, BuildFailure, Caller, Domain, Parts, Service,
    grpc::journal::{Seen, Visibility},
};
use redress_journal::{
    Entries,
    append::Origin,
    publish::{About, entry},
};
use redress_proto::{
    options::v1::Role,
    routing::v1::{ComplaintHandedOver, Contact, GetContactRequest},
};
use redress_store::{DbError, List};
use tonic::{
    Response, Status,
    body::Body,
    server::{Grpc, NamedService, UnaryService},
};
use tonic_prost::ProstCodec;
use uuid::Uuid;

const DOMAIN: Domain = Domain::new("routing.redress");

/// What each suite's routing is made of, by the name of its log.
static OFFICES: LazyLock<Mutex<HashMap<String, Parts>>> = LazyLock::new(Mutex::default);
/// What each contact holds; nothing while it cannot be read.
static CONTACTS: LazyLock<Mutex<HashMap<String, Option<Contact>>>> = LazyLock::new(Mutex::default);

/// The service.
#[derive(Debug)]
pub enum Routing {}

impl Service for Routing {
    type Config = ();
    const NAME: &'static str = "routing";
    const DOMAIN: Domain = DOMAIN;
    const MIGRATIONS: &'static [List] = &[];

    async fn build((): (), parts: Parts) -> Result<App, BuildFailure> {
        held(&OFFICES).insert(parts.log.key().name().to_owned(), parts);
        Ok(App::new().answer(Contacts).journal_seen_by(Arc::new(ServicesSeeAll)))
    }
}

/// Records that a complaint is handed over, by the routing service whose log is called so.
pub async fn hand_over(log: &str, handed: &ComplaintHandedOver) -> anyhow::Result<()> {
    let parts = held(&OFFICES).get(log).cloned().context("a routing service with this log")?;
    let id = parts.ids.next();
    let mut entries = Entries::new(parts.ids.as_ref(), parts.clock.now(), Origin::of_suite());
    entries.append(entry(About { kind: "contacts", id, version: 1, contract: None }, handed, Vec::new()));
    let mut tx = parts.database.write().await?;
    entries.flush(&mut tx).await?;
    tx.commit().await?;
    parts.hint.committed();
    Ok(())
}

/// Keeps a contact; `None` keeps it from being read for now.
pub fn keep(name: &str, contact: Option<Contact>) {
    held(&CONTACTS).insert(name.to_owned(), contact);
}

/// A name that no other contact of the tests has.
pub fn fresh_contact() -> String {
    #[expect(clippy::disallowed_methods, reason = "tests of one process must not meet")]
    let id = Uuid::new_v4();
    format!("contacts/{id}")
}

fn held<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

struct ServicesSeeAll;

impl Visibility for ServicesSeeAll {
    fn of<'a>(
        &'a self,
        caller: &'a Caller,
    ) -> Pin<Box<dyn Future<Output = Result<Seen, DbError>> + Send + 'a>> {
        let all = caller.roles.has(Role::Service);
        Box::pin(async move { Ok(if all { Seen::Everything } else { Seen::nothing() }) })
    }
}

#[derive(Clone)]
struct Contacts;

impl NamedService for Contacts {
    const NAME: &'static str = "redress.routing.v1.RoutingService";
}

impl tower::Service<Request<Body>> for Contacts {
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut task::Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let mut grpc = Grpc::new(ProstCodec::<Contact, GetContactRequest>::default());
        Box::pin(async move { Ok(grpc.unary(LookUp, request).await) })
    }
}

struct LookUp;

impl UnaryService<GetContactRequest> for LookUp {
    type Response = Contact;
    type Future = Ready<Result<Response<Contact>, Status>>;

    fn call(&mut self, request: tonic::Request<GetContactRequest>) -> Self::Future {
        let name = request.into_inner().name;
        let found = held(&CONTACTS).get(&name).cloned();
        ready(match found {
            Some(Some(contact)) => Ok(Response::new(contact)),
            Some(None) => Err(DOMAIN.unavailable("not now", std::time::Duration::from_millis(100))),
            None => Err(DOMAIN.not_found("contact", &name)),
        })
    }
}
