//! Whether every key that a row names is in the keyring: it is not when the keyring was restored to a day before the data's.

use std::time::Duration;

use opentelemetry::KeyValue;
use redress_chassis::{BuildFailure, Service as _, telemetry::KEYS_MISSING};
use redress_store::{DbError, Row, keyring::KeyringFault, seal::KeyId};
use tokio::time::{MissedTickBehavior, interval};
use uuid::Uuid;

use crate::{
    app::App,
    service::Complaints,
    store::{complaint, participant},
};

/// How many rows are looked at at once.
const PAGE: i64 = 500;

/// Every statement that pages through rows with keys.
const PAGES: [&str; 2] = [complaint::SELECT_KEY_PAGE, participant::SELECT_KEY_PAGE];

/// Looks every `pause` until the process stops.
pub(crate) async fn run(app: App, pause: Duration) -> Result<(), BuildFailure> {
    let gauge =
        app.desk.parts.meter.u64_gauge(KEYS_MISSING.name).with_description(KEYS_MISSING.meaning).build();
    let stopping = app.desk.parts.tasks.stopping().clone();
    let mut ticks = interval(pause);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            () = stopping.cancelled() => return Ok(()),
            _ = ticks.tick() => {}
        }
        match missing(&app).await {
            Ok(missing) => gauge.record(missing, &[KeyValue::new("service", Complaints::NAME)]),
            Err(fault) => tracing::warn!(%fault, "the keys could not be compared with the rows"),
        }
    }
}

/// How many keys are not there.
async fn missing(app: &App) -> Result<u64, KeyringFault> {
    let mut missing = 0;
    for page in PAGES {
        let mut after = Uuid::nil();
        while !app.desk.parts.tasks.stopping().is_cancelled() {
            let rows = read(app, page, after).await?;
            let Some((last, _)) = rows.last() else { break };
            after = *last;
            let keys: Vec<KeyId> = rows.into_iter().map(|(_, key)| key).collect();
            let unknown = app.desk.parts.keyring.missing(&keys).await?;
            if unknown > 0 {
                tracing::error!(unknown, "keys that rows name are not in the keyring");
            }
            missing += u64::try_from(unknown).unwrap_or(u64::MAX);
        }
    }
    Ok(missing)
}

async fn read(app: &App, page: &'static str, after: Uuid) -> Result<Vec<(Uuid, KeyId)>, DbError> {
    let mut tx = app.desk.parts.database.read().await?;
    let pair = |row: &Row<'_>| Ok((row.get("id")?, KeyId::new(row.get("key_id")?)));
    tx.query(page).bind(after).bind(PAGE).all(pair).await
}
