//! The clock that only measures how long something takes; the one that tells the time is handed in.

use tokio::time::Instant;

/// The present instant of that clock.
#[expect(clippy::disallowed_methods, reason = "deadlines of calls and connections are measured here")]
pub(crate) fn instant() -> Instant {
    Instant::now()
}
