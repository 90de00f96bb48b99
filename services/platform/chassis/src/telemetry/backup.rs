//! How old the newest backup of each service is, and whether the service may be called.

use std::{sync::Arc, time::Duration};

use futures::FutureExt as _;
use opentelemetry::{KeyValue, metrics::Meter};
use redress_backup::taken;
use redress_kernel::Clock;
use redress_store::Db;

use super::{
    catalogue::{BACKUP_AGE, Measure, SERVICE_FROZEN},
    figures::{Figure, Looked, Source},
};
use crate::gate::Gate;

/// How often it is looked at.
const EVERY: Duration = Duration::from_mins(1);

const MEASURES: &[&Measure] = &[&BACKUP_AGE];

/// The figure of one service.
pub(crate) fn source(service: &'static str, database: Db, clock: Arc<dyn Clock>) -> Source {
    let look = move || look(database.clone(), clock.clone()).boxed();
    Source { service, about: "backup", measures: MEASURES, every: EVERY, look: Arc::new(look) }
}

async fn look(database: Db, clock: Arc<dyn Clock>) -> Looked {
    let since = taken::unprotected_since(&mut database.read().await?).await?;
    let age = since.map_or(0, |since| (clock.now().as_second() - since.as_second()).max(0));
    Ok(vec![Figure::new(&BACKUP_AGE, age)])
}

/// Tells whether each service may be called.
pub(crate) fn tell_gates(meter: &Meter, gates: Vec<(&'static str, Gate)>) {
    meter
        .u64_observable_gauge(SERVICE_FROZEN.name)
        .with_description(SERVICE_FROZEN.meaning)
        .with_callback(move |gauge| {
            for (service, gate) in &gates {
                gauge.observe(u64::from(!gate.is_open()), &[KeyValue::new("service", *service)]);
            }
        })
        .build();
}
