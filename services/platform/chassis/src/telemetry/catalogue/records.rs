//! What is kept, and whether it ends when it was promised to.

use super::{Measure, Subject};

/// Records past their date.
pub const RECORDS_DUE: Measure = Measure::gauge(
    "redress_records_due",
    "{record}",
    Subject::Records,
    "Records past the last day of their term and not ordered destroyed, by whether something holds them (yes, no).",
)
.by_services();

/// How long the first of them that nothing holds has been kept too long.
pub const OVER_RETENTION: Measure = Measure::gauge(
    "redress_records_over_retention_days",
    "d",
    Subject::Records,
    "Days since the record that is kept too long the longest could have been destroyed: past its date, and nothing holds it. 0 \
     when there is none.",
)
.by_services();

/// Records that no schedule is known for.
pub const RECORDS_WITHOUT_BASIS: Measure = Measure::gauge(
    "redress_records_without_basis",
    "{record}",
    Subject::Records,
    "Records for which the guidance of their contract gives no term, so that they are kept until somebody agrees one.",
)
.by_services();

/// Records with a hold that nobody has looked at again.
pub const HOLDS_PAST_REVIEW: Measure = Measure::gauge(
    "redress_records_held_past_review",
    "{record}",
    Subject::Records,
    "Records with a hold whose day to look at it again has passed; one for a person where it holds everything about them.",
)
.by_services();

/// Disposals under way.
pub const DISPOSALS_OPEN: Measure = Measure::gauge(
    "redress_disposals_open",
    "{disposal}",
    Subject::Records,
    "Disposals under way, by stage: PROPOSED and APPROVED wait for people, ORDERED for holders, HALTED for somebody to look.",
)
.by_services();

/// How long the first of them has stood where it stands.
pub const DISPOSALS_WAITING: Measure = Measure::gauge(
    "redress_disposals_waiting_days",
    "d",
    Subject::Records,
    "Days since the disposal that has stood in its stage the longest came to it, by stage.",
)
.by_services();

/// Requests of people to be erased that are not answered yet.
pub const ERASURES_OPEN: Measure = Measure::gauge(
    "redress_erasure_requests_open",
    "{request}",
    Subject::Records,
    "Requests to be erased that are not answered, by how near the promised answer is: later, soon (the pack's day to remind has come), \
     late.",
)
.by_services();

/// Anonymised sets that somebody has to judge again.
pub const ANONYMITY_REVIEWS_DUE: Measure = Measure::gauge(
    "redress_anonymity_reviews_due",
    "{record}",
    Subject::Records,
    "Sets of anonymised reports whose day to judge again whether they are anonymous has come.",
)
.by_services();

/// Last days of contracts that do not count yet.
pub const CONTRACT_ENDS_WITHHELD: Measure = Measure::gauge(
    "redress_contract_ends_withheld",
    "{contract}",
    Subject::Records,
    "Contracts that told an earlier last day than the one from which their records are counted, by whether a change of their schedule is \
     under way (yes, no). Nothing ends sooner until two people have agreed.",
)
.by_services();
