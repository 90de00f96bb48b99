//! The last half hour in memory, for the plots of the operations page. What is older is Prometheus' business.

use std::{
    collections::VecDeque,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use jiff::Timestamp;
use redress_kernel::Clock;
use tokio::time::timeout;

use super::{
    Metrics,
    catalogue::{CALLS_RUNNING, DEADLINES_OVERDUE, JOURNAL_SIZE, POOL, UNSEQUENCED_AGE},
    reading::{Reading, Spread},
};
use crate::tasks::Tasks;

/// How often a sample is taken.
const EVERY: Duration = Duration::from_secs(10);
/// How many are kept: half an hour of them.
const KEPT: usize = 180;

/// What is kept of one moment.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) at: Timestamp,
    /// Calls that ended since the start.
    pub(crate) calls: u64,
    /// Those in which the service failed its caller.
    pub(crate) faults: u64,
    /// How long those took whose length is up to the service.
    pub(crate) spread: Spread,
    pub(crate) running: f64,
    pub(crate) connections: f64,
    pub(crate) entries: f64,
    pub(crate) unsequenced_age: f64,
    pub(crate) overdue: f64,
}

impl Sample {
    pub(crate) fn of(reading: &Reading, at: Timestamp) -> Self {
        let mut spread = Spread::default();
        for calls in reading.calls.iter().filter(|calls| !calls.is_stream()) {
            spread.add(&calls.spread);
        }
        let in_use = reading.series(&POOL).iter().filter(|series| series.label("state") == "in_use");
        Self {
            at,
            calls: reading.calls.iter().map(|calls| calls.count).sum(),
            faults: reading.calls.iter().filter(|calls| calls.is_fault()).map(|calls| calls.count).sum(),
            spread,
            running: reading.sum(&CALLS_RUNNING),
            connections: in_use.map(|series| series.value).fold(0.0, |sum, value| sum + value),
            entries: reading.sum(&JOURNAL_SIZE),
            unsequenced_age: reading.greatest(&UNSEQUENCED_AGE),
            overdue: reading.sum(&DEADLINES_OVERDUE),
        }
    }
}

/// The samples, the oldest first. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct History(Arc<RwLock<VecDeque<Sample>>>);

impl History {
    /// Takes samples until the process stops.
    pub(crate) fn keep(&self, metrics: Metrics, tasks: &Tasks, clock: Arc<dyn Clock>) {
        let (history, stopping) = (self.clone(), tasks.stopping().clone());
        tasks.start(async move {
            loop {
                history.push(Sample::of(&metrics.read(), clock.now()));
                if timeout(EVERY, stopping.cancelled()).await.is_ok() {
                    return;
                }
            }
        });
    }

    fn push(&self, sample: Sample) {
        let mut samples = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if samples.len() == KEPT {
            samples.pop_front();
        }
        samples.push_back(sample);
    }

    /// What was kept, and the moment as it is.
    pub(crate) fn until(&self, now: Sample) -> Vec<Sample> {
        let samples = self.0.read().unwrap_or_else(PoisonError::into_inner);
        samples.iter().cloned().chain([now]).collect()
    }
}
