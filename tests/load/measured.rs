//! How many calls were answered, and how long each took.

use std::time::Duration;

use hdrhistogram::Histogram;

/// Longest time that is told apart, in microseconds.
const LONGEST: u64 = 120_000_000;

/// The outcome of a loop.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    micros: Histogram<u64>,
    elapsed: Duration,
    spent: Option<Duration>,
}

impl Measured {
    pub(crate) fn new() -> anyhow::Result<Self> {
        Ok(Self { micros: Histogram::new_with_bounds(1, LONGEST, 3)?, elapsed: Duration::ZERO, spent: None })
    }

    pub(crate) fn record(&mut self, took: Duration) {
        self.micros.saturating_record(u64::try_from(took.as_micros()).unwrap_or(LONGEST).clamp(1, LONGEST));
    }

    /// Adds what was measured at the same time.
    pub(crate) fn merge(&mut self, other: &Self) -> anyhow::Result<()> {
        self.micros.add(&other.micros)?;
        self.elapsed = self.elapsed.max(other.elapsed);
        Ok(())
    }

    /// Adds what was measured after this.
    pub(crate) fn follow(&mut self, other: &Self) -> anyhow::Result<()> {
        self.micros.add(&other.micros)?;
        self.elapsed += other.elapsed;
        self.spent = other.spent.map(|spent| self.spent.unwrap_or_default() + spent);
        Ok(())
    }

    pub(crate) fn lasted(&mut self, elapsed: Duration) {
        self.elapsed = elapsed;
    }

    /// What all of it took of the processors.
    pub(crate) fn cost(&mut self, spent: Duration) {
        self.spent = Some(spent);
    }

    /// What a call took of the processors, on both sides of the wire; known where it was watched.
    pub(crate) fn cost_of_one(&self) -> Option<Duration> {
        let calls = u32::try_from(self.count()).ok().filter(|calls| *calls > 0)?;
        self.spent.map(|spent| spent / calls)
    }

    pub(crate) fn count(&self) -> u64 {
        self.micros.len()
    }

    /// Calls a second.
    #[expect(clippy::cast_precision_loss, reason = "a rate is not exact")]
    pub(crate) fn rate(&self) -> f64 {
        if self.elapsed.is_zero() { 0.0 } else { self.count() as f64 / self.elapsed.as_secs_f64() }
    }

    /// The time in which this part of the calls was answered.
    pub(crate) fn quantile(&self, part: f64) -> Duration {
        Duration::from_micros(self.micros.value_at_quantile(part))
    }
}
