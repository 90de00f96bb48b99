//! What a crash leaves between the object store and the rows: objects that no row names are removed, rows whose object is not
//! there are an alarm.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use opentelemetry::KeyValue;
use redress_chassis::{
    BuildFailure, Parts,
    telemetry::{DOCUMENTS_MISSING, ORPHANS_REMOVED},
};
use redress_store::{
    DbError, Row,
    blob::{BlobFault, ObjectName},
};
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

/// How many rows are looked at at once.
const PAGE: i64 = 500;

/// The rows of a service that name objects, by the statements that find them.
pub trait Rows: Send + Sync + 'static {
    /// Which of these objects, `{keys}`, a row names: as `blob`.
    const NAMED: &'static str;
    /// So many rows, `$2`, after one, `$1`, in the order of their ids: as `id` and `blob`.
    const PAGE: &'static str;
}

/// The object that a row names.
///
/// # Errors
/// Where it names none.
pub fn object(row: &Row<'_>) -> Result<ObjectName, DbError> {
    let bytes: Vec<u8> = row.get("blob")?;
    ObjectName::from_bytes(&bytes).ok_or_else(|| row.inconsistent("blob", "is not the name of an object"))
}

/// Why a sweep was not finished; the next one begins anew.
#[derive(Debug, thiserror::Error)]
enum SweepFault {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The object store failed.
    #[error(transparent)]
    Blob(#[from] BlobFault),
}

/// Sweeps the documents of `service` every `pause` until the process stops. An object younger than `grace` may belong to an upload under way.
pub async fn run<R: Rows>(
    service: &'static str,
    parts: Parts,
    pause: Duration,
    grace: Duration,
) -> Result<(), BuildFailure> {
    let meter = &parts.meter;
    let of = [KeyValue::new("service", service)];
    let removed = ORPHANS_REMOVED.counter(meter);
    removed.add(0, &of);
    let missing = meter.u64_gauge(DOCUMENTS_MISSING.name).with_description(DOCUMENTS_MISSING.meaning).build();
    let stopping = parts.tasks.stopping().clone();
    let mut ticks = interval(pause);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            _ = ticks.tick() => {}
        }
        match sweep::<R>(&parts, grace).await {
            Ok(swept) => {
                removed.add(swept.removed, &of);
                missing.record(swept.missing, &of);
            }
            Err(fault) => tracing::warn!(%fault, "the documents could not be swept"),
        }
    }
}

/// What one sweep came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Swept {
    /// Objects that were removed because no row names them.
    removed: u64,
    /// Rows whose object is not there.
    missing: u64,
}

async fn sweep<R: Rows>(parts: &Parts, grace: Duration) -> Result<Swept, SweepFault> {
    let grace = SignedDuration::try_from(grace).unwrap_or(SignedDuration::MAX);
    let before = parts.clock.now().saturating_sub(grace).unwrap_or(Timestamp::MIN);
    parts.blobs.sweep(before).await?;
    let mut swept = Swept::default();
    let known = |objects: Vec<ObjectName>| {
        let database = parts.database.clone();
        async move {
            let mut tx = database.read().await?;
            let keys: Vec<Vec<u8>> = objects.iter().map(|object| object.bytes().to_vec()).collect();
            let named = tx.query(R::NAMED).keys(keys).all(object).await?;
            Ok::<_, SweepFault>(named.into_iter().collect())
        }
    };
    for orphan in parts.blobs.orphans(before, known).await? {
        parts.blobs.delete(orphan.object).await?;
        swept.removed += 1;
    }
    swept.missing = missing::<R>(parts).await?;
    if swept.removed > 0 {
        tracing::info!(removed = swept.removed, "objects that no document names were removed");
    }
    Ok(swept)
}

/// Rows whose object is not there: bytes that were acknowledged and are lost.
async fn missing<R: Rows>(parts: &Parts) -> Result<u64, SweepFault> {
    let mut after = Uuid::nil();
    let mut missing = 0;
    let read = |row: &Row<'_>| Ok((row.get("id")?, object(row)?));
    loop {
        let mut tx = parts.database.read().await?;
        let page = tx.query(R::PAGE).bind(after).bind(PAGE).all(read).await?;
        drop(tx);
        let Some((last, _)) = page.last() else { return Ok(missing) };
        after = *last;
        for (id, object) in page {
            if parts.tasks.stopping().is_cancelled() {
                return Ok(missing);
            }
            if !parts.blobs.exists(object).await? {
                tracing::error!(document.id = %id, "the bytes of a document are not in the object store");
                missing += 1;
            }
        }
    }
}
