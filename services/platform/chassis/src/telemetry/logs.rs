//! Log lines on standard error, and spans to a collector where one is named.

use std::time::Duration;

use opentelemetry::trace::TracerProvider as _;
use opentelemetry_otlp::WithExportConfig as _;
use opentelemetry_sdk::{Resource, trace::SdkTracerProvider};
use tracing_subscriber::{EnvFilter, Layer, Registry, layer::SubscriberExt as _};

use super::sampling::Sampling;
use crate::config::{LogFormat, Telemetry};

/// How long the last spans may take to leave the process.
const FLUSH: Duration = Duration::from_secs(3);

/// Where log lines and spans go. Must be flushed on every way out.
#[derive(Debug)]
pub struct Logs {
    spans: Option<SdkTracerProvider>,
}

/// Telemetry that cannot be set up.
#[derive(Debug, thiserror::Error)]
#[error("spans cannot be sent to the collector")]
pub struct NoExporter(#[source] opentelemetry_otlp::ExporterBuildError);

impl Logs {
    /// Sets up the process' logging. Needs a runtime, because the exporter sends in the background.
    pub fn install(config: &Telemetry, name: &str) -> Result<Self, NoExporter> {
        let (subscriber, logs) = Self::subscriber(config, name)?;
        // It fails when something was installed before, as in a test that runs many processes in one.
        let _ = tracing::subscriber::set_global_default(subscriber);
        Ok(logs)
    }

    /// The subscriber alone, for tests that install it for a while.
    pub fn subscriber(
        config: &Telemetry,
        name: &str,
    ) -> Result<(impl tracing::Subscriber + Send + Sync + 'static, Self), NoExporter> {
        let spans =
            config.endpoint.as_deref().map(|endpoint| provider(config, endpoint, name)).transpose()?;
        let layer = spans.as_ref().map(|spans| {
            tracing_opentelemetry::layer()
                .with_tracer(spans.tracer("redress"))
                .with_location(false)
                .with_threads(false)
        });
        let lines = match config.format {
            LogFormat::Json => tracing_subscriber::fmt::layer()
                .json()
                .flatten_event(true)
                .with_span_list(false)
                .with_writer(std::io::stderr)
                .boxed(),
            LogFormat::Pretty => tracing_subscriber::fmt::layer()
                .compact()
                .with_target(false)
                .with_writer(std::io::stderr)
                .boxed(),
        };
        let filter = EnvFilter::try_new(&config.filter).unwrap_or_else(|_| EnvFilter::new("info"));
        let subscriber = Registry::default().with(filter).with(lines).with(layer);
        Ok((subscriber, Self { spans }))
    }

    /// Sends what is left. Blocks, so it runs outside the runtime's workers.
    pub async fn flush(self) {
        let Some(spans) = self.spans else { return };
        let flushed = tokio::task::spawn_blocking(move || spans.shutdown_with_timeout(FLUSH)).await;
        if !matches!(flushed, Ok(Ok(()))) {
            tracing::warn!("the last spans did not reach the collector");
        }
    }
}

fn provider(config: &Telemetry, endpoint: &str, name: &str) -> Result<SdkTracerProvider, NoExporter> {
    let exporter = opentelemetry_otlp::SpanExporter::builder()
        .with_tonic()
        .with_endpoint(endpoint)
        .with_timeout(FLUSH)
        .build()
        .map_err(NoExporter)?;
    Ok(SdkTracerProvider::builder()
        .with_batch_exporter(exporter)
        .with_sampler(Sampling::some(config.sampled_per_thousand))
        .with_resource(Resource::builder().with_service_name(name.to_owned()).build())
        .build())
}
