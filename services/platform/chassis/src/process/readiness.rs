//! Whether the process takes calls.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Whether the process takes calls: after everything has started, until it is asked to end.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    /// Whether it does.
    pub fn is_ready(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    pub(crate) fn set(&self, ready: bool) {
        self.0.store(ready, Ordering::Release);
    }
}
