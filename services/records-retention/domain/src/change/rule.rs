//! What becomes of each command in each stage.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};
use redress_policy::{Calendars, ClockKind, Computed, Pack, deadline};

use super::{Amendment, Approval, Command, Context, Event, Obstacle, Proposal, State, cooling, shortens};
use crate::{
    Digest, Refusal,
    independence::{apart, independent},
    refusal::{Conflict, conflict, field},
};

pub(super) fn decide(
    state: &State,
    command: &Command,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    match (state, command) {
        (State::Unproposed, Command::Make(proposal)) => make(proposal, context),
        (State::Unproposed, Command::Propose(proposal)) => propose(proposal, context),
        (
            State::Unproposed,
            Command::Approve { .. } | Command::Withdraw | Command::Lapse | Command::Apply,
        ) => Err(Refusal::NotFound { name: "scheduleChanges".to_owned() }),
        (State::Proposed(proposal), Command::Approve { digest }) => approve(proposal, digest, context),
        // The same person over the same digest, again: the same answer, and it counts once.
        (State::Approved { proposal, approval }, Command::Approve { digest })
            if approval.by == *context.actor && *digest == proposal.digest =>
        {
            Ok(Decision::nothing())
        }
        (State::Proposed(proposal) | State::Approved { proposal, .. }, Command::Withdraw) => {
            Ok(withdraw(proposal, context))
        }
        (State::Proposed(proposal), Command::Lapse) => Ok(lapse(proposal, context)),
        (State::Approved { proposal, approval }, Command::Apply) => apply(proposal, approval, context),
        // What time brings too late, or twice, changes nothing.
        (State::Approved { .. } | State::Applied { .. } | State::Void { .. }, Command::Lapse)
        | (State::Proposed(_) | State::Applied { .. } | State::Void { .. }, Command::Apply) => {
            Ok(Decision::nothing())
        }
        (
            State::Proposed(_) | State::Approved { .. } | State::Applied { .. } | State::Void { .. },
            Command::Make(_) | Command::Propose(_),
        ) => Err(Refusal::AlreadyThere { name: name(state) }),
        (State::Approved { .. } | State::Applied { .. } | State::Void { .. }, Command::Approve { .. }) => {
            Err(refused(state, command, &["PROPOSED"]))
        }
        (State::Applied { .. } | State::Void { .. }, Command::Withdraw) => {
            Err(refused(state, command, &["PROPOSED", "APPROVED"]))
        }
    }
}

pub(super) fn evolve(state: State, event: &Event) -> State {
    match (state, event) {
        (State::Unproposed, Event::ScheduleChangeMade(proposal)) => {
            let applied_on = proposal.proposed_on;
            State::Applied { proposal: proposal.clone(), approval: None, applied_on }
        }
        (State::Unproposed, Event::ScheduleChangeProposed(proposal)) => State::Proposed(proposal.clone()),
        (State::Proposed(proposal), Event::ScheduleChangeApproved { approval, .. }) => {
            State::Approved { proposal, approval: approval.clone() }
        }
        (State::Approved { proposal, approval }, Event::ScheduleChangeApplied { on }) => {
            State::Applied { proposal, approval: Some(approval), applied_on: *on }
        }
        (State::Proposed(proposal), Event::ScheduleChangeVoided { obstacle, .. }) => {
            State::Void { proposal, approval: None, obstacle: *obstacle }
        }
        (State::Approved { proposal, approval }, Event::ScheduleChangeVoided { obstacle, .. }) => {
            State::Void { proposal, approval: Some(approval), obstacle: *obstacle }
        }
        // What no rule would have produced changes nothing.
        (state, _) => state,
    }
}

/// Reliability D4: one person makes what has nothing end sooner; for the rest there is no way around a second.
fn make(proposal: &Proposal, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    asked(proposal, context)?;
    if would_shorten(context)? {
        return Err(Refusal::ApprovalRequired { contract: proposal.contract });
    }
    Ok(Decision::one(Event::ScheduleChangeMade(Box::new(proposal.clone())), vec![because(proposal)]))
}

fn propose(proposal: &Proposal, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    asked(proposal, context)?;
    let mut checks = Checks::default();
    checks.require(
        would_shorten(context)?,
        "schedule_change",
        field::NOT_ALLOWED,
        "must have something end sooner: what does not is made at once",
    );
    checks.done()?;
    Ok(Decision::one(Event::ScheduleChangeProposed(Box::new(proposal.clone())), vec![because(proposal)]))
}

