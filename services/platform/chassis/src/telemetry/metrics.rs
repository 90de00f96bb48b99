//! The metrics of one process: one registry, one scrape.

use jiff::Timestamp;
use opentelemetry::{KeyValue, metrics::Meter, metrics::MeterProvider as _};
use opentelemetry_sdk::metrics::SdkMeterProvider;
use prometheus::{Encoder as _, Registry, TextEncoder};
use redress_store::Db;
use tokio_util::task::TaskTracker;

use super::{
    catalogue::{CALLS_RUNNING, POOL, READY, STARTED, TASKS},
    reading::Reading,
};
use crate::{process::Readiness, tasks::Tasks};

/// Collects metrics and renders them for a scrape. Not global, so that tests do not count each other's calls.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    provider: SdkMeterProvider,
}

/// The scrape could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("metrics cannot be collected")]
pub struct Unmeasurable(#[source] opentelemetry_sdk::error::OTelSdkError);

impl Metrics {
    /// An empty collection.
    pub fn new() -> Result<Self, Unmeasurable> {
        let registry = Registry::new();
        let exporter = opentelemetry_prometheus::exporter()
            .with_registry(registry.clone())
            .scope_info_enabled(false)
            .without_target_info()
            .build()
            .map_err(Unmeasurable)?;
        Ok(Self { registry, provider: SdkMeterProvider::builder().with_reader(exporter).build() })
    }

    /// Where a service gets its own instruments from. Give each a description.
    pub fn meter(&self) -> Meter {
        self.provider.meter("redress")
    }

    /// Everything, in the text form that Prometheus reads.
    pub fn scrape(&self) -> String {
        let mut text = Vec::new();
        match TextEncoder::new().encode(&self.registry.gather(), &mut text) {
            Ok(()) => String::from_utf8(text).unwrap_or_default(),
            Err(error) => {
                tracing::error!(%error, "metrics cannot be rendered");
                String::new()
            }
        }
    }

    /// Everything, as numbers.
    pub(crate) fn read(&self) -> Reading {
        Reading::of(&self.registry.gather())
    }

    pub(crate) fn watch_process(
        &self,
        calls: TaskTracker,
        tasks: Tasks,
        readiness: Readiness,
        started: Timestamp,
    ) {
        let meter = self.meter();
        meter
            .i64_observable_gauge(STARTED.name)
            .with_description(STARTED.meaning)
            .with_callback(move |gauge| {
                gauge.observe(started.as_second(), &[KeyValue::new("version", env!("CARGO_PKG_VERSION"))]);
            })
            .build();
        meter
            .u64_observable_gauge(CALLS_RUNNING.name)
            .with_description(CALLS_RUNNING.meaning)
            .with_callback(move |gauge| gauge.observe(calls.len() as u64, &[]))
            .build();
        meter
            .u64_observable_gauge(TASKS.name)
            .with_description(TASKS.meaning)
            .with_callback(move |gauge| gauge.observe(tasks.running() as u64, &[]))
            .build();
        meter
            .u64_observable_gauge(READY.name)
            .with_description(READY.meaning)
            .with_callback(move |gauge| gauge.observe(u64::from(readiness.is_ready()), &[]))
            .build();
    }

    pub(crate) fn watch_databases(&self, databases: Vec<(&'static str, Db)>) {
        self.meter()
            .u64_observable_gauge(POOL.name)
            .with_description(POOL.meaning)
            .with_callback(move |gauge| {
                for (service, database) in &databases {
                    for pool in database.gauges() {
                        for (state, count) in
                            [("in_use", pool.in_use), ("idle", pool.idle), ("most", pool.most)]
                        {
                            let labels = [
                                KeyValue::new("service", *service),
                                KeyValue::new("pool", pool.pool),
                                KeyValue::new("state", state),
                            ];
                            gauge.observe(count, &labels);
                        }
                    }
                }
            })
            .build();
    }
}

impl std::fmt::Debug for Metrics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}
