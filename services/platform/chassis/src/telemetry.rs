//! How a process is watched: log lines, spans, metrics. None of them carries personal data.

mod catalogue;
mod instruments;
pub(crate) mod journal;
mod logs;
mod metrics;

pub use catalogue::{CATALOGUE, Measure, MetricKind};
pub use logs::Logs;
pub use metrics::Metrics;

pub(crate) use instruments::Instruments;
