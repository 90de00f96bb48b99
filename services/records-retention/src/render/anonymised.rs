//! Anonymised sets as callers see them.

use records_retention_domain::{
    Refusal,
    anonymised::{Assessment, Set},
    record::Context,
};
use redress_chassis::wire;
use redress_proto::records_retention::v1 as proto;

use super::disposal::count;
use crate::convert;

/// A set, with the day of the next look at it.
pub(crate) fn set(set: &Set, context: &Context<'_>) -> Result<proto::AnonymisedSet, Refusal> {
    let review_on = set.review_on(context)?.map(wire::date);
    Ok(proto::AnonymisedSet { review_on, ..told(set) })
}

/// A set as the journal has it.
pub(crate) fn told(set: &Set) -> proto::AnonymisedSet {
    proto::AnonymisedSet {
        anonymised_on: Some(wire::date(set.anonymised_on)),
        assessment: Some(assessment(&set.assessment)),
        review_on: None,
        found_wanting: set.found_wanting,
    }
}

/// What was found.
pub(crate) fn assessment(found: &Assessment) -> proto::AnonymityAssessment {
    proto::AnonymityAssessment {
        reports: count(found.reports),
        smallest_group: count(found.smallest_group),
        least_group: count(found.least_group),
        coarseness: convert::coarseness(found.coarseness).into(),
        removed: found.removed.clone(),
        generalised: found.generalised.clone(),
        withheld: found.withheld.clone(),
        digest: found.digest.as_str().to_owned(),
    }
}
