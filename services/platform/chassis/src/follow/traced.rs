//! A span for each entry that is acted on, linked to the one under which it was written: what happens because of an
//! event may come days later, so it begins a trace of its own.

use opentelemetry::trace::SpanContext;
use redress_journal::{
    entry::Entry,
    subscription::{HandleFault, Handler},
};
use redress_store::Tx;
use tracing::{Instrument as _, Span, field};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use crate::trace_context::TraceContext;

/// A handler whose work is seen in traces.
pub(super) struct Traced<H> {
    source: &'static str,
    inner: H,
}

impl<H> Traced<H> {
    pub(super) const fn new(source: &'static str, inner: H) -> Self {
        Self { source, inner }
    }

    fn span(&self, verb: &'static str, entry: &Entry) -> Span {
        let written = TraceContext::parse(&entry.traceparent);
        let span = tracing::info_span!(
            parent: None,
            "entry",
            otel.name = format!("{verb} {}", entry.content.entry_type),
            otel.kind = "consumer",
            messaging.source = self.source,
            messaging.position = entry.position,
            trace_id = field::Empty,
        );
        if let Some(written) = written {
            span.add_link(SpanContext::from(written));
        }
        if let Some(own) = TraceContext::of(&span).or(written) {
            span.record("trace_id", field::display(own.trace()));
        }
        span
    }
}

impl<H: Handler> Handler for Traced<H> {
    type Prepared = H::Prepared;

    async fn prepare(&self, entry: &Entry) -> Result<H::Prepared, HandleFault> {
        self.inner.prepare(entry).instrument(self.span("prepare", entry)).await
    }

    async fn handle(&self, tx: &mut Tx, entry: &Entry, prepared: H::Prepared) -> Result<(), HandleFault> {
        self.inner.handle(tx, entry, prepared).instrument(self.span("process", entry)).await
    }
}
