//! Ids in the order in which they are drawn, the same in every run.

use std::sync::atomic::{AtomicU64, Ordering};

use redress_kernel::Ids;
use uuid::Uuid;

/// Of version 7, so that they pass for real ones.
const FIRST: u128 = 0x0190_0000_0000_7000_8000_0000_0000_0000;

/// Counts.
#[derive(Debug)]
pub struct CountingIds(AtomicU64);

impl CountingIds {
    /// Begins at one.
    pub const fn new() -> Self {
        Self(AtomicU64::new(1))
    }

    /// The `number`th id that is drawn.
    pub const fn nth(number: u64) -> Uuid {
        Uuid::from_u128(FIRST + number as u128)
    }
}

impl Default for CountingIds {
    fn default() -> Self {
        Self::new()
    }
}

impl Ids for CountingIds {
    fn next(&self) -> Uuid {
        Self::nth(self.0.fetch_add(1, Ordering::SeqCst))
    }
}
