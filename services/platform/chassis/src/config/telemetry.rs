//! How the process is watched.

use super::{Configuration, Settings};

/// How the process is watched. Where traces go is said by the standard `OTEL_EXPORTER_OTLP_ENDPOINT`.
#[derive(Clone, Debug)]
pub struct Telemetry {
    /// What is logged, in the words of `tracing`'s filter.
    pub filter: String,
    /// How lines look.
    pub format: LogFormat,
    /// Where spans are sent by OTLP over gRPC; nowhere when not set.
    pub endpoint: Option<String>,
    /// How many of a thousand traces that begin here are recorded.
    pub sampled_per_thousand: u32,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// One JSON object a line, for machines.
    Json,
    /// For people at a terminal.
    Pretty,
}

impl Configuration for Telemetry {
    fn read(settings: &mut Settings) -> Self {
        let endpoint = settings.standard("OTEL_EXPORTER_OTLP_ENDPOINT");
        let mut section = settings.section("telemetry");
        let filter = section.parsed(
            "filter",
            "info".to_owned(),
            "a filter such as info,redress=debug",
            Clone::clone,
            |text| tracing_subscriber::EnvFilter::try_new(text).ok().map(|_| text.to_owned()),
        );
        let format = section.choice(
            "format",
            &LogFormat::Json,
            &[("json", LogFormat::Json), ("pretty", LogFormat::Pretty)],
        );
        let sampled_per_thousand = section.number("sampled_per_thousand", 1000, 0..=1000);
        Self { filter, format, endpoint, sampled_per_thousand }
    }
}
