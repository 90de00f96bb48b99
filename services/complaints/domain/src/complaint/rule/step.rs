//! Records that a step was done: in order, and with a document where the procedure asks for one (CMP-05, A0 7.03).

use jiff::civil::Date;
use redress_kernel::{Checks, Decision, Violation};

use super::{Decided, allowed, guard, refused};
use crate::{
    DocumentId, Refusal,
    complaint::{Case, CommandKind, Context, Event, StepDone, steps},
    refusal::field,
};

pub(super) fn decide(
    case: &Case,
    step: &str,
    done_on: Date,
    evidence: &[DocumentId],
    context: &Context<'_>,
) -> Decided {
    let file = &case.file;
    let mut checks = Checks::default();
    checks.of_case("done_on", done_on, file.received_on, context.today);
    if let Some(reopening) = file.reopenings.last() {
        checks.not_before("done_on", done_on, reopening.requested_on, "the day the examiner asked for it");
    }
    if let Some(previous) = file.done.iter().rfind(|done| done.run == file.run) {
        checks.not_before("done_on", done_on, previous.on, "the day of the step before it");
    }
    let views = steps::of_file(file);
    checks.require(
        views.iter().any(|view| view.step.id == step),
        "step",
        field::UNKNOWN_STEP,
        "must be a step of the pinned procedure that this complaint takes",
    );
    for (at, document) in evidence.iter().enumerate() {
        if !context.facts.documents.contains(document) {
            checks.add(Violation::new(
                format!("evidence[{at}]"),
                field::NOT_ON_FILE,
                "must be a document of this complaint that was scanned and found clean",
            ));
        }
    }
    checks.done()?;
    guard(case, CommandKind::CompleteStep)?;
    if case.stage.work().is_none() {
        return Err(refused(case, CommandKind::CompleteStep, allowed(CommandKind::CompleteStep)));
    }
    let because = context.pack.stated(&context.pack.rules.every_step, "CMP-05");
    let next = steps::open_now(case).into_iter().next();
    let Some(next) = next.filter(|next| next.id == step) else {
        let next = steps::open_now(case).into_iter().next();
        return Err(Refusal::StepOutOfOrder { next, citation: Box::new(because) });
    };
    let needs_evidence = views.iter().any(|view| view.step == next && view.evidence_required);
    if needs_evidence && evidence.is_empty() {
        return Err(Refusal::EvidenceRequired { step: next });
    }
    let done = StepDone {
        step: next,
        run: file.run,
        on: done_on,
        by: context.actor.clone(),
        evidence: evidence.to_vec(),
    };
    Ok(Decision::one(Event::StepCompleted(done), vec![because]))
}
