//! What a procedure must look like, and that it loosens nothing.

use redress_kernel::{Checks, Violation};
use redress_policy::{
    Overlay,
    overlay::{self, Breach},
};

use super::{Context, MOST_STAGES, MOST_STEPS};
use crate::{Refusal, complaint::ProcedureSnapshot, refusal::field};

/// Its own shape: stages, steps, and a name for each step that no other has.
pub(super) fn shape(body: &ProcedureSnapshot, checks: &mut Checks) {
    checks.require(
        !body.stages.is_empty(),
        "procedure.stages",
        field::REQUIRED,
        "must have at least one stage",
    );
    checks.require(
        body.stages.len() <= MOST_STAGES,
        "procedure.stages",
        field::TOO_MANY,
        "must have at most five stages",
    );
    let mut seen: Vec<&str> = Vec::new();
    for (at, stage) in body.stages.iter().enumerate() {
        let steps = format!("procedure.stages[{at}].steps");
        checks.require(!stage.steps.is_empty(), &steps, field::REQUIRED, "must have at least one step");
        checks.require(
            stage.steps.len() <= MOST_STEPS,
            &steps,
            field::TOO_MANY,
            "must have at most twenty steps",
        );
        for (number, step) in stage.steps.iter().enumerate() {
            if seen.contains(&step.id.as_str()) {
                let path = format!("{steps}[{number}].id");
                checks.add(Violation::new(
                    path,
                    field::DUPLICATE,
                    "must name each step of the procedure once",
                ));
            }
            seen.push(&step.id);
        }
        if stage.silence_closes && stage.escalation_limit.is_none() {
            checks.add(Violation::new(
                format!("procedure.stages[{at}].escalation_limit"),
                field::REQUIRED,
                "must be stated where silence closes the complaint: silence has no end otherwise",
            ));
        }
    }
}

/// Tighter than the pack, and than the prime's procedure where there is one; every place where it is not, at once.
pub(super) fn tightens(body: &ProcedureSnapshot, context: &Context<'_>) -> Result<(), Refusal> {
    let own = overlay(body);
    let checked = match context.upper {
        Some(upper) => overlay::validate_under(context.pack, &overlay(upper), &own),
        None => overlay::validate_overlay(context.pack, &own),
    };
    checked
        .map_err(|breaches| Refusal::ProcedureLoosens { breaches: breaches.into_iter().map(named).collect() })
}

fn overlay(body: &ProcedureSnapshot) -> Overlay {
    let stages = body.stages.iter();
    Overlay {
        acknowledge_within: body.acknowledgement_limit,
        stages: stages
            .map(|stage| overlay::Stage {
                respond_within: stage.response_limit,
                escalate_within: stage.escalation_limit,
            })
            .collect(),
        ..Overlay::default()
    }
}

/// The breach by the name that the field has in a request.
fn named(breach: Breach) -> Breach {
    let Breach { violation, citation } = breach;
    let field = violation
        .field
        .replace("acknowledge_within", "acknowledgement_limit")
        .replace("respond_within", "response_limit")
        .replace("escalate_within", "escalation_limit");
    Breach { violation: Violation { field: format!("procedure.{field}"), ..violation }, citation }
}
