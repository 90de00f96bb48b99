//! A program of before that may still run beside this one. It knows nothing of what holds a person and all that is kept about them, and would give
//! an order that this one refuses (ADR 0032). That it gives none is said in the one way that it knows: the date is in doubt, until a person
//! confirms it.

use jiff::Timestamp;
use redress_store::{Db, DbError};

use crate::{marks, store};

/// Says so where this program is the first of its kind on a database in which records are kept. To be done before anything else is.
pub(crate) async fn begin(db: &Db, now: Timestamp) -> Result<(), DbError> {
    let mut tx = db.read().await?;
    let is_known = marks::persons_hold(&mut tx).await?;
    drop(tx);
    if is_known {
        return Ok(());
    }
    let mut tx = db.write().await?;
    if store::record::any(&mut tx).await? {
        tracing::warn!(
            "nothing is destroyed before a person has confirmed the date, which is to be done once no program of the version before runs any more"
        );
        marks::set_doubt(&mut tx, now).await?;
    }
    marks::set_persons_hold(&mut tx, now).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use records_retention_domain::ParticipantId;
    use redress_testkit::backends;

    use super::begin;
    use crate::{
        command::{
            case::News,
            office::{CONTRACT, Office, PRIME, take_in},
        },
        marks,
    };

    #[tokio::test(flavor = "multi_thread")]
    async fn nothing_is_destroyed_by_two_versions_at_once() {
        for backend in backends() {
            let (earlier, fresh) = (Office::on(&backend).await, Office::on(&backend).await);
            let participant: ParticipantId = earlier.fresh();
            let (contract, organisation) = (CONTRACT, PRIME);
            take_in(&earlier, News::PersonRecorded { participant, contract, organisation }).await;
            for (office, in_doubt) in [(&earlier, true), (&fresh, false)] {
                begin(&office.parts.db, now(office)).await.expect("to begin");
                assert_eq!(doubt(office).await, in_doubt, "on {}", backend.name());
                // Started again after a person has confirmed the date.
                let mut tx = office.write().await;
                marks::confirm(&mut tx).await.expect("a confirmation");
                tx.commit().await.expect("to be kept");
                begin(&office.parts.db, now(office)).await.expect("to begin");
                assert!(!doubt(office).await, "on {}", backend.name());
            }
            earlier.close().await;
            fresh.close().await;
        }
    }

    async fn doubt(office: &Office) -> bool {
        let mut tx = office.write().await;
        let doubt = marks::doubt(&mut tx).await.expect("to read");
        tx.commit().await.expect("to let go");
        doubt.is_some()
    }

    fn now(office: &Office) -> Timestamp {
        office.parts.clock.now()
    }
}
