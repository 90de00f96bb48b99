//! The W3C trace context: read from the caller, carried through the journal, handed on.

use std::fmt;

use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt as _, TraceFlags, TraceId, TraceState};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use uuid::Uuid;

/// A trace and a place in it, as in the `traceparent` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceContext {
    /// The trace, never zero.
    pub trace_id: u128,
    /// The place in the trace, never zero.
    pub span_id: u64,
    /// Whether the one who began the trace wants it recorded.
    pub sampled: bool,
}

impl TraceContext {
    /// Reads a `traceparent` header; anything that is not one is as good as none.
    pub fn parse(header: &str) -> Option<Self> {
        let bytes = header.as_bytes();
        let dashes = [2, 35, 52].iter().all(|&at| bytes.get(at) == Some(&b'-'));
        // Version ff is forbidden; a later version may append fields after another dash.
        let known = bytes.len() == 55 && header.starts_with("00")
            || bytes.len() > 55
                && bytes[55] == b'-'
                && !header.starts_with("00")
                && !header.starts_with("ff");
        if !dashes || !known || !header.is_ascii() {
            return None;
        }
        let version = lower_hex(&header[..2])?;
        let trace_id = lower_hex(&header[3..35])?;
        let span_id = u64::try_from(lower_hex(&header[36..52])?).ok()?;
        let flags = lower_hex(&header[53..55])?;
        let _ = version;
        (trace_id != 0 && span_id != 0).then_some(Self { trace_id, span_id, sampled: flags & 1 == 1 })
    }

    /// The context of a trace that begins here.
    pub fn begin(seed: Uuid, sampled: bool) -> Self {
        let (high, low) = seed.as_u64_pair();
        Self { trace_id: seed.as_u128().max(1), span_id: (high.rotate_left(32) ^ low).max(1), sampled }
    }

    /// The context of a span, where spans are recorded.
    pub fn of(span: &Span) -> Option<Self> {
        let context = span.context();
        let context = context.span().span_context().clone();
        context.is_valid().then(|| Self {
            trace_id: u128::from_be_bytes(context.trace_id().to_bytes()),
            span_id: u64::from_be_bytes(context.span_id().to_bytes()),
            sampled: context.is_sampled(),
        })
    }

    /// The context of the present span, where spans are recorded.
    pub fn current() -> Option<Self> {
        Self::of(&Span::current())
    }

    /// The trace id as 32 hexadecimal digits: what a caller is told to report.
    pub fn trace(&self) -> String {
        format!("{:032x}", self.trace_id)
    }
}

impl From<TraceContext> for SpanContext {
    /// As a place in another process.
    fn from(context: TraceContext) -> Self {
        let flags = if context.sampled { TraceFlags::SAMPLED } else { TraceFlags::default() };
        Self::new(
            TraceId::from_bytes(context.trace_id.to_be_bytes()),
            SpanId::from_bytes(context.span_id.to_be_bytes()),
            flags,
            true,
            TraceState::default(),
        )
    }
}

impl fmt::Display for TraceContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "00-{:032x}-{:016x}-{:02x}", self.trace_id, self.span_id, u8::from(self.sampled))
    }
}

fn lower_hex(text: &str) -> Option<u128> {
    let lower = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if lower { u128::from_str_radix(text, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traceparent_reads_back() {
        let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let context = TraceContext::parse(text).expect("context");
        assert_eq!(context.to_string(), text);
        assert_eq!(context.trace(), "4bf92f3577b34da6a3ce929d0e0e4736");
    }

    #[test]
    fn what_is_no_traceparent_is_ignored() {
        for wrong in [
            "",
            "00",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
            "00-4bf92f3577b34da6a3ce929d0e0e473é-00f067aa0ba902b7-01",
            "00-+bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ] {
            assert_eq!(TraceContext::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_later_version_may_say_more() {
        assert!(
            TraceContext::parse("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more").is_some()
        );
    }
}
