//! Whether the process takes calls.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

/// Whether the process takes calls: after everything has started, until it is asked to end, and not while a database has no room.
#[derive(Clone, Debug, Default)]
pub struct Readiness(Arc<State>);

#[derive(Debug, Default)]
struct State {
    serving: AtomicBool,
    /// Databases that have no room.
    full: AtomicUsize,
}

impl Readiness {
    /// Whether it does.
    pub fn is_ready(&self) -> bool {
        self.0.serving.load(Ordering::Acquire) && self.0.full.load(Ordering::Acquire) == 0
    }

    pub(super) fn begin(&self) {
        self.0.serving.store(true, Ordering::Release);
    }

    pub(super) fn end(&self) {
        self.0.serving.store(false, Ordering::Release);
    }

    /// One database more, or one less, has no room.
    pub(super) fn full(&self, full: bool) {
        if full {
            self.0.full.fetch_add(1, Ordering::AcqRel);
        } else {
            self.0.full.fetch_sub(1, Ordering::AcqRel);
        }
    }
}
