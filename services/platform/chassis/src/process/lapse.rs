//! Forgets the answers to requests whose term is over: now and then, a few in a transaction, so that no command waits for it.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use opentelemetry::{KeyValue, metrics::Meter};
use redress_journal::shell::lapse::lapse;
use redress_kernel::Clock;
use redress_store::{Db, DbError};
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;

use crate::{service::Background, telemetry::ANSWERS_LAPSED};

/// How often it is done.
const EVERY: Duration = Duration::from_hours(1);
/// As many as are forgotten in one transaction.
const PORTION: i64 = 500;

/// The work for the database of `service`, whose answers are kept for `term`.
pub(super) fn lapsing(
    service: &'static str,
    database: Db,
    term: Duration,
    clock: Arc<dyn Clock>,
    meter: &Meter,
    stopping: CancellationToken,
) -> Background {
    let of = [KeyValue::new("service", service)];
    let lapsed = ANSWERS_LAPSED.counter(meter);
    lapsed.add(0, &of);
    Box::pin(async move {
        let term = SignedDuration::try_from(term).unwrap_or(SignedDuration::MAX);
        let mut ticks = interval(EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = stopping.cancelled() => return Ok(()),
                _ = ticks.tick() => {}
            }
            let before = clock.now().saturating_sub(term).unwrap_or(Timestamp::MIN);
            match all(&database, before, &stopping).await {
                Ok(found) => lapsed.add(found, &of),
                // They are kept for longer than they need be, which hurts nobody before the next time.
                Err(error) => tracing::warn!(service, %error, "answers could not be forgotten"),
            }
        }
    })
}

async fn all(database: &Db, before: Timestamp, stopping: &CancellationToken) -> Result<u64, DbError> {
    let mut lapsed = 0;
    while !stopping.is_cancelled() {
        let found = lapse(database, before, PORTION).await?;
        lapsed += found;
        if found < PORTION.unsigned_abs() {
            break;
        }
    }
    Ok(lapsed)
}
