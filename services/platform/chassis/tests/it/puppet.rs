//! A service that answers under the names of the contract, and whose methods each behave in one way.

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use bytes::{BufMut as _, Bytes, BytesMut};
use futures::{Stream, StreamExt as _, stream};
use http::{HeaderMap, HeaderValue, Request, Response};
use http_body::Frame;
use http_body_util::{BodyExt as _, StreamBody};
use redress_chassis::{
    App, BuildFailure, Call, Caller, Domain, Member, Parts, Roles, Service, Tasks, auth::Identity,
};
use redress_proto::options::v1::Role;
use redress_store::List;
use redress_testkit::Suite;
use tokio_util::sync::CancellationToken;
use tonic::{Status, body::Body, server::NamedService};
use uuid::Uuid;

/// Answers with the caller and the digest of the request, as text.
pub(crate) const ECHO: &str = "/redress.complaints.v1.ComplaintService/RegisterComplaint";
/// Answers with nothing.
pub(crate) const GET: &str = "/redress.complaints.v1.ComplaintService/GetComplaint";
/// Panics, and says whose complaint it was.
pub(crate) const PANIC: &str = "/redress.complaints.v1.ComplaintService/GetLetter";
/// Never answers.
pub(crate) const HANG: &str = "/redress.complaints.v1.ComplaintService/ListComplaints";
/// Sends one message and stays; when it is cut, work may go on.
pub(crate) const WATCH: &str = "/redress.complaints.v1.ComplaintService/WatchComplaints";
/// Sends one message and panics.
pub(crate) const PANIC_LATER: &str = "/redress.complaints.v1.ComplaintService/DownloadLetter";
/// Does work that must not be cut, once [`RELEASE`] lets it.
pub(crate) const WORK: &str = "/redress.complaints.v1.ComplaintService/CloseComplaint";
/// Lets work go on.
pub(crate) const RELEASE: &str = "/redress.complaints.v1.ComplaintService/WithdrawComplaint";
/// Answers with how much work has begun and how much is done.
pub(crate) const COUNT: &str = "/redress.complaints.v1.ComplaintService/GetSignposting";
/// Answers as a library does that knows nothing of details.
pub(crate) const BARE: &str = "/redress.complaints.v1.ComplaintService/ListTimeline";
/// Reads the whole request stream, and answers with the number of messages.
pub(crate) const UPLOAD: &str = "/redress.complaints.v1.DocumentService/UploadDocument";
/// Cannot be undone.
pub(crate) const FINAL: &str = "/redress.complaints.v1.ComplaintService/IssueFinalResponse";

/// What a panic says, which nobody may read.
pub(crate) const SECRET: &str = "Annabel Secretson";

pub(crate) struct Puppet;

impl Service for Puppet {
    type Config = ();
    const NAME: &'static str = "puppet";
    const DOMAIN: Domain = Domain::new("complaints.redress");
    const MIGRATIONS: &'static [List] = &[];

    async fn build((): (), parts: Parts) -> Result<App, BuildFailure> {
        let state = Arc::new(State { tasks: parts.tasks, ..State::default() });
        Ok(App::new().answer(Complaints(state.clone())).answer(Documents(state)))
    }
}

/// A second service beside the puppet, which answers nothing of its own.
pub(crate) struct Shadow;

impl Service for Shadow {
    type Config = ();
    const NAME: &'static str = "shadow";
    const DOMAIN: Domain = Domain::new("shadow.redress");
    const MIGRATIONS: &'static [List] = &[];

    async fn build((): (), _: Parts) -> Result<App, BuildFailure> {
        Ok(App::new())
    }
}

/// A service whose background work ends before it is told to.
pub(crate) struct Brief;

impl Service for Brief {
    type Config = ();
    const NAME: &'static str = "brief";
    const DOMAIN: Domain = Domain::new("brief.redress");
    const MIGRATIONS: &'static [List] = &[];

    async fn build((): (), _: Parts) -> Result<App, BuildFailure> {
        Ok(App::new().background("reactor", async { Err("it cannot go on".into()) }))
    }
}

/// A service whose background work panics.
pub(crate) struct Clumsy;

impl Service for Clumsy {
    type Config = ();
    const NAME: &'static str = "clumsy";
    const DOMAIN: Domain = Domain::new("clumsy.redress");
    const MIGRATIONS: &'static [List] = &[];

    async fn build((): (), _: Parts) -> Result<App, BuildFailure> {
        Ok(App::new().background("reactor", async { panic!("over the case of {SECRET}") }))
    }
}

pub(crate) const MEMBERS: [Member; 1] = [Member::of::<Puppet>()];

/// A suite with the puppet alone.
pub(crate) async fn suite() -> Suite {
    Suite::of(MEMBERS).start().await.unwrap()
}

/// A person who may do most things.
pub(crate) fn manager() -> Identity {
    Identity {
        organisation: Uuid::from_u128(1),
        subject: "manager-1".to_owned(),
        roles: [Role::ComplaintsManager].into_iter().collect(),
        person: true,
    }
}

/// Someone with these roles alone.
pub(crate) fn someone(roles: impl IntoIterator<Item = Role>, person: bool) -> Identity {
    Identity {
        organisation: Uuid::from_u128(2),
        subject: "someone".to_owned(),
        roles: roles.into_iter().collect::<Roles>(),
        person,
    }
}

