//! Which spans are recorded.

use opentelemetry::{
    Context, KeyValue,
    trace::{Link, SpanKind, TraceId},
};
use opentelemetry_sdk::trace::{Sampler, SamplingResult, ShouldSample};

/// A trace that its caller records is recorded here, too. So is what is done because of an entry that was written under a
/// recorded trace: it begins a trace of its own, and would else be lost at the first service that follows. Of all others, some are.
#[derive(Clone, Debug)]
pub(super) struct Sampling(Sampler);

impl Sampling {
    pub(super) fn some(per_thousand: u32) -> Self {
        let ratio = f64::from(per_thousand) / 1000.0;
        Self(Sampler::ParentBased(Box::new(Sampler::TraceIdRatioBased(ratio))))
    }
}

impl ShouldSample for Sampling {
    fn should_sample(
        &self,
        parent: Option<&Context>,
        trace_id: TraceId,
        name: &str,
        kind: &SpanKind,
        attributes: &[KeyValue],
        links: &[Link],
    ) -> SamplingResult {
        let (all, some) = (Sampler::AlwaysOn, &self.0);
        let sampler = if links.iter().any(|link| link.span_context.is_sampled()) { &all } else { some };
        sampler.should_sample(parent, trace_id, name, kind, attributes, links)
    }
}

#[cfg(test)]
mod tests {
    use opentelemetry_sdk::trace::SamplingDecision;

    use super::*;
    use crate::trace_context::TraceContext;

    fn decided(per_thousand: u32, written_under: Option<bool>) -> SamplingDecision {
        let written = written_under.map(|sampled| TraceContext { trace_id: 7, span_id: 8, sampled });
        let links: Vec<Link> = written.map(|one| Link::with_context(one.into())).into_iter().collect();
        let sampling = Sampling::some(per_thousand);
        let new = TraceId::from(u128::MAX);
        sampling.should_sample(Some(&Context::new()), new, "", &SpanKind::Consumer, &[], &links).decision
    }

    #[test]
    fn what_follows_from_a_recorded_trace_is_recorded() {
        assert_eq!(decided(0, Some(true)), SamplingDecision::RecordAndSample);
        assert_eq!(decided(0, Some(false)), SamplingDecision::Drop);
        assert_eq!(decided(0, None), SamplingDecision::Drop);
        assert_eq!(decided(1000, None), SamplingDecision::RecordAndSample);
        assert_eq!(decided(1000, Some(false)), SamplingDecision::RecordAndSample);
    }
}
