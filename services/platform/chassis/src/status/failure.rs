//! What the command shell could not do, as a status. The words are those of `redress.journal.v1.ErrorReason`.

use std::time::Duration;

use redress_journal::Failure;
use redress_kernel::{Kind, Refusal};
use tonic::{Code, Status};

use super::{Details, Domain};

/// When commands that were turned away should come back: a few groups later.
const AGAIN: Duration = Duration::from_millis(250);

impl Domain {
    /// A command that got no answer.
    pub fn failure<R: Refusal>(self, failure: &Failure<R>) -> Status {
        match failure {
            Failure::DeadlinePassed => {
                Details::because(self, Code::DeadlineExceeded, "DEADLINE_PASSED").say(&failure.to_string())
            }
            Failure::Internal(cause) => {
                tracing::error!(%cause, "a command failed for a reason that is ours");
                self.fault()
            }
            Failure::Refused(_)
            | Failure::RequestReused { .. }
            | Failure::LostRace
            | Failure::Overloaded
            | Failure::Unavailable
            | Failure::StorageFull
            | Failure::OutcomeUnknown => match failure.explain() {
                // The shell has no room; unlike a limit of the rules, that passes.
                Some(explanation)
                    if explanation.kind == Kind::Exhausted && !matches!(failure, Failure::Refused(_)) =>
                {
                    Details::because(self, Code::ResourceExhausted, explanation.reason)
                        .quota("commands", &explanation.message)
                        .retry(AGAIN)
                        .say(&explanation.message)
                }
                Some(explanation) => self.explain(&explanation),
                None => self.internal(failure),
            },
        }
    }
}
