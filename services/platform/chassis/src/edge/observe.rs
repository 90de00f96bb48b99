//! The span and the measurement of one call, from its first byte to its last.

use std::sync::Arc;

use http::{HeaderMap, HeaderValue};
use opentelemetry::trace::TraceContextExt as _;
use tokio::time::Instant;
use tokio_util::task::task_tracker::TaskTrackerToken;
use tonic::Code;
use tracing::{Span, field};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;

use super::{Fittings, route::Route};
use crate::{telemetry::Instruments, trace_context::TraceContext};

/// Longest request id of a caller's own that is echoed.
const LONGEST_ID: usize = 64;

/// A call as it is watched. Ends once; a call that is dropped before counts as cancelled.
pub(super) struct Observation {
    pub(super) span: Span,
    pub(super) trace: TraceContext,
    /// What the caller finds in `x-request-id`: its own id when it sent one, the trace id otherwise.
    pub(super) request_id: HeaderValue,
    /// Whether the span goes to a collector.
    recorded: bool,
    name: &'static str,
    pub(super) arrived: Instant,
    watched: Option<(Arc<Instruments>, TaskTrackerToken)>,
}

impl Observation {
    pub(super) fn begin(
        fittings: &Fittings,
        route: &Route<'_>,
        headers: &HeaderMap,
        arrived: Instant,
    ) -> Self {
        let name = route.name();
        let remote =
            headers.get("traceparent").and_then(|value| value.to_str().ok()).and_then(TraceContext::parse);
        let begun = remote.unwrap_or_else(|| TraceContext::begin(fittings.ids.next(), false));
        // Everything known is set at once: a field that is recorded later makes the writer of log lines begin anew.
        let span = tracing::info_span!(
            "rpc",
            otel.name = name,
            otel.kind = "server",
            rpc.system.name = "grpc",
            rpc.method = name,
            rpc.response.status_code = field::Empty,
            otel.status_code = field::Empty,
            trace_id = %begun.trace(),
        );
        if let Some(remote) = remote {
            // It fails when nothing records spans, which is as good.
            let _ = span.set_parent(opentelemetry::Context::new().with_remote_span_context(remote.into()));
        }
        let recorded = TraceContext::of(&span);
        let trace = recorded.unwrap_or(begun);
        if trace.trace_id != begun.trace_id {
            span.record("trace_id", field::display(trace.trace()));
        }
        Self {
            request_id: echoed(headers).unwrap_or_else(|| header(&trace.trace())),
            span,
            trace,
            recorded: recorded.is_some(),
            name,
            arrived,
            watched: Some((fittings.instruments.clone(), fittings.calls.token())),
        }
    }

    /// Ends the observation with the code that the caller gets.
    pub(super) fn end(&mut self, code: Code) {
        let Some((instruments, _running)) = self.watched.take() else { return };
        let word = word(code);
        instruments.ended(self.name, word, self.arrived.elapsed());
        if !self.recorded {
            return;
        }
        self.span.record("rpc.response.status_code", word);
        if is_fault(code) {
            self.span.record("otel.status_code", "ERROR");
        }
    }
}

impl Drop for Observation {
    fn drop(&mut self) {
        self.end(Code::Cancelled);
    }
}

fn echoed(headers: &HeaderMap) -> Option<HeaderValue> {
    let id = headers.get("x-request-id")?;
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (!id.is_empty() && id.len() <= LONGEST_ID && id.as_bytes().iter().all(plain)).then(|| id.clone())
}

fn header(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// Codes that say the server failed, by the conventions of OpenTelemetry.
fn is_fault(code: Code) -> bool {
    match code {
        Code::Unknown
        | Code::DeadlineExceeded
        | Code::Unimplemented
        | Code::Internal
        | Code::Unavailable
        | Code::DataLoss => true,
        Code::Ok
        | Code::Cancelled
        | Code::InvalidArgument
        | Code::NotFound
        | Code::AlreadyExists
        | Code::PermissionDenied
        | Code::ResourceExhausted
        | Code::FailedPrecondition
        | Code::Aborted
        | Code::OutOfRange
        | Code::Unauthenticated => false,
    }
}

pub(super) fn word(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_ARGUMENT",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "ABORTED",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}