fn approve(proposal: &Proposal, digest: &Digest, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    controls(proposal, context)?;
    let change = proposal.id;
    independent(change.into(), &proposal.proposed_by, context.actor, context.by_delegate)?;
    if context.today > proposal.approve_until {
        let approve_until = proposal.approve_until;
        return Err(Refusal::ApprovalExpired { subject: change.into(), approve_until });
    }
    if *digest != proposal.digest {
        return Err(Refusal::ApprovalDigestMismatch { subject: change.into() });
    }
    // What was read is no longer what there is: another change was made, or the contract told another last day.
    if *context.found != proposal.digest {
        return Err(Refusal::ScheduleMoved { subject: change.into() });
    }
    let cooling = cooling(context.pack, context.calendars, context.today)?;
    let approval = Approval { by: context.actor.clone(), on: context.today, cooling_until: cooling.due_on };
    let event = Event::ScheduleChangeApproved { digest: digest.clone(), approval };
    Ok(Decision::one(event, vec![cooling.citation]))
}

/// One person is enough to stop it, whoever it is that sees it.
fn withdraw(proposal: &Proposal, context: &Context<'_>) -> Decision<Event> {
    let own = proposal.proposed_by.subject == context.actor.subject;
    let obstacle = if own { Obstacle::Withdrawn } else { Obstacle::Objected };
    voided(obstacle, Some(context.actor.clone()), context)
}

fn lapse(proposal: &Proposal, context: &Context<'_>) -> Decision<Event> {
    if context.today <= proposal.approve_until {
        return Decision::nothing();
    }
    voided(Obstacle::Lapsed, None, context)
}

/// After the last day of the cooling period, where the schedule is still what two people read.
fn apply(
    proposal: &Proposal,
    approval: &Approval,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    apart(proposal.id.into(), &proposal.proposed_by, &approval.by)?;
    if context.today <= approval.cooling_until {
        return Ok(Decision::nothing());
    }
    // Reliability D41: what the holder of before agreed on is nothing that the present one is bound by.
    if *context.found != proposal.digest || !context.controls {
        return Ok(voided(Obstacle::Overtaken, None, context));
    }
    Ok(Decision::one(Event::ScheduleChangeApplied { on: context.today }, vec![because(proposal)]))
}

/// What holds of every change, made or proposed.
fn asked(proposal: &Proposal, context: &Context<'_>) -> Result<(), Refusal> {
    let mut checks = Checks::default();
    checks.require(
        !proposal.reference.is_empty(),
        "schedule_change.reference",
        field::REQUIRED,
        "must say where the reasons are written down",
    );
    match &proposal.amendment {
        Amendment::Period(agreed) => {
            let reference = "schedule_change.agreed_retention.agreement_reference";
            checks.not_future("schedule_change.agreed_retention.agreed_on", agreed.agreed_on, context.today);
            checks.require(
                !agreed.reference.is_empty(),
                reference,
                field::REQUIRED,
                "must name the written agreement; without one the guidance's own period stands",
            );
        }
        Amendment::ContractEnd { .. } => checks.require(
            context.before.end_on != context.after.end_on,
            "schedule_change.kind",
            field::NOT_ALLOWED,
            "must be another: the contract has told no last day earlier than the one from which records are counted",
        ),
    }
    checks.done()?;
    controls(proposal, context)
}

/// Reliability D41: after a novation the contract is somebody else's to decide about, and so are the records of those who worked under it.
fn controls(proposal: &Proposal, context: &Context<'_>) -> Result<(), Refusal> {
    if context.controls { Ok(()) } else { Err(Refusal::NotController { contract: proposal.contract }) }
}

fn would_shorten(context: &Context<'_>) -> Result<bool, Refusal> {
    shortens(context.before, context.after, (context.pack, context.calendars, context.today))
}

fn voided(obstacle: Obstacle, by: Option<crate::Actor>, context: &Context<'_>) -> Decision<Event> {
    let event = Event::ScheduleChangeVoided { obstacle, on: context.today, by };
    Decision::one(event, vec![Citation::own("RET-01")])
}

/// "Or as long as may be agreed" (RET-01, A0 7.11, Q13).
fn because(proposal: &Proposal) -> Citation {
    let own = Citation::own("RET-01");
    match &proposal.amendment {
        Amendment::Period(agreed) => own.with("agreement", &agreed.reference).with("months", agreed.months),
        Amendment::ContractEnd { end_on, .. } => own.with("end_on", end_on),
    }
}

/// Counts a clock of the pack's practice.
pub(super) fn count(
    kind: ClockKind,
    pack: &Pack,
    calendars: &Calendars,
    start_on: Date,
) -> Result<Computed, Refusal> {
    let view = calendars.view(pack.basis(), start_on);
    Ok(deadline::compute(&pack.clock(kind)?, start_on, None, &view)?)
}

fn name(state: &State) -> String {
    state.proposal().map_or_else(|| "scheduleChanges".to_owned(), |proposal| proposal.id.name())
}

fn refused(state: &State, command: &Command, allowed: &[&'static str]) -> Refusal {
    conflict(Conflict {
        subject: name(state),
        command: command.name(),
        current: state.stage_name().as_str(),
        allowed: allowed.to_vec(),
    })
}
