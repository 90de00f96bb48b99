//! How far a subscription has got, for the metrics and for operators.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use jiff::Timestamp;
use opentelemetry::{KeyValue, metrics::Histogram};
use redress_journal::{entry::Entry, subscription::Watcher};

/// How far a subscription of this process has got.
pub(crate) struct Progress {
    position: AtomicI64,
    head: AtomicI64,
    /// When it was last known to be level with its source, in microseconds; at first, when it was begun.
    level_at: AtomicI64,
    delay: Histogram<f64>,
    labels: [KeyValue; 2],
}

/// Where the source's log ends, as far as is known, and for how long the subscription has not been level with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Lag {
    pub(crate) head: i64,
    pub(crate) time: Duration,
}

impl Progress {
    pub(crate) fn new(
        service: &'static str,
        source: &'static str,
        delay: Histogram<f64>,
        now: Timestamp,
    ) -> Self {
        Self {
            position: AtomicI64::new(0),
            head: AtomicI64::new(0),
            level_at: AtomicI64::new(now.as_microsecond()),
            delay,
            labels: [KeyValue::new("service", service), KeyValue::new("source", source)],
        }
    }

    /// How far it is behind. The time also grows while the source cannot be read, because then nobody knows.
    pub(crate) fn lag(&self, now: Timestamp) -> Lag {
        let micros = now.as_microsecond().saturating_sub(self.level_at.load(Ordering::Relaxed));
        Lag {
            head: self.head.load(Ordering::Relaxed),
            time: Duration::from_micros(u64::try_from(micros).unwrap_or(0)),
        }
    }

    /// How many entries of the source it has not looked at, as far as is known.
    pub(crate) fn behind(&self) -> i64 {
        self.head.load(Ordering::Relaxed).saturating_sub(self.position.load(Ordering::Relaxed)).max(0)
    }
}

impl Watcher for Progress {
    fn moved(&self, position: i64, head: i64, read_at: Timestamp) {
        self.position.store(position, Ordering::Relaxed);
        self.head.store(head, Ordering::Relaxed);
        if position >= head {
            self.level_at.store(read_at.as_microsecond(), Ordering::Relaxed);
        }
    }

    fn acted(&self, entry: &Entry, at: Timestamp) {
        let recorded = entry.content.record_time.and_then(|time| time.timestamp().ok());
        if let Some(recorded) = recorded {
            self.delay.record(at.duration_since(recorded).as_secs_f64().max(0.0), &self.labels);
        }
    }
}
