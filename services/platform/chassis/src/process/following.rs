//! Begins the subscriptions of a process: finds each source, in this process or in another one.

use std::sync::Arc;

use opentelemetry::metrics::Histogram;
use redress_journal::{
    Filter, Log,
    subscription::{self, LocalSource},
};

use super::Surroundings;
use crate::{
    follow::{AnySource, Follow, Progress, RemoteSource},
    service::{Background, Parts},
    tasks::Tasks,
};

/// The subscription of `service`, and how far it gets; `None` where nobody knows where the source is.
pub(super) fn begin(
    service: &'static str,
    follow: Follow,
    parts: &Parts,
    logs: &[(&'static str, Log)],
    surroundings: &Surroundings,
    tasks: &Tasks,
    delay: &Histogram<f64>,
) -> Option<(Background, Arc<Progress>)> {
    let Follow { source, begin } = follow;
    let from = match logs.iter().find(|(name, _)| *name == source) {
        Some((_, log)) => AnySource::Local(LocalSource::new(source, log.feed(), Filter::everything())),
        None if parts.peers.knows(source) => {
            AnySource::Remote(Box::new(RemoteSource::new(source, parts.peers.get(source))))
        }
        None => {
            tracing::warn!(service, source, "a source is not followed: `peers` does not say where it is");
            return None;
        }
    };
    let progress = Arc::new(Progress::new(service, source, delay.clone(), surroundings.clock.now()));
    let ids = surroundings.ids.clone();
    let parts = subscription::Parts {
        db: parts.database.clone(),
        clock: parts.clock.clone(),
        ids: parts.ids.clone(),
        hint: parts.hint.clone(),
        // The low half of an id is random.
        draw: Arc::new(move || ids.next().as_u64_pair().1),
        watcher: progress.clone(),
    };
    Some((begin(parts, from, tasks.stopping().clone()), progress))
}
