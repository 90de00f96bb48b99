//! What ICE recommends, until it is carried out (ICE-14, ICE-28). The last one closes the case.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{
    Decided, evidence,
    gateway::{closed, moved},
    guard, record,
};
use crate::{
    PaperRef, ProcedureId, RecommendationId, Refusal,
    examination::{
        Case, CommandKind, Context, Ending, EndingKind, Event, Recommendation, RecommendationKind,
    },
    refusal::field,
};

pub(super) fn assign(
    case: &Case,
    id: RecommendationId,
    owner: &str,
    due_on: Date,
    context: &Context<'_>,
) -> Decided {
    let known = find(case, id)?;
    let mut checks = Checks::default();
    checks.not_before("due_on", due_on, case.file.last_move_on(), "the day of the report");
    checks.require(!owner.is_empty(), "owner", field::REQUIRED, "must name who sees to it");
    checks.done()?;
    guard(case, CommandKind::AssignRecommendation)?;
    if known.completed_on.is_some() {
        return Err(Refusal::AlreadyThere { name: id.name() });
    }
    if known.owner.as_deref() == Some(owner) && known.due_on == Some(due_on) {
        return Ok(Decision::nothing());
    }
    let event = Event::RecommendationAssigned { recommendation: id, owner: owner.to_owned(), due_on };
    let because = Citation::own("ICE-14").with("today", context.today);
    Ok(Decision::one(event, vec![because]))
}

pub(super) fn complete(
    case: &Case,
    id: RecommendationId,
    completed_on: Date,
    papers: &[PaperRef],
    procedure: Option<ProcedureId>,
    context: &Context<'_>,
) -> Decided {
    let known = find(case, id)?;
    let mut checks = Checks::default();
    moved(&mut checks, "completed_on", completed_on, case, context);
    checks.require(!papers.is_empty(), "evidence", field::REQUIRED, "must show that it was carried out");
    evidence::on_file(&mut checks, papers, record(case, context)?);
    if let Some(procedure) = procedure {
        let systemic = known.kind == RecommendationKind::Systemic;
        checks.require(
            systemic,
            "procedure",
            field::NOT_ALLOWED,
            "must be left out of one for a single case",
        );
        let version = context.facts.procedures.contains(&procedure);
        checks.require(version, "procedure", field::NOT_ON_FILE, "must be a procedure of this contract");
    }
    checks.done()?;
    guard(case, CommandKind::CompleteRecommendation)?;
    if known.completed_on.is_some() {
        return Err(Refusal::AlreadyThere { name: id.name() });
    }
    let late = known.due_on.is_some_and(|due_on| completed_on > due_on);
    let mut events = vec![Event::RecommendationCompleted {
        recommendation: id,
        completed_on,
        evidence: papers.to_vec(),
        procedure,
        late,
    }];
    let mut others = case.file.recommendations.iter().filter(|other| other.id != id);
    if others.all(|other| other.completed_on.is_some()) {
        // It closes on the day the last was done, whichever was recorded last.
        let earlier = case.file.recommendations.iter().filter_map(|other| other.completed_on);
        let on = earlier.chain([completed_on]).max().unwrap_or(completed_on);
        events.push(closed(case, Ending { outcome: EndingKind::Investigated, on, ground: None }));
    }
    Ok(Decision { events, because: vec![Citation::own("ICE-14").with("completed_on", completed_on)] })
}

fn find(case: &Case, id: RecommendationId) -> Result<&Recommendation, Refusal> {
    let found = case.file.recommendations.iter().find(|recommendation| recommendation.id == id);
    found.ok_or_else(|| Refusal::NotFound { name: id.name() })
}
