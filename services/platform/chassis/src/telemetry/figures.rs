//! Numbers that need a database, looked up now and then; a scrape in between shows the last look.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use futures::future::{BoxFuture, join_all};
use jiff::Timestamp;
use opentelemetry::{KeyValue, metrics::Meter};
use redress_kernel::Clock;
use tokio::time::timeout;

use super::catalogue::{FIGURES_AGE, Measure};
use crate::{BuildFailure, tasks::Tasks};

/// One number of one metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    measure: &'static str,
    labels: Vec<KeyValue>,
    value: f64,
}

impl Figure {
    /// A number that `measure` says.
    #[expect(clippy::cast_precision_loss, reason = "nobody has as many of anything as a float cannot count")]
    pub const fn new(measure: &Measure, value: i64) -> Self {
        Self { measure: measure.name, labels: Vec::new(), value: value as f64 }
    }

    /// Under a label. Its values are words of a few: never a name, an id or what someone wrote.
    #[must_use]
    pub fn with(mut self, label: &'static str, value: impl Into<String>) -> Self {
        self.labels.push(KeyValue::new(label, value.into()));
        self
    }
}

/// What one look brings.
pub type Looked = Result<Vec<Figure>, BuildFailure>;

/// Looks some figures up.
pub(crate) type Look = Arc<dyn Fn() -> BoxFuture<'static, Looked> + Send + Sync>;

/// Figures of one service about one thing.
pub(crate) struct Source {
    pub(crate) service: &'static str,
    pub(crate) about: &'static str,
    /// The gauges they belong to.
    pub(crate) measures: &'static [&'static Measure],
    /// How often they are looked up.
    pub(crate) every: Duration,
    pub(crate) look: Look,
}

#[derive(Default)]
struct Last {
    figures: Vec<Figure>,
    at: Option<Timestamp>,
}

type Known = Arc<RwLock<BTreeMap<(&'static str, &'static str), Last>>>;

/// Looks everything up once, so that the first scrape is whole, and goes on until the process stops.
pub(crate) async fn watch(meter: &Meter, tasks: &Tasks, clock: &Arc<dyn Clock>, sources: Vec<Source>) {
    let known = Known::default();
    join_all(sources.iter().map(|source| look(source, &known, clock.as_ref()))).await;
    tell(meter, &known, clock, sources.iter().flat_map(|source| source.measures.iter().copied()));
    for source in sources {
        let (known, clock, stopping) = (known.clone(), clock.clone(), tasks.stopping().clone());
        tasks.start(async move {
            while timeout(source.every, stopping.cancelled()).await.is_err() {
                look(&source, &known, clock.as_ref()).await;
            }
        });
    }
}

async fn look(source: &Source, known: &Known, clock: &dyn Clock) {
    let at = clock.now();
    match (source.look)().await {
        Ok(figures) => {
            let last = Last { figures, at: Some(at) };
            let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
            known.insert((source.service, source.about), last);
        }
        // What was known stays, and its age tells that it is the past.
        Err(error) => {
            tracing::warn!(
                service = source.service,
                about = source.about,
                error,
                "figures could not be looked up"
            );
            let mut known = known.write().unwrap_or_else(PoisonError::into_inner);
            known.entry((source.service, source.about)).or_default();
        }
    }
}

fn tell(
    meter: &Meter,
    known: &Known,
    clock: &Arc<dyn Clock>,
    measures: impl Iterator<Item = &'static Measure>,
) {
    // Several services of one process tell the same metric.
    let measures: BTreeMap<&str, &Measure> = measures.map(|measure| (measure.name, measure)).collect();
    for measure in measures.into_values() {
        let known = known.clone();
        meter
            .f64_observable_gauge(measure.name)
            .with_description(measure.meaning)
            .with_callback(move |gauge| {
                for ((service, _), last) in known.read().unwrap_or_else(PoisonError::into_inner).iter() {
                    for figure in last.figures.iter().filter(|figure| figure.measure == measure.name) {
                        let mut labels = vec![KeyValue::new("service", *service)];
                        labels.extend(figure.labels.iter().cloned());
                        gauge.observe(figure.value, &labels);
                    }
                }
            })
            .build();
    }
    let (known, clock) = (known.clone(), clock.clone());
    meter
        .i64_observable_gauge(FIGURES_AGE.name)
        .with_description(FIGURES_AGE.meaning)
        .with_callback(move |gauge| {
            for ((service, about), last) in known.read().unwrap_or_else(PoisonError::into_inner).iter() {
                // One that never came has no age; a very great one makes the alert speak.
                let age = last.at.map_or(i64::from(i32::MAX), |at| clock.now().as_second() - at.as_second());
                gauge.observe(age, &[KeyValue::new("service", *service), KeyValue::new("about", *about)]);
            }
        })
        .build();
}
