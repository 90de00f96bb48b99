//! Every metric of the suite, with its unit and meaning; the scrape, the dashboards, the alerts and the tests read this list.
//!
//! What is not here is not measured. No label holds what a person wrote or who they are: labels are names of services, rpcs,
//! kinds and states, of which there are few.

mod clocks;
mod journal;
mod process;
mod records;
mod storage;
mod subscription;

use opentelemetry::metrics::{Counter, Meter};

pub use clocks::{
    APPROVALS_WAITING, CALENDAR_COVERAGE, CASES_OPEN, DEADLINES_BREACHED, DEADLINES_OPEN, DEADLINES_OVERDUE,
};
pub(crate) use journal::{
    ANSWERS_LAPSED, CHECKPOINT_AGE, JOURNAL_SIZE, SEQUENCING, UNSEQUENCED, UNSEQUENCED_AGE,
};
pub(crate) use process::{
    CALL_DURATION, CALLS_RUNNING, CONNECTIONS, CONNECTIONS_REFUSED, FIGURES_AGE, READY, STARTED, TASKS,
};
pub use records::{
    ANONYMITY_REVIEWS_DUE, CONTRACT_ENDS_WITHHELD, DISPOSALS_OPEN, DISPOSALS_WAITING, ERASURES_OPEN,
    HOLDS_PAST_REVIEW, OVER_RETENTION, RECORDS_DUE, RECORDS_WITHOUT_BASIS,
};
pub(crate) use storage::{BACKUP_AGE, POOL, SERVICE_FROZEN};
pub use storage::{DOCUMENTS_MISSING, KEYS_MISSING, ORPHANS_REMOVED};
pub(crate) use subscription::{
    FOLLOWED_DELAY, FOLLOWED_HELD, FOLLOWED_LAG, FOLLOWED_LAG_SECONDS, FOLLOWED_PARKED, FOLLOWED_POSITION,
    FOLLOWED_QUARANTINED,
};

/// What kind of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricKind {
    /// Only grows.
    Counter,
    /// Goes up and down.
    Gauge,
    /// A distribution.
    Histogram,
}

impl MetricKind {
    /// The word of the scrape.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// What a metric is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The process and its calls.
    Process,
    /// The database, the keys and the documents.
    Storage,
    /// The journal and the feeds that are followed.
    Journal,
    /// The limits that the guidance sets.
    Clocks,
    /// What is kept, and its end.
    Records,
}

/// Who tells a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teller {
    /// Every process, whatever it serves.
    Process,
    /// The services that have such things.
    Service,
}

/// One metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its name in OpenTelemetry; a scrape shows dots as underscores and adds the unit.
    pub name: &'static str,
    /// Its name in a scrape.
    pub scraped: &'static str,
    /// Its kind.
    pub kind: MetricKind,
    /// Its unit, in UCUM.
    pub unit: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// What it is about.
    pub about: Subject,
    /// Who tells it.
    pub told_by: Teller,
}

impl Measure {
    /// A gauge.
    const fn gauge(name: &'static str, unit: &'static str, about: Subject, meaning: &'static str) -> Self {
        let told_by = Teller::Process;
        Self { name, scraped: name, kind: MetricKind::Gauge, unit, meaning, about, told_by }
    }

    /// The same, told by the services that have such things.
    const fn by_services(self) -> Self {
        Self { told_by: Teller::Service, ..self }
    }

    /// An instrument that plays this counter. It is scraped as 0 once something was added, so add 0 at the start: only a
    /// series that was there before it grew is seen to grow.
    pub fn counter(&self, meter: &Meter) -> Counter<u64> {
        meter.u64_counter(self.name).with_description(self.meaning).build()
    }
}

/// All of them.
pub const CATALOGUE: &[&Measure] = &[
    &CALL_DURATION,
    &CALLS_RUNNING,
    &CONNECTIONS,
    &CONNECTIONS_REFUSED,
    &TASKS,
    &READY,
    &STARTED,
    &FIGURES_AGE,
    &POOL,
    &DOCUMENTS_MISSING,
    &KEYS_MISSING,
    &ORPHANS_REMOVED,
    &BACKUP_AGE,
    &SERVICE_FROZEN,
    &UNSEQUENCED,
    &UNSEQUENCED_AGE,
    &JOURNAL_SIZE,
    &CHECKPOINT_AGE,
    &SEQUENCING,
    &ANSWERS_LAPSED,
    &FOLLOWED_POSITION,
    &FOLLOWED_LAG,
    &FOLLOWED_LAG_SECONDS,
    &FOLLOWED_DELAY,
    &FOLLOWED_HELD,
    &FOLLOWED_PARKED,
    &FOLLOWED_QUARANTINED,
    &CASES_OPEN,
    &DEADLINES_OPEN,
    &DEADLINES_OVERDUE,
    &DEADLINES_BREACHED,
    &APPROVALS_WAITING,
    &CALENDAR_COVERAGE,
    &RECORDS_DUE,
    &OVER_RETENTION,
    &RECORDS_WITHOUT_BASIS,
    &HOLDS_PAST_REVIEW,
    &DISPOSALS_OPEN,
    &DISPOSALS_WAITING,
    &ERASURES_OPEN,
    &ANONYMITY_REVIEWS_DUE,
    &CONTRACT_ENDS_WITHHELD,
];
