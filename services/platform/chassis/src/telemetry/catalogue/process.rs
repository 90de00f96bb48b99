//! The process and its calls.

use super::{Measure, MetricKind, Subject, Teller};

/// Time a call took, by method and status.
pub(crate) const CALL_DURATION: Measure = Measure {
    name: "rpc.server.call.duration",
    scraped: "rpc_server_call_duration_seconds",
    kind: MetricKind::Histogram,
    unit: "s",
    meaning: "Time from the arrival of a call to the end of its answer, by rpc and status.",
    about: Subject::Process,
    told_by: Teller::Process,
};

/// Calls that run.
pub(crate) const CALLS_RUNNING: Measure =
    Measure::gauge("redress_calls_running", "{call}", Subject::Process, "Calls that are being answered.");

/// Connections that are open.
pub(crate) const CONNECTIONS: Measure = Measure::gauge(
    "redress_connections_open",
    "{connection}",
    Subject::Process,
    "Connections that are open.",
);

/// Connections that were turned away or cut.
pub(crate) const CONNECTIONS_REFUSED: Measure = Measure {
    name: "redress_connections_refused",
    scraped: "redress_connections_refused_total",
    kind: MetricKind::Counter,
    unit: "{connection}",
    meaning: "Connections that were turned away or cut, by reason: total, address, silent.",
    about: Subject::Process,
    told_by: Teller::Process,
};

/// Tasks that run.
pub(crate) const TASKS: Measure = Measure::gauge(
    "redress_tasks_running",
    "{task}",
    Subject::Process,
    "Tasks that the process waits for before it ends.",
);

/// Whether the process is ready.
pub(crate) const READY: Measure =
    Measure::gauge("redress_ready", "1", Subject::Process, "1 while the process takes calls, 0 otherwise.");

/// When the process started.
pub(crate) const STARTED: Measure = Measure::gauge(
    "redress_started_timestamp_seconds",
    "s",
    Subject::Process,
    "When the process began to take calls, in seconds of Unix time, by version.",
);

/// Age of the figures that are looked up.
pub(crate) const FIGURES_AGE: Measure = Measure::gauge(
    "redress_figures_age_seconds",
    "s",
    Subject::Process,
    "Age of the figures that are looked up in a database now and then, by service and what they are about. When it grows, \
     what is shown of them is the past.",
);
