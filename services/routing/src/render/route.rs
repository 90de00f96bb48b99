//! Routes, with their duties and dates.

use redress_chassis::{wire, wire::Telling};
use redress_policy::{Division, Rulebook};
use redress_proto::routing::v1 as proto;
use routing_domain::{
    Refusal, Route,
    route::{Due, citations, duties},
};

use crate::convert;

/// A route and what follows from it.
pub(crate) fn route(
    route: &Route,
    division: Division,
    rulebook: &Rulebook,
    telling: Telling,
) -> Result<proto::Route, Refusal> {
    let Rulebook { library, calendars } = rulebook;
    let pack = library.get(&route.pack)?;
    let because = citations(route, pack, library.legislatures(), calendars)?;
    let duties = duties(route, pack, division, calendars)?;
    Ok(proto::Route {
        outcome: convert::outcome(route.outcome).into(),
        opens: convert::optional_outcome(route.opens).into(),
        row: route.row.clone(),
        citations: because.iter().map(wire::citation).collect(),
        duties: duties.iter().map(|due| duty(due, telling)).collect(),
        formal: route.formal,
        standing: convert::standing(route.standing).into(),
        pack: Some(convert::pack(&route.pack)),
        corrected_because: convert::reroute_reason(route.because).into(),
        decided_on: Some(wire::date(route.decided_on)),
    })
}

fn duty(due: &Due, telling: Telling) -> proto::Duty {
    proto::Duty {
        holder: convert::holder(due.holder).into(),
        text: due.text.clone(),
        deadline: due.deadline.as_ref().map(|deadline| wire::deadline(deadline, telling)),
        starts: due.starts.unwrap_or_default().to_owned(),
        citations: vec![wire::citation(&due.citation)],
    }
}
