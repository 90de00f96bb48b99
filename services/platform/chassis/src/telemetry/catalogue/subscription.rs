//! The journals of other services that are followed.

use super::{Measure, MetricKind, Subject, Teller};

/// How far a source was acted on.
pub(crate) const FOLLOWED_POSITION: Measure = Measure::gauge(
    "redress_subscription_position",
    "{entry}",
    Subject::Journal,
    "Position up to which another service's journal was acted on, by service and source.",
)
.by_services();

/// How much of a source was not looked at.
pub(crate) const FOLLOWED_LAG: Measure = Measure::gauge(
    "redress_subscription_lag_entries",
    "{entry}",
    Subject::Journal,
    "Entries of the source that were not looked at yet, as far as is known, by service and source.",
)
.by_services();

/// For how long a source was not reached.
pub(crate) const FOLLOWED_LAG_SECONDS: Measure = Measure::gauge(
    "redress_subscription_lag_seconds",
    "s",
    Subject::Journal,
    "Time since the subscription was last known to be level with its source, by service and source. It grows while the source \
     cannot be reached.",
)
.by_services();

/// How long effects take.
pub(crate) const FOLLOWED_DELAY: Measure = Measure {
    name: "redress.subscription.delay",
    scraped: "redress_subscription_delay_seconds",
    kind: MetricKind::Histogram,
    unit: "s",
    meaning: "Time from the record of an entry to its effect here, by service and source.",
    about: Subject::Journal,
    told_by: Teller::Service,
};

/// Entries that wait.
pub(crate) const FOLLOWED_HELD: Measure = Measure::gauge(
    "redress_subscription_held",
    "{entry}",
    Subject::Journal,
    "Entries that wait for another attempt or behind another entry, by service and source.",
)
.by_services();

/// Entries that wait for a person.
pub(crate) const FOLLOWED_PARKED: Measure = Measure::gauge(
    "redress_subscription_parked",
    "{entry}",
    Subject::Journal,
    "Entries that were tried too often and wait for a person, by service and source.",
)
.by_services();

/// Whether a source is trusted.
pub(crate) const FOLLOWED_QUARANTINED: Measure = Measure::gauge(
    "redress_subscription_quarantined",
    "1",
    Subject::Journal,
    "1 while the source is quarantined because its past has changed, 0 otherwise, by service and source.",
)
.by_services();