#[derive(Default)]
struct State {
    tasks: Tasks,
    release: CancellationToken,
    begun: AtomicUsize,
    done: AtomicUsize,
}

#[derive(Clone)]
struct Complaints(Arc<State>);

#[derive(Clone)]
struct Documents(Arc<State>);

impl NamedService for Complaints {
    const NAME: &'static str = "redress.complaints.v1.ComplaintService";
}

impl NamedService for Documents {
    const NAME: &'static str = "redress.complaints.v1.DocumentService";
}

type Answering = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

macro_rules! answering {
    ($service:ty) => {
        impl tower::Service<Request<Body>> for $service {
            type Response = Response<Body>;
            type Error = Infallible;
            type Future = Answering;

            fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
                Poll::Ready(Ok(()))
            }

            fn call(&mut self, request: Request<Body>) -> Answering {
                let state = self.0.clone();
                Box::pin(async move { Ok(state.answer(request).await.unwrap_or_else(Status::into_http)) })
            }
        }
    };
}

answering!(Complaints);
answering!(Documents);

impl State {
    async fn answer(self: Arc<Self>, request: Request<Body>) -> Result<Response<Body>, Status> {
        let path = request.uri().path().to_owned();
        match path.as_str() {
            ECHO | FINAL => Ok(unary(&describe(&request))),
            PANIC => panic!("the complaint of {SECRET}"),
            HANG => std::future::pending().await,
            WATCH => {
                let watched = Watched(self.clone());
                let stays = stream::iter([message("one")]).chain(stream::pending());
                Ok(respond(stays.inspect(move |_| {
                    let _held = &watched;
                })))
            }
            PANIC_LATER => {
                let frames = stream::iter([0, 1]).map(|number| match number {
                    0 => message("one"),
                    _ => panic!("the letter of {SECRET}"),
                });
                Ok(respond(frames))
            }
            WORK => {
                let state = self.clone();
                self.tasks
                    .finish(async move {
                        state.begun.fetch_add(1, Ordering::SeqCst);
                        state.release.cancelled().await;
                        state.done.fetch_add(1, Ordering::SeqCst);
                    })
                    .await;
                Ok(unary(""))
            }
            RELEASE => {
                self.release.cancel();
                Ok(unary(""))
            }
            COUNT => {
                let (begun, done) = (self.begun.load(Ordering::SeqCst), self.done.load(Ordering::SeqCst));
                Ok(unary(&format!("{begun} {done}")))
            }
            BARE => {
                let mut response = Response::new(Body::empty());
                response.headers_mut().insert("grpc-status", HeaderValue::from_static("13"));
                response.headers_mut().insert("grpc-message", HeaderValue::from_static("something"));
                Ok(response)
            }
            UPLOAD => {
                let mut body = request.into_body();
                let mut messages = 0;
                while let Some(frame) = body.frame().await {
                    messages += usize::from(frame?.is_data());
                }
                Ok(unary(&messages.to_string()))
            }
            _ => Ok(unary("")),
        }
    }
}

/// Lets work go on when it is dropped.
struct Watched(Arc<State>);

impl Drop for Watched {
    fn drop(&mut self) {
        self.0.release.cancel();
    }
}

fn describe(request: &Request<Body>) -> String {
    let call = request.extensions().get::<Call>().expect("a call");
    let Caller { organisation, subject, natural_person, .. } = call.caller.as_ref();
    let digest = call.digest.as_ref().map(|digest| {
        let fields: Vec<String> = digest
            .fields
            .iter()
            .map(|(name, digest)| format!("{name}={:032x}", u128::from_be_bytes(*digest)))
            .collect();
        format!("{} {}", digest.request_id, fields.join(","))
    });
    format!(
        "{organisation} {subject} {natural_person} {} {} {}",
        call.trace,
        call.deadline.is_some(),
        digest.unwrap_or_default()
    )
}

/// A message in its frame.
pub(crate) fn framed(text: &[u8]) -> Bytes {
    let mut bytes = BytesMut::with_capacity(5 + text.len());
    bytes.put_u8(0);
    bytes.put_u32(u32::try_from(text.len()).unwrap());
    bytes.put_slice(text);
    bytes.freeze()
}

#[expect(clippy::unnecessary_wraps, reason = "that is how streams hold it")]
fn message(text: &str) -> Result<Frame<Bytes>, Status> {
    Ok(Frame::data(framed(text.as_bytes())))
}

/// The one message of a request.
pub(crate) async fn decoded<M: prost::Message + Default>(request: Request<Body>) -> M {
    let body = request.into_body().collect().await.unwrap().to_bytes();
    M::decode(body.slice(5..)).unwrap()
}

pub(crate) fn unary(text: &str) -> Response<Body> {
    respond(stream::iter([message(text)]))
}

fn respond(messages: impl Stream<Item = Result<Frame<Bytes>, Status>> + Send + 'static) -> Response<Body> {
    let mut trailers = HeaderMap::new();
    trailers.insert("grpc-status", HeaderValue::from_static("0"));
    let frames = messages.chain(stream::iter([Ok(Frame::trailers(trailers))]));
    let mut response = Response::new(Body::new(StreamBody::new(frames)));
    response.headers_mut().insert("content-type", HeaderValue::from_static("application/grpc"));
    response
}
