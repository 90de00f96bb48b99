//! Two services, of which one follows the other: what the one records has an effect in the other.

use std::{
    collections::HashSet,
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use http::{Request, Response};
use prost::Message as _;
use redress_chassis::{
    App, BuildFailure, Call, Caller, Domain, Member, Parts, Peer, Service, follow,
    grpc::journal::{Seen, Visibility},
};
use redress_journal::{
    Draft, Entries, Entry,
    append::Origin,
    subscription::{HandleFault, Handler},
};
use redress_proto::{
    complaints::v1::{
        GetParticipantRequest, Participant, participant_service_client::ParticipantServiceClient,
    },
    journal::v1::{GetCheckpointRequest, journal_service_client::JournalServiceClient},
    options::v1::Role,
};
use redress_store::{Batch, Db, DbError, List, Migration, Parameter as _, Row, Table, Tx};
use tokio::sync::Mutex;
use tonic::{Status, body::Body, server::NamedService};
use uuid::Uuid;

use crate::puppet::{decoded, unary};

/// Records an entry about the participant that is named.
pub(crate) const RECORD: &str = "/redress.complaints.v1.ParticipantService/GetParticipant";
/// Answers with how often each participant's entries had an effect, and asks the other who is calling.
pub(crate) const EFFECTS: &str = "/redress.complaints.v1.ProcedureService/GetProcedure";
/// The participant whose entries nobody can stomach.
pub(crate) const POISONOUS: Uuid = Uuid::from_u128(0xbad);

/// The contract that all entries are of. The source hears of it by an entry like any other.
pub(crate) const CONTRACT: Uuid = Uuid::from_u128(0xc0);

/// A participant about whom nothing is recorded.
const NOBODY: Uuid = Uuid::from_u128(0xff);
const KIND: &str = "participants";
const SCHEMA: &[List] = &[List {
    name: "duo",
    migrations: &[Migration {
        version: 1,
        name: "effects",
        sql: "\
CREATE TABLE effects (
    entry_id UUID NOT NULL PRIMARY KEY,
    thing UUID NOT NULL,
    version BIGINT NOT NULL,
    seen BIGINT NOT NULL
);
",
    }],
}];
const EFFECT: Table = Table::insert("effects", &["entry_id", "thing", "version", "seen"]);

/// The service that records.
pub(crate) struct Source;

/// The service that follows.
pub(crate) struct Follower;

impl Service for Source {
    type Config = ();
    const NAME: &'static str = "routing";
    const DOMAIN: Domain = Domain::new("routing.redress");
    const MIGRATIONS: &'static [List] = &[];

    async fn build((): (), parts: Parts) -> Result<App, BuildFailure> {
        let visibility = OnceHeard(parts.database.clone());
        let recorder = Recorder { parts, turn: Arc::default() };
        Ok(App::new().answer(recorder).journal_seen_by(Arc::new(visibility)))
    }
}

impl Service for Follower {
    type Config = ();
    const NAME: &'static str = "complaints";
    const DOMAIN: Domain = Domain::new("complaints.redress");
    const MIGRATIONS: &'static [List] = SCHEMA;

    async fn build((): (), parts: Parts) -> Result<App, BuildFailure> {
        let peer = parts.peers.get("routing");
        Ok(App::new()
            .answer(Asked { parts, peer: peer.clone() })
            .follow("routing", Effects { peer: peer.clone() }))
    }
}

pub(crate) const SOURCE: Member = Member::of::<Source>();
pub(crate) const FOLLOWER: Member = Member::of::<Follower>();

/// Services see everything; others what is of the contract, once the source has heard of it.
struct OnceHeard(Db);

impl Visibility for OnceHeard {
    fn of<'a>(
        &'a self,
        caller: &'a Caller,
    ) -> Pin<Box<dyn Future<Output = Result<Seen, DbError>> + Send + 'a>> {
        Box::pin(async move {
            if caller.roles.has(Role::Service) {
                return Ok(Seen::Everything);
            }
            let mut tx = self.0.read().await?;
            let heard = tx.query("SELECT COUNT(*) AS heard FROM journal WHERE stream_id = $1").bind(CONTRACT);
            let heard: i64 = heard.one(|row: &Row<'_>| row.get("heard")).await?;
            Ok(if heard > 0 { Seen::Contracts(Arc::new(HashSet::from([CONTRACT]))) } else { Seen::nothing() })
        })
    }
}

/// Acts on entries: one row for each.
struct Effects {
    peer: Peer,
}

impl Handler for Effects {
    /// Size of the source's log, asked of it for each entry.
    type Prepared = i64;

