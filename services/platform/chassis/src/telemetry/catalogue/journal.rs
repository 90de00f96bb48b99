//! The journal.

use super::{Measure, MetricKind, Subject, Teller};

/// Entries that wait for their position.
pub(crate) const UNSEQUENCED: Measure = Measure::gauge(
    "redress_journal_unsequenced",
    "{entry}",
    Subject::Journal,
    "Journal entries that were committed and wait for their position, by service.",
);

/// Age of the oldest of them.
pub(crate) const UNSEQUENCED_AGE: Measure = Measure::gauge(
    "redress_journal_unsequenced_age_seconds",
    "s",
    Subject::Journal,
    "Age of the oldest journal entry that waits for its position, by service.",
);

/// Size of the log.
pub(crate) const JOURNAL_SIZE: Measure = Measure::gauge(
    "redress_journal_entries",
    "{entry}",
    Subject::Journal,
    "Journal entries under the newest signed checkpoint, by service.",
);

/// Age of the checkpoint.
pub(crate) const CHECKPOINT_AGE: Measure = Measure::gauge(
    "redress_journal_checkpoint_age_seconds",
    "s",
    Subject::Journal,
    "Time since the newest checkpoint was signed, by service. It grows while nothing happens, and that is well.",
)
.by_services();

/// Whether the log grows.
pub(crate) const SEQUENCING: Measure = Measure::gauge(
    "redress_journal_sequencing",
    "1",
    Subject::Journal,
    "1 while the journal's sequencer runs, 0 when it has stopped and a person must look, by service.",
);

/// Answers whose term is over.
pub(crate) const ANSWERS_LAPSED: Measure = Measure {
    name: "redress_request_answers_lapsed",
    scraped: "redress_request_answers_lapsed_total",
    kind: MetricKind::Counter,
    unit: "{answer}",
    meaning: "Answers to requests that were forgotten because the term for which they are kept was over, by service.",
    about: Subject::Journal,
    told_by: Teller::Process,
};
