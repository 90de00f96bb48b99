//! The instruments that the chassis itself plays.

use std::time::Duration;

use opentelemetry::{
    KeyValue, Value,
    metrics::{Counter, Histogram, Meter, UpDownCounter},
};

use super::catalogue::{CALL_DURATION, CONNECTIONS, CONNECTIONS_REFUSED};

/// Edges of the buckets in seconds: fine where calls are, coarse where they should not be.
const BUCKETS: [f64; 16] =
    [0.0005, 0.001, 0.002, 0.003, 0.005, 0.0075, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// Measures calls and connections.
pub(crate) struct Instruments {
    duration: Histogram<f64>,
    connections: UpDownCounter<i64>,
    refused: Counter<u64>,
}

impl Instruments {
    pub(crate) fn new(meter: &Meter) -> Self {
        Self {
            duration: meter
                .f64_histogram(CALL_DURATION.name)
                .with_unit(CALL_DURATION.unit)
                .with_description(CALL_DURATION.meaning)
                .with_boundaries(BUCKETS.to_vec())
                .build(),
            connections: meter
                .i64_up_down_counter(CONNECTIONS.name)
                .with_description(CONNECTIONS.meaning)
                .build(),
            refused: meter
                .u64_counter(CONNECTIONS_REFUSED.name)
                .with_description(CONNECTIONS_REFUSED.meaning)
                .build(),
        }
    }

    pub(crate) fn ended(&self, method: &'static str, status: &'static str, took: Duration) {
        let label = |key: &'static str, value: &'static str| KeyValue::new(key, Value::from(value));
        let labels = [
            label("rpc.system.name", "grpc"),
            label("rpc.method", method),
            label("rpc.response.status_code", status),
        ];
        self.duration.record(took.as_secs_f64(), &labels);
    }

    pub(crate) fn connected(&self) {
        self.connections.add(1, &[]);
    }

    pub(crate) fn disconnected(&self) {
        self.connections.add(-1, &[]);
    }

    pub(crate) fn refused(&self, reason: &'static str) {
        self.refused.add(1, &[KeyValue::new("reason", reason)]);
    }
}
