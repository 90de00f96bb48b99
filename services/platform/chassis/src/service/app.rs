//! What a service hands back to the chassis: what it answers, and what it does of its own accord.

use std::{convert::Infallible, fmt, future::Future, pin::Pin, sync::Arc};

use http::{Request, Response};
use tonic::{body::Body, server::NamedService};
use tower::util::BoxCloneSyncService;

use super::BuildFailure;
use crate::grpc::journal::Visibility;

/// Work that runs until the process stops. Ending earlier, with or without an error, stops the process.
pub type Background = Pin<Box<dyn Future<Output = Result<(), BuildFailure>> + Send>>;

/// One gRPC service, ready to be called.
pub(crate) type Answerer = BoxCloneSyncService<Request<Body>, Response<Body>, Infallible>;

/// A built service.
#[derive(Default)]
pub struct App {
    pub(crate) answerers: Vec<(&'static str, Answerer)>,
    pub(crate) background: Vec<(&'static str, Background)>,
    pub(crate) visibility: Option<Arc<dyn Visibility>>,
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

    /// Does `work` until the process stops; it watches [`Tasks::stopping`](crate::Tasks::stopping).
    #[must_use]
    pub fn background<F>(mut self, name: &'static str, work: F) -> Self
    where
        F: Future<Output = Result<(), BuildFailure>> + Send + 'static,
    {
        self.background.push((name, Box::pin(work)));
        self
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.answerers.iter().map(|(name, _)| *name).collect();
        f.debug_struct("App").field("services", &names).finish_non_exhaustive()
    }
}
