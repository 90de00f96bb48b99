//! A clock that moves when it is told to.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use redress_kernel::Clock;

/// Stands still until a test moves it.
#[derive(Debug)]
pub struct StillClock(AtomicI64);

impl StillClock {
    /// A clock that shows `instant`, such as `2026-06-30T23:30:00Z`.
    ///
    /// # Panics
    /// When `instant` is no instant.
    #[expect(clippy::expect_used, reason = "a test that misspells an instant fails")]
    pub fn at(instant: &str) -> Self {
        let instant: Timestamp = instant.parse().expect("an instant");
        Self(AtomicI64::new(instant.as_microsecond()))
    }

    /// Moves it on, or back.
    pub fn move_by(&self, span: SignedDuration) {
        let micros = i64::try_from(span.as_micros()).unwrap_or(i64::MAX);
        self.0.fetch_add(micros, Ordering::SeqCst);
    }

    /// Moves it to `instant`.
    pub fn move_to(&self, instant: Timestamp) {
        self.0.store(instant.as_microsecond(), Ordering::SeqCst);
    }
}

impl Clock for StillClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.0.load(Ordering::SeqCst)).unwrap_or(Timestamp::MAX)
    }
}
