//! How the journals of a process are doing, looked at now and then: the numbers need the database.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use opentelemetry::{KeyValue, metrics::Meter};
use redress_journal::{Log, sequencer::Standing};
use redress_kernel::Clock;
use tokio::{sync::watch, time::timeout};

use super::catalogue::{JOURNAL_SIZE, Measure, SEQUENCING, UNSEQUENCED, UNSEQUENCED_AGE};
use crate::tasks::Tasks;

/// How often they are looked at; a scrape in between shows the last look.
const EVERY: Duration = Duration::from_secs(5);

/// One journal and what is known of it.
pub(crate) struct Watched {
    pub(crate) service: &'static str,
    pub(crate) log: Log,
    pub(crate) standing: watch::Receiver<Standing>,
}

#[derive(Default)]
struct Numbers {
    unsequenced: AtomicU64,
    age: AtomicU64,
    size: AtomicU64,
}

/// Watches the journals until the process stops.
pub(crate) fn watch(meter: &Meter, tasks: &Tasks, clock: &Arc<dyn Clock>, journals: Vec<Watched>) {
    let known: Vec<(&'static str, Arc<Numbers>, watch::Receiver<Standing>)> = journals
        .into_iter()
        .map(|journal| {
            let numbers = Arc::new(Numbers::default());
            tasks.start(look(journal.log, numbers.clone(), clock.clone(), tasks.clone()));
            (journal.service, numbers, journal.standing)
        })
        .collect();
    let known: Arc<[_]> = known.into();
    let gauge = |measure: Measure, read: fn(&Numbers) -> &AtomicU64| {
        let known = known.clone();
        meter
            .u64_observable_gauge(measure.name)
            .with_description(measure.meaning)
            .with_callback(move |gauge| {
                for (service, numbers, _) in known.iter() {
                    gauge.observe(
                        read(numbers).load(Ordering::Relaxed),
                        &[KeyValue::new("service", *service)],
                    );
                }
            })
            .build();
    };
    gauge(UNSEQUENCED, |numbers| &numbers.unsequenced);
    gauge(UNSEQUENCED_AGE, |numbers| &numbers.age);
    gauge(JOURNAL_SIZE, |numbers| &numbers.size);
    meter
        .u64_observable_gauge(SEQUENCING.name)
        .with_description(SEQUENCING.meaning)
        .with_callback(move |gauge| {
            for (service, _, standing) in known.iter() {
                let runs = *standing.borrow() == Standing::Running;
                gauge.observe(u64::from(runs), &[KeyValue::new("service", *service)]);
            }
        })
        .build();
}

async fn look(log: Log, numbers: Arc<Numbers>, clock: Arc<dyn Clock>, tasks: Tasks) {
    let stopping = tasks.stopping().clone();
    loop {
        match log.gauges().await {
            Ok(gauges) => {
                let age = gauges
                    .oldest_unsequenced
                    .map_or(0, |oldest| clock.now().as_second() - oldest.as_second());
                numbers.unsequenced.store(unsigned(gauges.unsequenced), Ordering::Relaxed);
                numbers.age.store(unsigned(age), Ordering::Relaxed);
                numbers.size.store(unsigned(gauges.head), Ordering::Relaxed);
            }
            // The pool's own numbers tell that the database is away; these stay as they were.
            Err(error) => tracing::debug!(%error, "the journal could not be looked at"),
        }
        if timeout(EVERY, stopping.cancelled()).await.is_ok() {
            return;
        }
    }
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
