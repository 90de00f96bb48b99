//! ICE's report (ICE-09, ICE-27), with what it recommends (ICE-14) and whether it costs anything (ICE-10).

use std::collections::BTreeSet;

use redress_kernel::{Checks, Citation, Decision, Violation};

use super::{Decided, gateway::moved, guard};
use crate::{
    charge,
    examination::{Case, CommandKind, Context, Element, Event, NewReport, Outcome, Recommendation, Report},
    refusal::field,
};

pub(super) fn issue(case: &Case, new: &NewReport, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    moved(&mut checks, "report.decided_on", new.decided_on, case, context);
    elements(&mut checks, new);
    for (at, recommendation) in new.recommendations.iter().enumerate() {
        if let Some(due_on) = recommendation.due_on {
            let field = format!("recommendations[{at}].due_on");
            checks.not_before(&field, due_on, new.decided_on, "the day of the decision");
        }
    }
    checks.done()?;
    guard(case, CommandKind::IssueReport)?;
    let standing = charge::standing(new.outcome, context.pack);
    let mut events = vec![Event::ReportIssued(Report {
        decided_on: new.decided_on,
        outcome: new.outcome,
        elements: new.elements.clone(),
        digest: new.digest.clone(),
        charge: standing,
    })];
    events.extend(new.recommendations.iter().map(|recommendation| {
        Event::RecommendationMade(Recommendation {
            id: recommendation.id,
            kind: recommendation.kind,
            owner: recommendation.owner.clone(),
            due_on: recommendation.due_on,
            completed_on: None,
            evidence: Vec::new(),
            procedure: None,
        })
    }));
    let because = vec![
        Citation::own("ICE-27").with("outcome", new.outcome.as_str()),
        context.pack.stated(&context.pack.rules.ice_charge, "ICE-10").with("charge", standing.as_str()),
    ];
    Ok(Decision { events, because })
}

/// The outcome as a whole is what its elements make it, and what is upheld in part says which part (I31).
fn elements(checks: &mut Checks, new: &NewReport) {
    let mut numbers = BTreeSet::new();
    for (at, element) in new.elements.iter().enumerate() {
        if !numbers.insert(element.number) {
            let field = format!("report.elements[{at}].number");
            checks.add(Violation::new(field, field::DUPLICATE, "must number each element once"));
        }
    }
    let partial = new.outcome == Outcome::PartiallyUpheld;
    checks.require(
        !partial || !new.elements.is_empty(),
        "report.elements",
        field::REQUIRED,
        "must say which elements were upheld",
    );
    if let Some(whole) = whole(&new.elements) {
        let description = "must be what the elements make it";
        checks.require(whole == new.outcome, "report.outcome", field::OUTCOME_MISMATCH, description);
    }
}

/// What the elements make together; none where there are none.
fn whole(elements: &[Element]) -> Option<Outcome> {
    let all = |outcome| elements.iter().all(|element| element.outcome == outcome);
    match elements {
        [] => None,
        [..] if all(Outcome::Upheld) => Some(Outcome::Upheld),
        [..] if all(Outcome::NotUpheld) => Some(Outcome::NotUpheld),
        [..] => Some(Outcome::PartiallyUpheld),
    }
}
