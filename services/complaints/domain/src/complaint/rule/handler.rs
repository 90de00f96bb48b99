//! Names the handler; never one of the people complained about (CMP-27).

use redress_kernel::{Checks, Citation, Decision};

use super::{Decided, guard};
use crate::{
    Refusal,
    complaint::{Case, CommandKind, Context, Event, StageName},
    refusal::field,
};

pub(super) fn decide(case: &Case, handler: &str, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    checks.require(
        !handler.is_empty(),
        "handler",
        field::REQUIRED,
        "must name the person who handles the case",
    );
    checks.done()?;
    guard(case, CommandKind::AssignHandler)?;
    if context.facts.persons_complained_about.iter().any(|person| person == handler) {
        return Err(Refusal::HandlerConflict);
    }
    if case.file.handler.as_deref() == Some(handler) {
        return Ok(Decision::nothing());
    }
    let mut events = vec![Event::HandlerAssigned { handler: handler.to_owned() }];
    if case.stage.name() == StageName::Acknowledged {
        events.push(Event::StageEntered { stage_number: case.file.entry_stage });
    }
    Ok(Decision { events, because: vec![Citation::own("CMP-27")] })
}
