//! Every metric of the chassis, with its unit and meaning; the documentation and the tests read this list.

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
}

/// Time a call took, by method and status.
pub(super) const CALL_DURATION: Measure = Measure {
    name: "rpc.server.call.duration",
    scraped: "rpc_server_call_duration_seconds",
    kind: MetricKind::Histogram,
    unit: "s",
    meaning: "Time from the arrival of a call to the end of its answer, by rpc and status.",
};
/// Calls that run.
pub(super) const CALLS_RUNNING: Measure = Measure {
    name: "redress_calls_running",
    scraped: "redress_calls_running",
    kind: MetricKind::Gauge,
    unit: "{call}",
    meaning: "Calls that are being answered.",
};
/// Connections that are open.
pub(super) const CONNECTIONS: Measure = Measure {
    name: "redress_connections_open",
    scraped: "redress_connections_open",
    kind: MetricKind::Gauge,
    unit: "{connection}",
    meaning: "Connections that are open.",
};
/// Connections that were turned away or cut.
pub(super) const CONNECTIONS_REFUSED: Measure = Measure {
    name: "redress_connections_refused",
    scraped: "redress_connections_refused_total",
    kind: MetricKind::Counter,
    unit: "{connection}",
    meaning: "Connections that were turned away or cut, by reason: total, address, silent.",
};
/// Pool connections in use.
pub(super) const POOL: Measure = Measure {
    name: "redress_database_connections",
    scraped: "redress_database_connections",
    kind: MetricKind::Gauge,
    unit: "{connection}",
    meaning: "Connections to the database, by service, pool and state: in_use, idle, most.",
};
/// Tasks that run.
pub(super) const TASKS: Measure = Measure {
    name: "redress_tasks_running",
    scraped: "redress_tasks_running",
    kind: MetricKind::Gauge,
    unit: "{task}",
    meaning: "Tasks that the process waits for before it ends.",
};
/// Entries that wait for their position.
pub(super) const UNSEQUENCED: Measure = Measure {
    name: "redress_journal_unsequenced",
    scraped: "redress_journal_unsequenced",
    kind: MetricKind::Gauge,
    unit: "{entry}",
    meaning: "Journal entries that were committed and wait for their position, by service.",
};
/// Age of the oldest of them.
pub(super) const UNSEQUENCED_AGE: Measure = Measure {
    name: "redress_journal_unsequenced_age_seconds",
    scraped: "redress_journal_unsequenced_age_seconds",
    kind: MetricKind::Gauge,
    unit: "s",
    meaning: "Age of the oldest journal entry that waits for its position, by service.",
};
/// Size of the log.
pub(super) const JOURNAL_SIZE: Measure = Measure {
    name: "redress_journal_entries",
    scraped: "redress_journal_entries",
    kind: MetricKind::Gauge,
    unit: "{entry}",
    meaning: "Journal entries under the newest signed checkpoint, by service.",
};
/// Whether the log grows.
pub(super) const SEQUENCING: Measure = Measure {
    name: "redress_journal_sequencing",
    scraped: "redress_journal_sequencing",
    kind: MetricKind::Gauge,
    unit: "1",
    meaning: "1 while the journal's sequencer runs, 0 when it has stopped and a person must look, by service.",
};
/// Whether the process is ready.
pub(super) const READY: Measure = Measure {
    name: "redress_ready",
    scraped: "redress_ready",
    kind: MetricKind::Gauge,
    unit: "1",
    meaning: "1 while the process takes calls, 0 otherwise.",
};

/// All of them.
pub const CATALOGUE: [Measure; 11] = [
    CALL_DURATION,
    CALLS_RUNNING,
    CONNECTIONS,
    CONNECTIONS_REFUSED,
    POOL,
    TASKS,
    UNSEQUENCED,
    UNSEQUENCED_AGE,
    JOURNAL_SIZE,
    SEQUENCING,
    READY,
];
