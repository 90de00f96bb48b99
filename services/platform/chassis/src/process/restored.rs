//! Whether a database is one that was put back from a copy, and what has to be done before its service may be called.

use jiff::Timestamp;
use redress_backup::restored::{self, Restore, is_behind, set_back};
use redress_journal::{
    append::{Entries, Origin},
    checkpoint::LastCheckpoint,
    log,
    publish::{About, entry},
};
use redress_kernel::clock::to_microseconds;
use redress_ledger::{Agreement, Disagreement, Erasure, Ledger, known};
use redress_proto::journal::v1 as proto;
use redress_store::{Db, DbError};

use super::StandFailure;
use crate::{
    gate::{Gate, Standing},
    service::{Background, BuildFailure, Parts, Replay},
};

/// How the service of a database stands when it starts.
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) gate: Gate,
    /// The restore that led to the database, where not everything is erased again yet.
    pub(crate) restore: Option<Restore>,
    /// What is to be erased again.
    pub(crate) erased: Vec<Erasure>,
}

/// Compares a database with the ledger. One that knows less was put back: by `redress restore`, which marks it and had it
/// erased again, or by hand, and then nothing is served before a person has acted. One that was put back before anything was erased gives
/// nothing back that is gone; its sequencer finds that more was published than it knows, and stands, so that nobody is told of any order.
pub(crate) async fn judge(
    service: &'static str,
    database: &Db,
    ledger: &Ledger,
) -> Result<Judged, StandFailure> {
    let failed = |source| StandFailure::Database { service, source };
    let mut tx = database.read().await.map_err(failed)?;
    let restore = restored::open(&mut tx).await.map_err(failed)?;
    let (standing, erased) = match known::compare(&mut tx, ledger).await {
        Ok(Agreement::Whole) if restore.is_none() => (Standing::Open, Vec::new()),
        Ok(Agreement::Whole) => (Standing::Replaying, Vec::new()),
        Ok(Agreement::Older(entries)) if restore.is_some() => {
            (Standing::Replaying, entries.into_iter().map(|entry| entry.erasure).collect())
        }
        Ok(Agreement::Older(entries)) => {
            let why = format!(
                "the database does not know of {} erasures that the ledger has: it was put back from a copy by hand; `redress restore \
                 --replay` has them carried out again",
                entries.len()
            );
            (Standing::Frozen(why), Vec::new())
        }
        Err(lost @ Disagreement::Lost { .. }) => (Standing::Frozen(lost.to_string()), Vec::new()),
        Err(Disagreement::Ledger(source)) => return Err(StandFailure::Ledger { service, source }),
        Err(Disagreement::Database(source)) => return Err(failed(source)),
    };
    if let Standing::Frozen(why) = &standing {
        tracing::error!(service, why, "the service is frozen: it answers nothing and destroys nothing");
    }
    Ok(Judged { gate: Gate::new(standing), restore, erased })
}

/// Marks a database that was put back by hand, so that its service erases again what the ledger says and its journal goes on in another life.
/// Returns how many erasures that is; `None` where it was not put back, as far as the ledger and what was published of its journal tell.
pub(crate) async fn mark(
    database: &Db,
    ledger: &Ledger,
    checkpoint: &LastCheckpoint,
    mut restore: Restore,
) -> Result<Option<usize>, Disagreement> {
    let mut tx = database.write().await?;
    let agreement = known::compare(&mut tx, ledger).await?;
    let head = log::begin_life(&mut tx, restore.id).await?;
    let again = match agreement {
        Agreement::Older(entries) => entries.len(),
        // Nothing was erased since the copy was taken.
        Agreement::Whole if is_behind(checkpoint, head.as_ref())? => 0,
        Agreement::Whole => return Ok(None),
    };
    restore.log_size = head.as_ref().map_or(0, |head| head.size);
    restore.published_size = set_back(checkpoint, head.as_ref(), restore.id)?;
    restored::mark(&mut tx, &restore).await?;
    tx.commit().await?;
    Ok(Some(again))
}

/// Erases again what the ledger says, and opens the gate.
pub(super) fn replay(
    service: &'static str,
    parts: Parts,
    judged: Judged,
    replay: Option<Replay>,
) -> Background {
    Box::pin(async move {
        let Judged { gate, restore, erased } = judged;
        let Some(restore) = restore else { return Ok(()) };
        let again = erased.len();
        tracing::warn!(
            service,
            again,
            "the service was restored; what was erased since the backup is erased again"
        );
        match replay {
            Some(replay) => replay(erased).await?,
            None if erased.is_empty() => {}
            None => {
                return Err(BuildFailure::from(
                    "the service holds nothing, and its ledger says that it does",
                ));
            }
        }
        lift(&parts, &restore, again).await?;
        tracing::warn!(service, again, "everything is erased again; the service may be called");
        gate.set(Standing::Open);
        Ok(())
    })
}

async fn lift(parts: &Parts, restore: &Restore, again: usize) -> Result<(), DbError> {
    let now = to_microseconds(parts.clock.now());
    let message = proto::LogRestored {
        backup: restore.backup.to_string(),
        backup_time: Some(timestamp(restore.taken_at)),
        epoch_before: restore.epoch_before.to_string(),
        epoch: parts.log.epoch().to_string(),
        size: restore.log_size,
        published_size: restore.published_size,
        erased_again: i32::try_from(again).unwrap_or(i32::MAX),
    };
    let mut tx = parts.database.write().await?;
    let mut entries = Entries::new(parts.ids.as_ref(), now, Origin::of_suite());
    let about = About { kind: "restores", id: restore.id, version: 1, contract: None };
    entries.append(entry(about, &message, vec!["RET-14".to_owned()]));
    entries.flush(&mut tx).await?;
    restored::lift(&mut tx, now).await?;
    tx.commit().await?;
    parts.hint.committed();
    Ok(())
}

fn timestamp(at: Timestamp) -> prost_types::Timestamp {
    prost_types::Timestamp { seconds: at.as_second(), nanos: at.subsec_nanosecond() }
}
