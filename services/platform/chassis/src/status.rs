//! The only place where a `tonic::Status` is made.
//!
//! Every status carries `google.rpc` details: always an `ErrorInfo` with a documented reason; the request id is added
//! where the answer leaves the process. Texts and metadata are identifiers and words of ours, never personal data.

mod database;
mod details;
mod explanation;
mod failure;
mod reason;

use std::{error::Error, fmt, time::Duration};

use redress_kernel::{Explanation, Refusal, Violation};
use tonic::{Code, Status};

pub use reason::Reason;

pub(crate) use details::{Details, complete};

/// Whose answer it is: the domain of every `ErrorInfo`, such as `complaints.redress`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Domain(&'static str);

impl Domain {
    /// The domain of answers that no service in particular gives.
    pub const CHASSIS: Self = Self("redress");

    /// The domain `name`, which ends in `.redress`.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// Its name.
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// A refusal of the rules.
    pub fn refuse(self, refusal: &dyn Refusal) -> Status {
        self.explain(&refusal.explain())
    }

    /// An explanation, put on the wire.
    pub fn explain(self, explanation: &Explanation) -> Status {
        explanation::render(self, explanation)
    }

    /// Every field that is wrong, at once.
    pub fn invalid(self, violations: Vec<Violation>) -> Status {
        explanation::invalid(self, violations)
    }

    /// One field that is wrong.
    pub fn invalid_field(self, field: &str, reason: &'static str, description: &str) -> Status {
        self.invalid(vec![Violation::new(field, reason, description)])
    }

    /// A resource that is not there, or not for this caller; the two look the same.
    pub fn not_found(self, kind: &str, name: &str) -> Status {
        Details::new(self, Code::NotFound, Reason::NotFound)
            .resource(kind, name)
            .say("there is no such resource, or it is not yours to see")
    }

    /// A fault of ours. The caller gets a fixed sentence; the chain of causes is logged here and nowhere else.
    pub fn internal(self, error: &(dyn Error + 'static)) -> Status {
        tracing::error!(error = %Chain(error), "a call failed for a reason that is ours");
        self.fault()
    }

    /// The answer to a fault that has been logged.
    pub(crate) fn fault(self) -> Status {
        Details::new(self, Code::Internal, Reason::Internal)
            .say("the service failed; report the request id to its operator")
    }

    /// Not now, but soon.
    pub fn unavailable(self, what: &str, after: Duration) -> Status {
        Details::new(self, Code::Unavailable, Reason::Unavailable).retry(after).say(what)
    }

    /// One of the chassis' own answers.
    pub(crate) fn answer(self, reason: Reason, message: &str) -> Status {
        Details::new(self, reason.code(), reason).say(message)
    }
}

/// An error with all its causes, for one line of the log.
struct Chain<'a>(&'a (dyn Error + 'static));

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}
