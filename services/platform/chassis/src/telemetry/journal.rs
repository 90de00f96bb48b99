//! How the journals of a process are doing.

use std::{sync::Arc, time::Duration};

use futures::FutureExt as _;
use opentelemetry::{KeyValue, metrics::Meter};
use redress_journal::{Log, sequencer::Standing};
use redress_kernel::Clock;
use tokio::sync::watch;

use super::{
    catalogue::{CHECKPOINT_AGE, JOURNAL_SIZE, Measure, SEQUENCING, UNSEQUENCED, UNSEQUENCED_AGE},
    figures::{Figure, Looked, Source},
};

/// How often they are looked at.
const EVERY: Duration = Duration::from_secs(5);

const MEASURES: &[&Measure] = &[&UNSEQUENCED, &UNSEQUENCED_AGE, &JOURNAL_SIZE, &CHECKPOINT_AGE];

/// The figures of one journal.
pub(crate) fn source(service: &'static str, log: Log, clock: Arc<dyn Clock>) -> Source {
    let look = move || look(log.clone(), clock.clone()).boxed();
    Source { service, about: "journal", measures: MEASURES, every: EVERY, look: Arc::new(look) }
}

async fn look(log: Log, clock: Arc<dyn Clock>) -> Looked {
    let gauges = log.gauges().await?;
    let since = |instant: jiff::Timestamp| (clock.now().as_second() - instant.as_second()).max(0);
    let mut figures = vec![
        Figure::new(&UNSEQUENCED, gauges.unsequenced),
        Figure::new(&UNSEQUENCED_AGE, gauges.oldest_unsequenced.map_or(0, since)),
        Figure::new(&JOURNAL_SIZE, gauges.head),
    ];
    // A log without entries has no checkpoint.
    figures.extend(gauges.head_signed_at.map(|signed_at| Figure::new(&CHECKPOINT_AGE, since(signed_at))));
    Ok(figures)
}

/// Tells whether each sequencer runs, from what it says of itself.
pub(crate) fn tell_standing(meter: &Meter, standings: Vec<(&'static str, watch::Receiver<Standing>)>) {
    meter
        .u64_observable_gauge(SEQUENCING.name)
        .with_description(SEQUENCING.meaning)
        .with_callback(move |gauge| {
            for (service, standing) in &standings {
                let runs = *standing.borrow() == Standing::Running;
                gauge.observe(u64::from(runs), &[KeyValue::new("service", *service)]);
            }
        })
        .build();
}
