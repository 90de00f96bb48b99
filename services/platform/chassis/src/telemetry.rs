//! How a process is watched: log lines, spans, metrics. None of them carries personal data.

pub(crate) mod backup;
pub(crate) mod calendars;
mod catalogue;
mod due;
pub(crate) mod figures;
mod history;
mod instruments;
pub(crate) mod journal;
mod logs;
mod metrics;
mod reading;
mod sampling;
pub(crate) mod subscription;

pub use catalogue::{
    ANONYMITY_REVIEWS_DUE, APPROVALS_WAITING, CALENDAR_COVERAGE, CASES_OPEN, CATALOGUE,
    CONTRACT_ENDS_WITHHELD, DEADLINES_BREACHED, DEADLINES_OPEN, DEADLINES_OVERDUE, DISPOSALS_OPEN,
    DISPOSALS_WAITING, DOCUMENTS_MISSING, ERASURES_OPEN, HOLDS_PAST_REVIEW, KEYS_MISSING, Measure,
    MetricKind, ORPHANS_REMOVED, OVER_RETENTION, RECORDS_DUE, RECORDS_WITHOUT_BASIS, Subject, Teller,
};
pub use due::{Breaches, Limits, Whose};
pub use figures::{Figure, Looked};
pub use logs::Logs;
pub use metrics::Metrics;

pub(crate) use catalogue::{
    ANSWERS_LAPSED, CALL_DURATION, CHECKPOINT_AGE, FIGURES_AGE, JOURNAL_SIZE, POOL, SEQUENCING,
    SERVICE_FROZEN, STARTED, UNSEQUENCED, UNSEQUENCED_AGE,
};
pub(crate) use figures::{Look, Source};
pub(crate) use history::{History, Sample};
pub(crate) use instruments::Instruments;
pub(crate) use reading::{Calls, Reading, Spread};
