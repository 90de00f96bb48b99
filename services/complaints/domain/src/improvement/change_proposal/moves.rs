//! The moves of a change proposal.

use jiff::civil::Date;
use redress_kernel::{Checks, Citation, Decision};

use super::{Command, Context, Event, Move, Proposal, StageName, State, Verdict};
use crate::{
    Refusal,
    refusal::{Conflict, field},
};

pub(super) fn decide(
    state: &State,
    command: &Command,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let by = context.actor.clone();
    if let Command::Draft { id, contract, organisation, category, performance_manager } = command {
        if let Some(proposal) = state.proposal() {
            return Err(Refusal::AlreadyThere { name: proposal.id.name() });
        }
        let mut checks = Checks::default();
        let addressed = !performance_manager.is_empty();
        let field = "change_proposal.performance_manager";
        checks.require(
            addressed,
            field,
            field::REQUIRED,
            "must name the Performance Manager to whom it is addressed",
        );
        checks.done()?;
        let event = Event::ChangeProposalDrafted {
            id: *id,
            contract: *contract,
            organisation: *organisation,
            category: *category,
            performance_manager: performance_manager.clone(),
            on: context.today,
            by,
        };
        return Ok(Decision::one(event, vec![citation("ISS-02", context)]));
    }
    let Some(proposal) = state.proposal() else {
        return Err(Refusal::NotFound { name: "changeProposals".to_owned() });
    };
    match command {
        Command::Draft { .. } => Err(Refusal::AlreadyThere { name: proposal.id.name() }),
        Command::Submit { on } => {
            dated(proposal, "on", *on, context)?;
            stand(state, proposal, "Submit", &[StageName::Drafted, StageName::MoreInformation])?;
            let pack = context.pack.reference.clone();
            Ok(Decision::one(
                Event::ChangeProposalSubmitted { on: *on, by, pack },
                vec![citation("ISS-02", context)],
            ))
        }
        Command::Decide { decision, decided_on, referenced, commented } => {
            verdict(state, proposal, *decision, *decided_on, *referenced, *commented, context)
        }
        Command::Implement { on } => implement(state, proposal, *on, context),
        Command::Review { on } => {
            dated(proposal, "on", *on, context)?;
            stand(state, proposal, "Review", &[StageName::Implemented])?;
            Ok(Decision::one(
                Event::ChangeProposalReviewed { on: *on, by },
                vec![citation("ISS-03", context)],
            ))
        }
        Command::Withdraw { on } => {
            dated(proposal, "on", *on, context)?;
            let before_approval = [StageName::Drafted, StageName::Submitted, StageName::MoreInformation];
            stand(state, proposal, "Withdraw", &before_approval)?;
            Ok(Decision::one(
                Event::ChangeProposalWithdrawn { on: *on, by },
                vec![citation("ISS-02", context)],
            ))
        }
        Command::Expire => expire(state, proposal, context),
    }
}

fn verdict(
    state: &State,
    proposal: &Proposal,
    decision: Verdict,
    on: Date,
    referenced: bool,
    commented: bool,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    let mut checks = Checks::default();
    checks.not_future("decided_on", on, context.today);
    if let Some(last) = proposal.history.last() {
        checks.not_before("decided_on", on, last.on, "the day of the submission");
    }
    let said = "must say what is missing or why not";
    checks.require(decision == Verdict::Approve || commented, "comment", field::REQUIRED, said);
    let named = "must name the decision at the department";
    checks.require(decision != Verdict::Approve || referenced, "decision_reference", field::REQUIRED, named);
    checks.done()?;
    let because = citation("ISS-03", context);
    if context.actor.subject != proposal.performance_manager {
        return Err(Refusal::NotAddressee { citation: Box::new(because) });
    }
    stand(state, proposal, "Decide", &[StageName::Submitted])?;
    let by = context.actor.clone();
    let event = match decision {
        Verdict::Approve => Event::ChangeProposalApproved { on, by },
        Verdict::Reject => Event::ChangeProposalRejected { on, by },
        Verdict::AskForMore => Event::ChangeProposalReturned { on, by },
    };
    Ok(Decision::one(event, vec![because]))
}

