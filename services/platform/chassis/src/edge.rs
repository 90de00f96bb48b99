//! What every call passes on its way in and out, in this order: trace and metrics, panics, whom it is for, the deadline, the limit on
//! calls at once, authentication, access, and the inspection of the message. Health is never shed.
//!
//! It is one tower service with a step in a file each, not a stack of layers, so that a call costs one allocation for
//! all steps and each step reads what the ones before it found without looking it up again.

mod access;
mod addressed;
mod answer;
mod connect;
mod deadline;
mod framing;
mod observe;
mod outcome;
mod panic;
mod rest;
mod route;
mod rows;
mod shed;
mod stream;

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::{Arc, Weak},
    task::{Context, Poll},
};

use http::{HeaderValue, Request, Response, header::AUTHORIZATION, request::Parts};
use redress_kernel::Ids;
use tokio::time::Instant;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tonic::{Status, body::Body};
use tracing::Instrument as _;

pub(crate) use panic::install_hook;
pub(crate) use route::{Mounted, Routes};
pub use rows::Verdicts;

use self::{
    answer::Answer,
    connect::Dialect,
    observe::Observation,
    route::{Route, Target},
    shed::{Permit, Shed},
};
use crate::{
    auth::Authenticator,
    call::Call,
    config::Limits,
    contract::Flow,
    inspect::Schema,
    service::Answerer,
    status::{Domain, Reason},
    stopwatch::instant,
    telemetry::Instruments,
};

/// What the edge works with.
pub(crate) struct Fittings {
    /// The services of this process, by name.
    pub(crate) services: Vec<&'static str>,
    pub(crate) routes: Routes,
    pub(crate) schema: &'static Schema,
    pub(crate) authenticator: Authenticator,
    pub(crate) limits: Limits,
    pub(crate) instruments: Arc<Instruments>,
    pub(crate) ids: Arc<dyn Ids>,
    /// Told when calls must come to an end.
    pub(crate) draining: CancellationToken,
    /// Counts the calls that run, so that the end of the last one can be awaited.
    pub(crate) calls: TaskTracker,
}

/// The outermost service of a listener.
#[derive(Clone)]
pub(crate) struct Edge(Arc<Inner>);

/// An edge as what stands behind it knows it: there while the listener is, or a call runs.
pub(crate) struct WeakEdge(Weak<Inner>);

struct Inner {
    fittings: Fittings,
    shed: Shed,
}

impl Edge {
    pub(crate) fn new(fittings: Fittings) -> Self {
        let shed = Shed::new(&fittings.limits);
        Self(Arc::new(Inner { fittings, shed }))
    }

    pub(crate) fn downgrade(&self) -> WeakEdge {
        WeakEdge(Arc::downgrade(&self.0))
    }
}

impl WeakEdge {
    pub(crate) fn upgrade(&self) -> Option<Edge> {
        self.0.upgrade().map(Edge)
    }
}

impl tower::Service<Request<Body>> for Edge {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let inner = self.0.clone();
        // Taken here and not when the call is first looked at: tonic's own clock starts now, and ours must not be later.
        let arrived = instant();
        Box::pin(async move {
            if framing::is_call(&request) {
                return Ok(inner.take(request, arrived).await);
            }
            let Some(dialect) = Dialect::of(&request) else {
                return Ok(inner.turn_away(request, framing::no_call()));
            };
            let Some(shape) = inner.fittings.routes.find(request.uri().path()).shape() else {
                return Ok(inner.turn_away(request, connect::refused(NOWHERE)));
            };
            if !dialect.fits(&shape) {
                return Ok(inner.turn_away(request, framing::no_call()));
            }
            let answer = inner.take(connect::into_grpc(dialect, &shape, request), arrived).await;
            Ok(connect::from_grpc(dialect, &shape, answer).await)
        })
    }
}

impl Inner {
    /// Answers what is no call.
    fn turn_away(&self, request: Request<Body>, answer: Response<Body>) -> Response<Body> {
        rest::read(request.into_body(), &self.fittings.calls);
        answer
    }

    async fn take(&self, request: Request<Body>, arrived: Instant) -> Response<Body> {
        let route = self.fittings.routes.find(request.uri().path());
        let observation = Observation::begin(&self.fittings, &route, request.headers(), arrived);
        let span = observation.span.clone();
        self.answer(request, &route, observation).instrument(span).await
    }

