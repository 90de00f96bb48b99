//! Verdicts on the messages of a stream that is answered row by row: a message that breaks the declared rules is taken out
//! before the decoder sees it, and the handler learns what was wrong with it, so that a bad row spoils no other.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use redress_kernel::Violation;
use tonic::{Request, Status};

use crate::status::Domain;

/// What was wrong with which messages of a stream, by their number from 1. Clones share what is known.
#[derive(Clone, Debug, Default)]
pub struct Verdicts(Arc<Mutex<HashMap<u64, Vec<Violation>>>>);

impl Verdicts {
    /// The verdicts on the stream of `request`.
    ///
    /// # Errors
    /// `INTERNAL` when the rpc is not declared as answered row by row, which is a fault of the contract and never of the
    /// caller.
    pub fn of<T>(request: &Request<T>) -> Result<Self, Status> {
        request.extensions().get::<Self>().cloned().ok_or_else(|| Domain::CHASSIS.internal(&Undeclared))
    }

    /// What was wrong with a message; nothing when it may be decoded. It is told once.
    pub fn take(&self, number: u64) -> Option<Vec<Violation>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&number)
    }

    pub(super) fn put(&self, number: u64, violations: Vec<Violation>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(number, violations);
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the rpc is not declared as answered row by row")]
struct Undeclared;