/// ISS-03: only an approved change is made, and only under the guidance under which it was approved.
fn implement(
    state: &State,
    proposal: &Proposal,
    on: Date,
    context: &Context<'_>,
) -> Result<Decision<Event>, Refusal> {
    dated(proposal, "on", on, context)?;
    let because = citation("ISS-03", context);
    match state {
        State::Approved { pack, .. } if *pack != context.pack.reference => {
            Err(Refusal::ApprovalExpired { citation: Box::new(because) })
        }
        State::Approved { .. } => {
            let by = context.actor.clone();
            Ok(Decision::one(Event::ChangeProposalImplemented { on, by }, vec![because]))
        }
        State::Drafted(_) | State::Submitted { .. } | State::MoreInformation { .. } => {
            Err(Refusal::ChangeNotApproved { citation: Box::new(because) })
        }
        State::Undrafted
        | State::Rejected(_)
        | State::Implemented(_)
        | State::Reviewed(_)
        | State::Withdrawn(_) => Err(conflict(state, proposal, "Implement", &[StageName::Approved])),
    }
}

fn expire(state: &State, proposal: &Proposal, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
    let State::Approved { pack, .. } = state else {
        return Err(conflict(state, proposal, "Expire", &[StageName::Approved]));
    };
    if *pack == context.pack.reference {
        return Ok(Decision::nothing());
    }
    let event = Event::ChangeApprovalExpired {
        on: context.today,
        approved_under: pack.clone(),
        now_under: context.pack.reference.clone(),
    };
    Ok(Decision::one(event, vec![citation("ISS-03", context)]))
}

pub(super) fn evolve(state: State, event: &Event) -> State {
    if let (
        State::Undrafted,
        Event::ChangeProposalDrafted { id, contract, organisation, category, performance_manager, on, by },
    ) = (&state, event)
    {
        let first = Move { stage: StageName::Drafted, on: *on, by: by.clone() };
        return State::Drafted(Proposal {
            id: *id,
            contract: *contract,
            organisation: *organisation,
            category: *category,
            performance_manager: performance_manager.clone(),
            history: vec![first],
        });
    }
    let pack = state.pack().cloned();
    let Some(proposal) = state.proposal().cloned() else { return state };
    let moved = |stage, on: &Date, by: &crate::Actor| {
        let mut proposal = proposal.clone();
        proposal.history.push(Move { stage, on: *on, by: by.clone() });
        proposal
    };
    match (event, pack) {
        (Event::ChangeProposalSubmitted { on, by, pack }, _) => {
            State::Submitted { proposal: moved(StageName::Submitted, on, by), pack: pack.clone() }
        }
        (Event::ChangeProposalReturned { on, by }, Some(pack)) => {
            State::MoreInformation { proposal: moved(StageName::MoreInformation, on, by), pack }
        }
        (Event::ChangeProposalApproved { on, by }, Some(pack)) => {
            State::Approved { proposal: moved(StageName::Approved, on, by), pack }
        }
        // A proposal is drafted once; and a decision follows a submission, without whose pack there was nothing to decide.
        (Event::ChangeProposalDrafted { .. }, _)
        | (Event::ChangeProposalReturned { .. } | Event::ChangeProposalApproved { .. }, None) => state,
        (Event::ChangeProposalRejected { on, by }, _) => State::Rejected(moved(StageName::Rejected, on, by)),
        (Event::ChangeProposalImplemented { on, by }, _) => {
            State::Implemented(moved(StageName::Implemented, on, by))
        }
        (Event::ChangeProposalReviewed { on, by }, _) => State::Reviewed(moved(StageName::Reviewed, on, by)),
        (Event::ChangeProposalWithdrawn { on, by }, _) => {
            State::Withdrawn(moved(StageName::Withdrawn, on, by))
        }
        (Event::ChangeApprovalExpired { on, .. }, _) => {
            State::Drafted(moved(StageName::Drafted, on, &crate::Actor::suite()))
        }
    }
}

fn dated(proposal: &Proposal, field: &str, on: Date, context: &Context<'_>) -> Result<(), Refusal> {
    let mut checks = Checks::default();
    checks.not_future(field, on, context.today);
    if let Some(last) = proposal.history.last() {
        checks.not_before(field, on, last.on, "the day of the move before it");
    }
    Ok(checks.done()?)
}

fn stand(
    state: &State,
    proposal: &Proposal,
    command: &'static str,
    allowed: &[StageName],
) -> Result<(), Refusal> {
    if allowed.contains(&state.stage_name()) {
        Ok(())
    } else {
        Err(conflict(state, proposal, command, allowed))
    }
}

fn conflict(state: &State, proposal: &Proposal, command: &'static str, allowed: &[StageName]) -> Refusal {
    Refusal::StageRefuses(Box::new(Conflict {
        subject: proposal.id.name(),
        command,
        current: state.stage_name().as_str(),
        allowed: allowed.iter().map(|stage| stage.as_str()).collect(),
    }))
}

fn citation(rule: &str, context: &Context<'_>) -> Citation {
    Citation { rule: rule.to_owned(), ..context.pack.stated(&context.pack.rules.change_approval, rule) }
}
