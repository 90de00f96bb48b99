//! What is left of what was destroyed, and the one place from which every rpc of a service answers with it (L31).
//!
//! A service answers for what it has no row of that it is not there. [`Tombstoned`] stands in front of a gRPC service and turns
//! that answer into the tombstone, for callers who could see the thing before; to all others it stays "not there".

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use http::{Request, Response};
use jiff::civil::Date;
use redress_chassis::{Call, Domain};
use redress_kernel::{Citation, Explanation, Kind};
use redress_store::{Batch, Db, DbError, Parameter as _, Row, Table, Tx};
use tonic::{Code, Status, body::Body, server::NamedService};
use tonic_types::StatusExt as _;
use tower::Service;
use uuid::Uuid;

pub(crate) const SELECT: &str = "SELECT record_id, disposal_id, rule, due_on, ordered_on FROM tombstones \
     WHERE subject_id = $1 AND organisation_id = $2";

/// Whether anyone could see it when it ended.
pub(crate) const SELECT_ANY: &str = "SELECT record_id FROM tombstones WHERE subject_id = $1 LIMIT 1";

/// Who could see these when they ended.
pub(crate) const SELECT_READERS: &str =
    "SELECT subject_id, organisation_id FROM tombstones WHERE subject_id IN ({keys})";

pub(crate) const INSERT: Table = Table::insert_new(
    "tombstones",
    &["subject_id", "organisation_id", "record_id", "disposal_id", "rule", "due_on", "ordered_on"],
);

/// What is left of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// The record it was part of.
    pub record: Uuid,
    /// The disposal that ended it.
    pub disposal: Uuid,
    /// The rule behind it, in short form.
    pub rule: String,
    /// The last day of the record's term.
    pub due_on: Date,
    /// Day on which its destruction was ordered.
    pub ordered_on: Date,
}

/// Puts tombstones for every name of a thing, for everyone who could see it.
pub(crate) async fn put(
    tx: &mut Tx,
    subjects: &[Uuid],
    seen_by: &[Uuid],
    stone: &Tombstone,
) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    for subject in subjects {
        for organisation in seen_by {
            batch.push([
                subject.value(),
                organisation.value(),
                stone.record.value(),
                stone.disposal.value(),
                stone.rule.as_str().value(),
                stone.due_on.value(),
                stone.ordered_on.value(),
            ]);
        }
    }
    tx.flush(batch).await.map(drop)
}

/// Whether a tombstone stands where the thing of this name was.
pub(crate) async fn is_there(tx: &mut Tx, subject: &str) -> Result<bool, DbError> {
    let Some(id) = subject.split_once('/').and_then(|(_, id)| id.parse::<Uuid>().ok()) else {
        return Ok(false);
    };
    let found: Option<Uuid> = tx.query(SELECT_ANY).bind(id).optional(|row| row.get("record_id")).await?;
    Ok(found.is_some())
}

/// Who could see these things when they ended, each thing with an organisation; nothing of what has not ended.
///
/// # Errors
/// Those of the database.
pub async fn readers(tx: &mut Tx, subjects: Vec<Uuid>) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("subject_id")?, row.get("organisation_id")?));
    tx.query(SELECT_READERS).keys(subjects).all(read).await
}

/// Finds tombstones for the callers of a service.
#[derive(Clone, Debug)]
pub struct Tombstones {
    database: Db,
    domain: Domain,
}

impl Tombstones {
    /// Of a service.
    pub const fn new(database: Db, domain: Domain) -> Self {
        Self { database, domain }
    }

    /// `service` with tombstones where it has nothing any more.
    pub fn before<S>(&self, service: S) -> Tombstoned<S> {
        Tombstoned { service, stones: self.clone() }
    }

    /// The answer in place of "not there", where there is a tombstone that this caller may see.
    async fn answer(&self, organisation: Uuid, status: &Status) -> Option<Status> {
        let named = status.get_details_resource_info().map(|info| info.resource_name);
        let named = named.filter(|name| !name.is_empty()).or_else(|| {
            status.get_details_error_info().and_then(|info| info.metadata.get("name").cloned())
        })?;
        let (_, id) = named.split_once('/')?;
        let subject: Uuid = id.parse().ok()?;
        match self.find(subject, organisation).await {
            Ok(stone) => stone.map(|stone| self.domain.explain(&explanation(&named, &stone))),
            Err(error) => Some(self.domain.database(&error)),
        }
    }

    async fn find(&self, subject: Uuid, organisation: Uuid) -> Result<Option<Tombstone>, DbError> {
        let mut tx = self.database.read().await?;
        tx.query(SELECT).bind(subject).bind(organisation).optional(read).await
    }
}

fn read(row: &Row<'_>) -> Result<Tombstone, DbError> {
    Ok(Tombstone {
        record: row.get("record_id")?,
        disposal: row.get("disposal_id")?,
        rule: row.get("rule")?,
        due_on: row.get("due_on")?,
        ordered_on: row.get("ordered_on")?,
    })
}

fn explanation(name: &str, stone: &Tombstone) -> Explanation {
    let message = "this was destroyed at the end of its term; what is left of it is the tombstone";
    Explanation::new(Kind::Precondition, "ITEM_DESTROYED", message)
        .with("name", name)
        .with("record", format!("records/{}", stone.record))
        .with("disposal", format!("disposals/{}", stone.disposal))
        .with("rule", &stone.rule)
        .with("due_on", stone.due_on)
        .with("ordered_on", stone.ordered_on)
        .citing([Citation::own("RET-14")])
}

/// A gRPC service with tombstones in front of it.
#[derive(Clone, Debug)]
pub struct Tombstoned<S> {
    service: S,
    stones: Tombstones,
}

impl<S: NamedService> NamedService for Tombstoned<S> {
    const NAME: &'static str = S::NAME;
}

impl<S> Service<Request<Body>> for Tombstoned<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.service.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let organisation = request.extensions().get::<Call>().map(|call| call.caller.organisation);
        let answering = self.service.call(request);
        let stones = self.stones.clone();
        Box::pin(async move {
            let response = answering.await?;
            let Some(organisation) = organisation else { return Ok(response) };
            let missing = Status::from_header_map(response.headers());
            let Some(missing) = missing.filter(|status| status.code() == Code::NotFound) else {
                return Ok(response);
            };
            Ok(match stones.answer(organisation, &missing).await {
                Some(stone) => stone.into_http(),
                None => response,
            })
        })
    }
}
