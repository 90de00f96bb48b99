//! Ids in the order in which they are drawn, the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use redress_kernel::Ids;
use uuid::Uuid;

/// Of version 7, so that they pass for real ones.
const FIRST: u128 = 0x0190_0000_0000_7000_8000_0000_0000_0000;

/// Ids from one series to the next.
const SERIES: u128 = 1 << 40;
/// Series that were begun in this process.
static BEGUN: AtomicU64 = AtomicU64::new(0);

/// Counts.
#[derive(Debug)]
pub struct CountingIds {
    first: u128,
    drawn: AtomicU64,
}

impl CountingIds {
    /// Begins at one.
    pub const fn new() -> Self {
        Self { first: FIRST, drawn: AtomicU64::new(1) }
    }

    /// Counts in a series of its own, so that two who hear of each other never draw the same id. The first series of a
    /// process is that of [`CountingIds::new`].
    pub fn apart() -> Self {
        let series = BEGUN.fetch_add(1, Ordering::SeqCst);
        Self { first: FIRST + u128::from(series) * SERIES, drawn: AtomicU64::new(1) }
    }
}

impl Default for CountingIds {
    fn default() -> Self {
        Self::new()
    }
}

impl Ids for CountingIds {
    fn next(&self) -> Uuid {
        Uuid::from_u128(self.first + u128::from(self.drawn.fetch_add(1, Ordering::SeqCst)))
    }
}
