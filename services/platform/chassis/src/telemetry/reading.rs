//! What the process measures as it stands, for its own operations page: the numbers of a scrape, without its text.

use std::collections::BTreeMap;

use prometheus::proto::{LabelPair, Metric, MetricFamily, MetricType};

use super::catalogue::{CALL_DURATION, Measure};

/// Statuses that say the service failed its caller, as the alerts count them. That a path was made up is not among them.
const FAULTS: [&str; 5] = ["UNKNOWN", "DEADLINE_EXCEEDED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"];

/// One number under its labels.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Series {
    labels: Vec<(String, String)>,
    pub(crate) value: f64,
}

impl Series {
    /// The value of a label; empty when it has none.
    pub(crate) fn label(&self, name: &str) -> &str {
        self.labels.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// Every label, as a scrape writes them.
    pub(crate) fn shown(&self) -> String {
        let labels: Vec<String> = self.labels.iter().map(|(name, value)| format!("{name}={value}")).collect();
        labels.join(", ")
    }
}

/// The calls of one rpc that ended in one status.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Calls {
    pub(crate) rpc: String,
    pub(crate) status: String,
    pub(crate) count: u64,
    pub(crate) spread: Spread,
}

impl Calls {
    /// Whether the service failed its caller.
    pub(crate) fn is_fault(&self) -> bool {
        FAULTS.contains(&self.status.as_str())
    }

    /// Whether how long it takes is up to the caller: one side or the other streams.
    pub(crate) fn is_stream(&self) -> bool {
        let named = self.rpc.rsplit_once('/').and_then(|(service, method)| {
            let service = redress_proto::pool().get_service_by_name(service)?;
            service.methods().find(|found| found.name() == method)
        });
        named.is_some_and(|method| method.is_client_streaming() || method.is_server_streaming())
    }
}

/// How long calls took: for each edge in seconds, how many took no longer.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Spread(Vec<(f64, u64)>);

impl Spread {
    /// Adds the calls of another with the same edges.
    pub(crate) fn add(&mut self, other: &Self) {
        if self.0.is_empty() {
            self.0.clone_from(&other.0);
        } else {
            for ((_, count), (_, more)) in self.0.iter_mut().zip(&other.0) {
                *count += more;
            }
        }
    }

    /// Those that came after `earlier`.
    pub(crate) fn since(&self, earlier: &Self) -> Self {
        let before = |index: usize| earlier.0.get(index).map_or(0, |(_, count)| *count);
        let edges = self.0.iter().enumerate();
        Self(edges.map(|(index, (edge, count))| (*edge, count.saturating_sub(before(index)))).collect())
    }

    /// The time within which this share of the calls ended, as Prometheus estimates it; none where there were no calls.
    #[expect(clippy::cast_precision_loss, reason = "an estimate between two edges")]
    pub(crate) fn quantile(&self, share: f64) -> Option<f64> {
        let all = self.0.last().map(|(_, count)| *count).filter(|count| *count > 0)?;
        let wanted = share * all as f64;
        let (mut low, mut below) = (0.0, 0);
        for (edge, count) in &self.0 {
            if *count as f64 >= wanted && *count > below {
                let inside = (wanted - below as f64) / (count - below) as f64;
                return Some(if edge.is_finite() { low + (edge - low) * inside } else { low });
            }
            (low, below) = (*edge, *count);
        }
        Some(low)
    }
}

/// Everything, as it stands.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    families: BTreeMap<String, Vec<Series>>,
    pub(crate) calls: Vec<Calls>,
}

impl Reading {
    pub(super) fn of(gathered: &[MetricFamily]) -> Self {
        let mut reading = Self::default();
        for family in gathered {
            let metrics = family.get_metric();
            if family.get_field_type() == MetricType::HISTOGRAM {
                if family.name() == CALL_DURATION.scraped {
                    reading.calls.extend(metrics.iter().map(calls));
                }
                continue;
            }
            let series =
                metrics.iter().map(|metric| Series { labels: labels(metric), value: value(family, metric) });
            reading.families.insert(family.name().to_owned(), series.collect());
        }
        reading
    }

    /// What a metric says.
    pub(crate) fn series(&self, measure: &Measure) -> &[Series] {
        self.families.get(measure.scraped).map_or(&[], Vec::as_slice)
    }

    /// The sum of what a metric says.
    pub(crate) fn sum(&self, measure: &Measure) -> f64 {
        self.series(measure).iter().map(|series| series.value).fold(0.0, |sum, value| sum + value)
    }

    /// The greatest of what a metric says.
    pub(crate) fn greatest(&self, measure: &Measure) -> f64 {
        self.series(measure).iter().map(|series| series.value).fold(0.0, f64::max)
    }
}

fn labels(metric: &Metric) -> Vec<(String, String)> {
    let pair = |label: &LabelPair| (label.name().to_owned(), label.value().to_owned());
    metric.get_label().iter().map(pair).collect()
}

fn value(family: &MetricFamily, metric: &Metric) -> f64 {
    if family.get_field_type() == MetricType::COUNTER {
        metric.get_counter().get_value()
    } else {
        metric.get_gauge().get_value()
    }
}

fn calls(metric: &Metric) -> Calls {
    let histogram = metric.get_histogram();
    let series = Series { labels: labels(metric), value: 0.0 };
    let mut edges: Vec<(f64, u64)> = histogram
        .get_bucket()
        .iter()
        .map(|bucket| (bucket.upper_bound(), bucket.cumulative_count()))
        .collect();
    let count = histogram.get_sample_count();
    if edges.last().is_none_or(|(edge, _)| edge.is_finite()) {
        edges.push((f64::INFINITY, count));
    }
    Calls {
        rpc: series.label("rpc_method").to_owned(),
        status: series.label("rpc_response_status_code").to_owned(),
        count,
        spread: Spread(edges),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_calls_lies_between_two_edges_as_prometheus_puts_it() {
        let spread = Spread(vec![(0.1, 50), (0.2, 90), (f64::INFINITY, 100)]);
        assert_eq!(spread.quantile(0.5), Some(0.1));
        assert!(spread.quantile(0.7).is_some_and(|time| (time - 0.15).abs() < 1e-9));
        assert_eq!(spread.quantile(0.99), Some(0.2), "beyond the last edge nothing is known");
        assert_eq!(Spread::default().quantile(0.5), None);
        assert_eq!(spread.since(&spread).quantile(0.5), None);
    }

    #[test]
    fn every_rpc_with_a_stream_is_known_by_its_name() {
        let pool = prost_reflect::DescriptorPool::decode(redress_proto::DESCRIPTORS).unwrap();
        for method in pool.services().flat_map(|service| service.methods().collect::<Vec<_>>()) {
            let calls = Calls {
                rpc: format!("{}/{}", method.parent_service().full_name(), method.name()),
                ..Calls::default()
            };
            let streams = method.is_client_streaming() || method.is_server_streaming();
            assert_eq!(calls.is_stream(), streams, "{}", calls.rpc);
        }
    }
}
