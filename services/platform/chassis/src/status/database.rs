//! What the database could not do, as a status. Neither tables nor SQL nor values are named.

use std::time::Duration;

use redress_store::DbError;
use tonic::{Code, Status};

use super::{Details, Domain, Reason};

const SOON: Duration = Duration::from_millis(100);
const LATER: Duration = Duration::from_secs(1);

impl Domain {
    /// A failure of the database.
    pub fn database(self, error: &DbError) -> Status {
        let not_now = |reason: Reason, after: Duration, message: &str| {
            tracing::warn!(%error, "the database could not serve a call");
            Details::new(self, reason.code(), reason).retry(after).say(message)
        };
        match error {
            DbError::Conflict(_) => Details::new(self, Code::Aborted, Reason::LostRace)
                .retry(SOON)
                .say("someone else was first; read again and retry"),
            DbError::Unavailable(_) => {
                not_now(Reason::Unavailable, LATER, "the database does not answer; try again")
            }
            DbError::Exhausted(_) => {
                not_now(Reason::StorageFull, LATER, "there is no space left to keep this")
            }
            DbError::Timeout(_) => not_now(
                Reason::DeadlineExceeded,
                LATER,
                "the database took too long; repeat the call with the same request id",
            ),
            DbError::Unknown(_) => not_now(
                Reason::Unavailable,
                LATER,
                "it is not known whether this was kept; repeat the call with the same request id",
            ),
            DbError::Inconsistent { .. } | DbError::Refused(_) => self.internal(error),
            DbError::Broken(_) => {
                tracing::error!(%error, "the storage of the database failed");
                not_now(
                    Reason::Unavailable,
                    LATER,
                    "the service cannot keep anything; repeat the call with the same request id",
                )
            }
        }
    }
}
