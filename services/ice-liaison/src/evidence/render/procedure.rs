//! The procedure as it stood.

use redress_bag::case::{Fact, Procedure, Stage};
use redress_chassis::wire;
use redress_kernel::london_date;
use redress_proto::complaints::v1::{self as proto, Limit};

use super::{as_of, day, word};
use crate::evidence::Papers;

pub(super) fn procedure(papers: &Papers, procedure: &proto::Procedure) -> Procedure {
    let mut facts = vec![Fact::new("Version", procedure.version.to_string())];
    facts.extend(day(procedure.effective_on.as_ref()).map(|on| Fact::new("In force from", on)));
    facts.extend(
        procedure
            .acknowledgement_limit
            .as_ref()
            .map(|within| Fact::new("Acknowledgement within", limit(*within))),
    );
    // Reviews of later days are no part of what stood then.
    let until = as_of(papers).ok().map(london_date);
    for review in &procedure.reviews {
        let on = review.reviewed_on.as_ref().and_then(wire::read_date);
        if let (Some(on), Some(until)) = (on, until)
            && on <= until
        {
            facts.push(Fact::new(
                "Reviewed",
                format!("{}, against {}", super::words(on), review.documents.join(", ")),
            ));
        }
    }
    Procedure {
        id: procedure.name.clone(),
        title: procedure.title.clone(),
        facts,
        stages: procedure.stages.iter().map(stage).collect(),
    }
}

fn stage(stage: &proto::ProcedureStage) -> Stage {
    let limits = [
        ("response within", &stage.response_limit),
        ("may be taken further within", &stage.escalation_limit),
    ];
    let mut limits: Vec<Fact> =
        limits.into_iter().filter_map(|(label, within)| Some(Fact::new(label, limit((*within)?)))).collect();
    if stage.silence_closes {
        limits.push(Fact::new("silence", "closes the complaint"));
    }
    let step = |step: &proto::ProcedureStep| {
        if step.evidence_required { format!("{} (with evidence)", step.title) } else { step.title.clone() }
    };
    Stage { title: stage.title.clone(), limits, steps: stage.steps.iter().map(step).collect() }
}

fn limit(limit: Limit) -> String {
    let unit = word::value(limit.unit().as_str_name(), "TIME_UNIT_").unwrap_or_default();
    format!("{} {unit}", limit.amount)
}
