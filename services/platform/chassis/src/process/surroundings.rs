//! The clock and the ids of a real process; the only place that asks the system for either.

use std::sync::Arc;

use jiff::Timestamp;
use redress_kernel::{Clock, Ids, clock::to_microseconds};
use uuid::Uuid;

/// What a process takes from the world around it. Tests hand in others.
#[derive(Clone)]
pub struct Surroundings {
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Draws ids.
    pub ids: Arc<dyn Ids>,
}

impl Surroundings {
    /// The world as it is.
    pub fn real() -> Self {
        Self { clock: Arc::new(SystemClock), ids: Arc::new(RandomIds) }
    }
}

impl std::fmt::Debug for Surroundings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Surroundings").finish_non_exhaustive()
    }
}

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that is handed in")]
    fn now(&self) -> Timestamp {
        to_microseconds(Timestamp::now())
    }
}

/// UUIDs of version 7: random, and in the order in which they were drawn.
#[derive(Clone, Copy, Debug)]
pub struct RandomIds;

impl Ids for RandomIds {
    #[expect(clippy::disallowed_methods, reason = "these are the ids that are handed in")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
