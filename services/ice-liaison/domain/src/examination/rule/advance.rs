//! ICE's own sequence: resolution, evidence, investigator and settlement, investigation (ICE-06 to ICE-09, A0 7.05, J0 7.05).
//! A stage is left out only where ICE gives its reason (I8); it is ICE's to leave out, and the provider's to know why.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{Decided, gateway::moved, guard, refused};
use crate::examination::{Case, Context, Event, Move, StageName};

pub(super) fn decide(case: &Case, to: Move, on: Date, reasoned: bool, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    moved(&mut checks, "on", on, case, context);
    checks.done()?;
    guard(case, to.kind())?;
    let (usual, stage) = usual(to);
    let out_of_order = case.stage.name() != usual;
    if out_of_order && !reasoned {
        return Err(refused(case, to.kind(), &[usual]));
    }
    let event = Event::ExaminationAdvanced { stage, on, out_of_order };
    Ok(Decision::one(event, vec![because(to, context).with("on", on)]))
}

/// The stage that a move usually starts from, and the one it leads to.
const fn usual(to: Move) -> (StageName, StageName) {
    match to {
        Move::BeginResolution => (StageName::Accepted, StageName::Resolution),
        Move::RequestEvidence => (StageName::Resolution, StageName::EvidenceRequested),
        Move::Allocate => (StageName::AwaitingInvestigator, StageName::Settlement),
        Move::BeginInvestigation => (StageName::Settlement, StageName::Investigation),
    }
}

fn because(to: Move, context: &Context<'_>) -> Citation {
    let rules = &context.pack.rules;
    match to {
        Move::BeginResolution => Citation::own("ICE-06"),
        Move::RequestEvidence => context.pack.stated(&rules.evidence_on_request, "ICE-07"),
        Move::Allocate => Citation::own("ICE-08"),
        Move::BeginInvestigation => Citation::own("ICE-09"),
    }
}
