//! What the command shell could not do, as a status.

use redress_journal::Failure;
use redress_kernel::Refusal;
use tonic::Status;

use super::{Domain, Reason};

impl Domain {
    /// A command that got no answer.
    pub fn failure<R: Refusal>(self, failure: &Failure<R>) -> Status {
        match failure.explain() {
            Some(explanation) => self.explain(&explanation),
            None => match failure {
                Failure::DeadlinePassed => self.answer(
                    Reason::DeadlineExceeded,
                    "the deadline passed before the command was begun; nothing was done",
                ),
                Failure::Refused(_)
                | Failure::RequestReused { .. }
                | Failure::LostRace
                | Failure::Overloaded
                | Failure::Unavailable
                | Failure::StorageFull
                | Failure::OutcomeUnknown
                | Failure::Internal(_) => self.internal(failure),
            },
        }
    }
}