    async fn prepare(&self, _: &Entry) -> Result<i64, HandleFault> {
        let mut journal = JournalServiceClient::new(self.peer.channel());
        let answer = journal.get_checkpoint(self.peer.as_service(GetCheckpointRequest {})).await;
        Ok(answer.map_err(|status| Peer::fault(&status))?.into_inner().size)
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, size: i64) -> Result<(), HandleFault> {
        let stream = entry.stream().map_err(|_| HandleFault::Poison("no stream".to_owned()))?;
        let id = entry.id().map_err(|_| HandleFault::Poison("no id".to_owned()))?;
        assert!(size >= entry.position, "the source knows what it showed");
        let mut batch = Batch::new(&EFFECT);
        batch.push([id.value(), stream.id.value(), entry.content.version.value(), entry.position.value()]);
        tx.flush(batch).await?;
        if stream.id == POISONOUS {
            return Err(HandleFault::Poison("cannot stomach it".to_owned()));
        }
        assert_eq!(follow::origin(entry).causation, Some(id));
        Ok(())
    }
}

/// The effects so far: of which participant, which version, and from which position, in the order of positions.
pub(crate) async fn effects(database: &Db) -> Vec<(Uuid, i64, i64)> {
    let mut tx = database.read().await.unwrap();
    tx.query("SELECT thing, version, seen FROM effects ORDER BY seen")
        .all(|row: &Row<'_>| Ok((row.get("thing")?, row.get("version")?, row.get("seen")?)))
        .await
        .unwrap()
}

type Answering = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

#[derive(Clone)]
struct Recorder {
    parts: Parts,
    /// One at a time, so that versions follow each other.
    turn: Arc<Mutex<()>>,
}

impl NamedService for Recorder {
    const NAME: &'static str = "redress.complaints.v1.ParticipantService";
}

impl tower::Service<Request<Body>> for Recorder {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Answering {
        let this = self.clone();
        Box::pin(async move {
            let caller = request.extensions().get::<Call>().unwrap().caller.clone();
            let request: GetParticipantRequest = decoded(request).await;
            let thing = Uuid::try_parse(request.name.strip_prefix("participants/").unwrap()).unwrap();
            if thing != NOBODY {
                this.record(thing).await;
            }
            let answer = Participant { name: caller.subject.clone(), ..Participant::default() };
            Ok(unary(&String::from_utf8(answer.encode_to_vec()).unwrap()))
        })
    }
}

impl Recorder {
    async fn record(&self, thing: Uuid) {
        let _turn = self.turn.lock().await;
        let Parts { database, ids, clock, hint, .. } = &self.parts;
        let mut tx = database.write().await.unwrap();
        let last = "SELECT COALESCE(MAX(stream_version), 0) AS last FROM journal WHERE stream_id = $1";
        let last: i64 = tx.query(last).bind(thing).one(|row: &Row<'_>| row.get("last")).await.unwrap();
        let mut entries = Entries::new(ids.as_ref(), clock.now(), Origin::of_suite());
        entries.append(Draft {
            stream_kind: KIND,
            stream_id: thing,
            version: last + 1,
            entry_type: "redress.test.v1.Recorded",
            schema_version: 1,
            payload: Vec::new(),
            // Entries of a contract are not for everyone to see.
            scope: Some(CONTRACT),
            citations: Vec::new(),
        });
        entries.flush(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        hint.committed();
    }
}

#[derive(Clone)]
struct Asked {
    parts: Parts,
    peer: Peer,
}

impl NamedService for Asked {
    const NAME: &'static str = "redress.complaints.v1.ProcedureService";
}

impl tower::Service<Request<Body>> for Asked {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Answering {
        let (this, call) = (self.clone(), request.extensions().get::<Call>().unwrap().clone());
        Box::pin(async move { Ok(this.answer(call).await.unwrap_or_else(Status::into_http)) })
    }
}

impl Asked {
    /// The effects, and who the other service says is asking on the caller's behalf.
    async fn answer(&self, call: Call) -> Result<Response<Body>, Status> {
        let question = GetParticipantRequest { name: format!("participants/{NOBODY}"), ..Default::default() };
        let asked = self.peer.on_behalf(&call, question);
        let participant = ParticipantServiceClient::new(self.peer.channel()).get_participant(asked).await;
        let who =
            participant.map_or_else(|status| format!("{:?}", status.code()), |one| one.into_inner().name);
        let effects = effects(&self.parts.database).await;
        let effects: Vec<String> = effects
            .into_iter()
            .map(|(thing, version, position)| format!("{:x}:{version}@{position}", thing.as_u128()))
            .collect();
        Ok(unary(&format!("{who} {}", effects.join(","))))
    }
}
