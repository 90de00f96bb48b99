//! A stopwatch: the one place of the load generator that looks at the clock.

use std::time::{Duration, Instant, SystemTime};

/// Runs from when it was started.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch(Instant);

impl Watch {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures how long things take")]
    pub(crate) fn start() -> Self {
        Self(Instant::now())
    }

    pub(crate) fn elapsed(self) -> Duration {
        self.0.elapsed()
    }

    /// The moment `after` its start, to wait for.
    pub(crate) fn moment(self, after: Duration) -> tokio::time::Instant {
        tokio::time::Instant::from_std(self.0 + after)
    }
}

/// The time of day, since 1970, to be held against what the server recorded on the same machine.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures how long things take")]
pub(crate) fn wall() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default()
}
