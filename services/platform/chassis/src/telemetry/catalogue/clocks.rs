//! The limits that the guidance sets, and what happens when they pass.

use super::{Measure, MetricKind, Subject, Teller};

/// Cases under way.
pub const CASES_OPEN: Measure = Measure::gauge(
    "redress_cases_open",
    "{case}",
    Subject::Clocks,
    "Cases that have a clock to look at, by service and stage.",
)
.by_services();

/// Limits that are coming.
pub const DEADLINES_OPEN: Measure = Measure::gauge(
    "redress_deadlines_open",
    "{deadline}",
    Subject::Clocks,
    "Cases by the clock to look at next: by service, kind of clock, whose time it is (provider, department, person) and how \
     long is left (overdue, today, next_working_day, week, later).",
)
.by_services();

/// Limits that have passed and are still not met.
pub const DEADLINES_OVERDUE: Measure = Measure::gauge(
    "redress_deadlines_overdue",
    "{deadline}",
    Subject::Clocks,
    "Cases whose next clock binds the provider and has passed, by service, kind of clock and tier of the organisation that \
     works the case: 0 is the prime.",
)
.by_services();

/// Limits that were missed.
pub const DEADLINES_BREACHED: Measure = Measure {
    name: "redress_deadlines_breached",
    scraped: "redress_deadlines_breached_total",
    kind: MetricKind::Counter,
    unit: "{deadline}",
    meaning: "Limits on the provider that passed unmet, counted as they are recorded, by service, kind of clock and tier of the \
     organisation that works the case: 0 is the prime.",
    about: Subject::Clocks,
    told_by: Teller::Service,
};

/// Drafts that the department has.
pub const APPROVALS_WAITING: Measure = Measure::gauge(
    "redress_approvals_waiting",
    "{draft}",
    Subject::Clocks,
    "Draft final responses that wait for the department's approval, by service.",
)
.by_services();

/// How far the calendars reach.
pub const CALENDAR_COVERAGE: Measure = Measure::gauge(
    "redress_calendar_coverage_days",
    "d",
    Subject::Clocks,
    "Days until the last day for which bank holidays are known, by division. Beyond it no limit in working days can be counted.",
);
