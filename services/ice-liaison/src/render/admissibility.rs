//! The right to go to ICE, as callers see it.

use ice_liaison_domain::admissibility::Admissibility;
use redress_chassis::{wire, wire::Telling};
use redress_proto::ice_liaison::v1 as proto;

use crate::convert;

/// The whole answer.
pub(crate) fn admissibility(found: &Admissibility, telling: Telling) -> proto::Admissibility {
    proto::Admissibility {
        finding: convert::finding(found.finding).into(),
        referred_on: Some(wire::date(found.referred_on)),
        final_response_on: found.final_response_on.map(wire::date),
        window: found.window.as_ref().map(|window| wire::deadline(window, telling)),
        early_access_opens_on: found.early_access_opens_on.map(wire::date),
        no_close_before: found.no_close_before.map(wire::date),
        citations: found.citations.iter().map(wire::citation).collect(),
    }
}
