//! Every way in which a command does not get its answer.

use redress_kernel::{Explanation, Kind, Refusal};
use redress_store::{Cause, DbError};

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure<R> {
    /// The rules refuse. Nothing was changed.
    #[error(transparent)]
    Refused(R),
    /// The request id was used for another request. Nothing was changed.
    #[error("the request id was used before for another request")]
    RequestReused {
        /// The fields that differ; empty when it was another rpc.
        fields: Vec<String>,
    },
    /// Others were first, again and again. Nothing was changed.
    #[error("others changed the same things at the same time")]
    LostRace,
    /// Too many commands wait. Nothing was changed.
    #[error("too many commands are waiting")]
    Overloaded,
    /// The deadline passed before the command was begun. Nothing was changed.
    #[error("the deadline passed before the command was begun")]
    DeadlinePassed,
    /// The database cannot be reached, or the process is stopping. Nothing was changed.
    #[error("the service is not available at present")]
    Unavailable,
    /// The disk is full. Nothing was changed.
    #[error("there is no room left to record anything")]
    StorageFull,
    /// It may have happened or not; the same request id leads to one effect either way.
    #[error("it is not known whether the command took effect; retry with the same request id")]
    OutcomeUnknown,
    /// A bug, or a damaged database. The cause is for the log, not for the caller.
    #[error("the command could not be carried out")]
    Internal(Cause),
}

impl<R> Failure<R> {
    /// The failure of a transaction.
    pub(super) fn of(error: DbError) -> Self {
        match error {
            DbError::Conflict(_) => Self::LostRace,
            DbError::Unavailable(_) | DbError::Timeout(_) => Self::Unavailable,
            DbError::Exhausted(_) => Self::StorageFull,
            DbError::Unknown(_) | DbError::Broken(_) => Self::OutcomeUnknown,
            DbError::Refused(cause) => Self::Internal(cause),
            error @ DbError::Inconsistent { .. } => {
                Self::Internal(Cause::new("inconsistent", error.to_string()))
            }
        }
    }

    /// The same failure of a command that refuses differently.
    pub fn map<S>(self, refused: impl FnOnce(R) -> S) -> Failure<S> {
        match self {
            Self::Refused(refusal) => Failure::Refused(refused(refusal)),
            Self::RequestReused { fields } => Failure::RequestReused { fields },
            Self::LostRace => Failure::LostRace,
            Self::Overloaded => Failure::Overloaded,
            Self::DeadlinePassed => Failure::DeadlinePassed,
            Self::Unavailable => Failure::Unavailable,
            Self::StorageFull => Failure::StorageFull,
            Self::OutcomeUnknown => Failure::OutcomeUnknown,
            Self::Internal(cause) => Failure::Internal(cause),
        }
    }
}

impl<R: Refusal> Failure<R> {
    /// Explains itself for the wire; `None` for a bug, about which a caller learns nothing, and for a passed deadline,
    /// which has a status of its own.
    pub fn explain(&self) -> Option<Explanation> {
        let (kind, reason) = match self {
            Self::Refused(refusal) => return Some(refusal.explain()),
            Self::RequestReused { fields } => {
                let explanation = Explanation::new(Kind::Precondition, "REQUEST_ID_REUSED", self.to_string());
                return Some(explanation.with("fields", fields.join(",")));
            }
            Self::LostRace => (Kind::LostRace, "LOST_RACE"),
            Self::Overloaded => (Kind::Exhausted, "OVERLOADED"),
            Self::Unavailable => (Kind::NotNow, "NOT_AVAILABLE"),
            Self::StorageFull => (Kind::Exhausted, "STORAGE_FULL"),
            Self::OutcomeUnknown => (Kind::NotNow, "OUTCOME_UNKNOWN"),
            Self::DeadlinePassed | Self::Internal(_) => return None,
        };
        Some(Explanation::new(kind, reason, self.to_string()))
    }
}