    async fn answer(
        &self,
        request: Request<Body>,
        route: &Route<'_>,
        observation: Observation,
    ) -> Response<Body> {
        let domain = route.domain();
        let mut passage = Passage { permit: None, deadline: None };
        let outcome = panic::caught(domain, self.pass(request, route, &observation, &mut passage)).await;
        let response = outcome.unwrap_or_else(Status::into_http);
        let ends = Answer {
            deadline: passage.deadline.filter(|_| route.streams()),
            draining: route.streams().then(|| self.fittings.draining.clone()),
            permit: passage.permit,
            domain,
            observation,
        };
        outcome::finish(response, ends)
    }

    /// The steps of a call; any of them may end it, before its message was read too.
    async fn pass(
        &self,
        request: Request<Body>,
        route: &Route<'_>,
        observation: &Observation,
        passage: &mut Passage,
    ) -> Result<Response<Body>, Status> {
        let (head, mut body) = request.into_parts();
        let passed = self.steps(head, &mut body, route, observation, passage).await;
        if passed.is_err() {
            rest::read(body, &self.fittings.calls);
        }
        passed
    }

    async fn steps(
        &self,
        head: Parts,
        body: &mut Body,
        route: &Route<'_>,
        observation: &Observation,
        passage: &mut Passage,
    ) -> Result<Response<Body>, Status> {
        let domain = route.domain();
        addressed::check(domain, &self.fittings.services, &head.headers)?;
        passage.deadline =
            deadline::of(domain, &head.headers, route, &self.fittings.limits, observation.arrived)?;
        let deadline = passage.deadline;
        let work = async {
            match route {
                Route::Unknown => Err(domain.answer(Reason::UnknownMethod, "there is no such rpc here")),
                Route::Plain { answerer, .. } => {
                    Ok(call(answerer, Request::from_parts(head, std::mem::take(body))).await)
                }
                Route::Declared(target) => {
                    passage.permit = Some(self.shed.enter(domain, target.method.flow).await?);
                    let request = self.admit(head, body, target, observation, deadline).await?;
                    Ok(call(&target.answerer, request).await)
                }
            }
        };
        deadline::within(domain, deadline, work).await
    }

    /// Lets in what an identity with the right role asks for in the form that the contract declares.
    async fn admit(
        &self,
        mut head: Parts,
        body: &mut Body,
        target: &Target,
        observation: &Observation,
        deadline: Option<Instant>,
    ) -> Result<Request<Body>, Status> {
        let method = target.method;
        let domain = method.domain;
        let caller = self.fittings.authenticator.authenticate(domain, &head.headers)?;
        access::check(domain, method.gate, &caller)?;
        target.gate.check(domain)?;
        framing::check_encoding(domain, &head.headers)?;
        let mut digest = None;
        let body = match method.flow {
            Flow::Unary | Flow::ServerStream => {
                let message = framing::one_message(domain, body, method.max_bytes).await?;
                stream::inspect(self.fittings.schema, method, message.payload())?;
                digest = stream::digest(&target.digest_key, self.fittings.schema, method, message.payload());
                message.into_body()
            }
            Flow::ClientStream | Flow::BothStream => {
                let verdicts = method.row_by_row.then(Verdicts::default);
                if let Some(verdicts) = &verdicts {
                    head.extensions.insert(verdicts.clone());
                }
                let body = std::mem::take(body);
                let calls = self.fittings.calls.clone();
                Body::new(stream::Inspected::new(body, self.fittings.schema, method, verdicts, calls))
            }
        };
        let mut authorization =
            head.headers.remove(AUTHORIZATION).unwrap_or_else(|| HeaderValue::from_static(""));
        authorization.set_sensitive(true);
        head.extensions.insert(Call {
            caller,
            authorization,
            deadline,
            trace: observation.trace,
            digest,
            method: &method.name,
        });
        Ok(Request::from_parts(head, body))
    }
}

/// What a call holds until its answer has left.
struct Passage {
    permit: Option<Permit>,
    deadline: Option<Instant>,
}

async fn call(answerer: &Answerer, request: Request<Body>) -> Response<Body> {
    let mut answerer = answerer.clone();
    match tower::Service::call(&mut answerer, request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}

/// The domain of answers to calls that reach no service.
pub(crate) const NOWHERE: Domain = Domain::CHASSIS;
