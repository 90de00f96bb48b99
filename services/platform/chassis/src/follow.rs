//! Following another service: where its entries come from, and what is told of how far one has got.

mod progress;
mod read;
mod remote;
mod source;
mod traced;

use std::fmt;

use redress_journal::{
    append::Origin,
    entry::Entry,
    subscription::{Handler, Parts, Settings, Subscription},
};
use tokio_util::sync::CancellationToken;

pub use read::{date, name, optional_date, optional_name, payload, poison};

pub(crate) use progress::{Lag, Progress};
pub(crate) use remote::RemoteSource;
pub(crate) use source::AnySource;

use self::traced::Traced;
use crate::{service::Background, trace_context::TraceContext};

type Begin = Box<dyn FnOnce(Parts, AnySource, CancellationToken) -> Background + Send>;

/// What a service does about the entries of another; where they come from is not its affair.
pub(crate) struct Follow {
    /// The other service.
    pub(crate) source: &'static str,
    pub(crate) begin: Begin,
}

impl Follow {
    pub(crate) fn new(source: &'static str, handler: impl Handler) -> Self {
        let begin: Begin = Box::new(move |parts, from, stop| {
            let subscription =
                Subscription::new(parts, from, Traced::new(source, handler), Settings::default());
            Box::pin(async {
                subscription.run(stop).await;
                Ok(())
            })
        });
        Self { source, begin }
    }
}

/// The origin of what is done because of an entry: it caused it, under the trace that acts on it.
pub fn origin(entry: &Entry) -> Origin {
    let traceparent = TraceContext::current().map(|trace| trace.to_string()).unwrap_or_default();
    Origin { causation: entry.id().ok(), traceparent, ..Origin::of_suite() }
}

impl fmt::Debug for Follow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Follow").field(&self.source).finish()
    }
}
