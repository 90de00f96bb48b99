//! How the subscriptions of a service are doing.

use std::{sync::Arc, time::Duration};

use futures::FutureExt as _;
use opentelemetry::metrics::{Histogram, Meter};
use redress_journal::subscription::{Standing, report};
use redress_kernel::Clock;
use redress_store::Db;

use super::{
    catalogue::{
        FOLLOWED_DELAY, FOLLOWED_HELD, FOLLOWED_LAG, FOLLOWED_LAG_SECONDS, FOLLOWED_PARKED,
        FOLLOWED_POSITION, FOLLOWED_QUARANTINED, Measure,
    },
    figures::{Figure, Looked, Source},
};
use crate::follow::Progress;

/// How often they are looked at.
const EVERY: Duration = Duration::from_secs(5);
/// Edges of the buckets of the delay in seconds: fine around what is promised, coarse up to a day.
const BUCKETS: [f64; 14] =
    [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0, 300.0, 3600.0, 86400.0];

const MEASURES: &[&Measure] = &[
    &FOLLOWED_POSITION,
    &FOLLOWED_LAG,
    &FOLLOWED_LAG_SECONDS,
    &FOLLOWED_HELD,
    &FOLLOWED_PARKED,
    &FOLLOWED_QUARANTINED,
];

/// Where the time from record to effect is measured.
pub(crate) fn delay(meter: &Meter) -> Histogram<f64> {
    meter
        .f64_histogram(FOLLOWED_DELAY.name)
        .with_unit(FOLLOWED_DELAY.unit)
        .with_description(FOLLOWED_DELAY.meaning)
        .with_boundaries(BUCKETS.to_vec())
        .build()
}

/// The figures of the subscriptions of one service that run in this process.
pub(crate) fn source(
    service: &'static str,
    database: Db,
    running: Vec<(&'static str, Arc<Progress>)>,
    clock: Arc<dyn Clock>,
) -> Source {
    let running: Arc<[_]> = running.into();
    let look = move || look(database.clone(), running.clone(), clock.clone()).boxed();
    Source { service, about: "subscriptions", measures: MEASURES, every: EVERY, look: Arc::new(look) }
}

async fn look(database: Db, running: Arc<[(&'static str, Arc<Progress>)]>, clock: Arc<dyn Clock>) -> Looked {
    let all = report::gauges(&mut database.read().await?).await?;
    let mut figures = Vec::new();
    for (source, progress) in running.iter() {
        let lag = progress.lag(clock.now());
        let mut tell =
            |measure, value: i64| figures.push(Figure::new(measure, value).with("source", *source));
        tell(&FOLLOWED_LAG, progress.behind());
        tell(&FOLLOWED_LAG_SECONDS, i64::try_from(lag.time.as_secs()).unwrap_or(i64::MAX));
        // One that has only begun has no row yet.
        let kept = all.iter().find(|gauges| gauges.source == *source);
        tell(&FOLLOWED_POSITION, kept.map_or(0, |kept| kept.position));
        tell(&FOLLOWED_HELD, kept.map_or(0, |kept| kept.held));
        tell(&FOLLOWED_PARKED, kept.map_or(0, |kept| kept.parked));
        let quarantined = kept.is_some_and(|kept| kept.standing != Standing::Following);
        tell(&FOLLOWED_QUARANTINED, quarantined.into());
    }
    Ok(figures)
}
