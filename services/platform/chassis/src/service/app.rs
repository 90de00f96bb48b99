//! What a service hands back to the chassis: what it answers, and what it does of its own accord.

use std::{convert::Infallible, fmt, future::Future, pin::Pin, sync::Arc, time::Duration};

use futures::FutureExt as _;
use http::{Request, Response};
use redress_journal::subscription::Handler;
use redress_ledger::Erasure;
use tonic::{body::Body, server::NamedService};
use tower::util::BoxCloneSyncService;

use super::BuildFailure;
use crate::{
    follow::Follow,
    grpc::journal::Visibility,
    telemetry::{Look, Looked, Measure, Source},
};

/// Work that runs until the process stops. Ending earlier, with or without an error, stops the process.
pub type Background = Pin<Box<dyn Future<Output = Result<(), BuildFailure>> + Send>>;

/// One gRPC service, ready to be called.
pub(crate) type Answerer = BoxCloneSyncService<Request<Body>, Response<Body>, Infallible>;

/// Erases again what the ledger says was erased.
pub(crate) type Replay = Box<dyn FnOnce(Vec<Erasure>) -> Background + Send>;

/// Figures of a service, looked up now and then.
pub(crate) struct Figures {
    pub(crate) about: &'static str,
    pub(crate) measures: &'static [&'static Measure],
    pub(crate) every: Duration,
    pub(crate) look: Look,
}

impl Figures {
    /// The same as those of `service`.
    pub(crate) fn of(self, service: &'static str) -> Source {
        let Self { about, measures, every, look } = self;
        Source { service, about, measures, every, look }
    }
}

/// A built service.
#[derive(Default)]
pub struct App {
    pub(crate) answerers: Vec<(&'static str, Answerer)>,
    pub(crate) background: Vec<(&'static str, Background)>,
    pub(crate) visibility: Option<Arc<dyn Visibility>>,
    pub(crate) figures: Vec<Figures>,
    pub(crate) follows: Vec<Follow>,
    pub(crate) replay: Option<Replay>,
}

impl App {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Answers the rpcs of one more gRPC service.
    #[must_use]
    pub fn answer<S>(mut self, service: S) -> Self
    where
        S: tower::Service<Request<Body>, Response = Response<Body>, Error = Infallible>
            + NamedService
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        self.answerers.push((S::NAME, BoxCloneSyncService::new(service)));
        self
    }

    /// Says which entries of the journal a caller may see. Without it a caller sees those alone that belong to no contract.
    #[must_use]
    pub fn journal_seen_by(mut self, visibility: Arc<dyn Visibility>) -> Self {
        self.visibility = Some(visibility);
        self
    }

    /// Follows the service `source` and acts on its entries: each in order within its stream, each with one effect. The
    /// chassis finds the source, in this process or where `peers` says; where it is nowhere, nothing is followed.
    #[must_use]
    pub fn follow(mut self, source: &'static str, handler: impl Handler) -> Self {
        self.follows.push(Follow::new(source, handler));
        self
    }

    /// After a restore, erases again what was erased since the backup. The service is not called before that is done, follows
    /// nobody and does nothing of its own accord.
    #[must_use]
    pub fn replays<F, W>(mut self, replay: F) -> Self
    where
        F: FnOnce(Vec<Erasure>) -> W + Send + 'static,
        W: Future<Output = Result<(), BuildFailure>> + Send + 'static,
    {
        self.replay = Some(Box::new(move |erased| Box::pin(replay(erased))));
        self
    }

    /// Does `work` until the process stops; it watches [`Tasks::stopping`](crate::Tasks::stopping).
    #[must_use]
    pub fn background<F>(mut self, name: &'static str, work: F) -> Self
    where
        F: Future<Output = Result<(), BuildFailure>> + Send + 'static,
    {
        self.background.push((name, Box::pin(work)));
        self
    }

    /// Tells these gauges, by looking the figures up before the first call is taken and then every so often.
    #[must_use]
    pub fn figures<F, W>(
        mut self,
        about: &'static str,
        measures: &'static [&'static Measure],
        every: Duration,
        look: F,
    ) -> Self
    where
        F: Fn() -> W + Send + Sync + 'static,
        W: Future<Output = Looked> + Send + 'static,
    {
        let look: Look = Arc::new(move || look().boxed());
        self.figures.push(Figures { about, measures, every, look });
        self
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.answerers.iter().map(|(name, _)| *name).collect();
        f.debug_struct("App").field("services", &names).finish_non_exhaustive()
    }
}
