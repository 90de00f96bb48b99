//! Which stage takes which command, and what each demands.

mod contribution;
mod reply;

use redress_kernel::{Checks, Decision};

use super::{Command, CommandKind, Context, Event, Mixed, Raise, StageName, State, clocks};
use crate::{Fate, Refusal, Told, breach, refusal::Conflict};

/// What a rule answers.
type Decided = Result<Decision<Event>, Refusal>;

pub(super) fn decide(state: &State, command: &Command, context: &Context<'_>) -> Decided {
    if let Command::Raise(raise) = command {
        return raised(state, raise, context);
    }
    // A command on what is not there finds nothing, whatever it asks; whoever loads the state knows the name.
    let Some(mixed) = state.mixed() else {
        return Err(Refusal::NotFound { name: "mixedComplaints".to_owned() });
    };
    match command {
        Command::Raise(raise) => raised(state, raise, context),
        Command::Direct { told } => direct(mixed, told, context),
        Command::RequestContribution { requested_on, stated_due_on } => {
            contribution::request(mixed, *requested_on, *stated_due_on, context)
        }
        Command::SendContribution { sent_on, digest, papers } => {
            contribution::send(mixed, *sent_on, digest, papers, context)
        }
        Command::ProposeJointReply { digest } => reply::propose(mixed, digest, context),
        Command::AgreeWording { digest } => reply::agree(mixed, digest, context),
        Command::IssueJointReply { digest, issued_on, channel } => {
            reply::issue(mixed, digest, *issued_on, *channel, context)
        }
        Command::RecordSatisfaction { on } => reply::satisfied(mixed, *on, context),
        Command::RecordResidual { provider, jobcentre_plus, on, complaint } => {
            reply::residual(mixed, *provider, *jobcentre_plus, *on, *complaint, context)
        }
        Command::Abandon => {
            guard(mixed, CommandKind::Abandon)?;
            let event = Event::MixedComplaintAbandoned { on: context.today };
            Ok(Decision::one(event, vec![leads(context)]))
        }
        Command::RecordBreach { kind, number } => {
            let all = clocks(mixed, context.pack, context.calendars)?;
            let passed = breach::record(&all, &mixed.breaches, *kind, *number, context.today)?;
            Ok(passed.map_or_else(Decision::nothing, |(breach, because)| {
                Decision::one(Event::MixedClockBreached { breach }, vec![because])
            }))
        }
        Command::RecordFate { complaint, fate, reason, existing } => {
            let known = mixed.fate.filter(|_| mixed.residual() == Some(*complaint));
            Ok(match known {
                None => Decision::nothing(),
                Some(known) if known == *fate || (!known.opens() && *fate == Fate::Open) => {
                    Decision::nothing()
                }
                Some(_) => Decision::one(
                    Event::HandoverAnswered {
                        complaint: *complaint,
                        fate: *fate,
                        reason: reason.clone(),
                        existing: *existing,
                    },
                    Vec::new(),
                ),
            })
        }
    }
}

/// The stages that take a command of this kind.
pub const fn allowed(kind: CommandKind) -> &'static [StageName] {
    use StageName::{
        ContributionRequested, ContributionSent, JcpLeading, JointReplyIssued, RaisedAtProvider, Residual,
        Satisfied, Unraised, WordingAgreed,
    };
    match kind {
        CommandKind::Raise => &[Unraised],
        CommandKind::Direct => &[RaisedAtProvider],
        CommandKind::RequestContribution => {
            &[JcpLeading, ContributionRequested, ContributionSent, WordingAgreed]
        }
        CommandKind::SendContribution => &[ContributionRequested, ContributionSent],
        CommandKind::ProposeJointReply => &[ContributionSent, WordingAgreed],
        CommandKind::AgreeWording => &[ContributionSent],
        CommandKind::IssueJointReply => &[WordingAgreed],
        CommandKind::RecordSatisfaction => &[JointReplyIssued],
        CommandKind::RecordResidual => &[JointReplyIssued, Satisfied, Residual],
        CommandKind::Abandon => &[RaisedAtProvider, JcpLeading],
        CommandKind::RecordBreach => {
            &[RaisedAtProvider, JcpLeading, ContributionRequested, ContributionSent, WordingAgreed]
        }
        CommandKind::RecordFate => &[Residual],
    }
}

fn guard(mixed: &Mixed, kind: CommandKind) -> Result<(), Refusal> {
    let current = mixed.stage.name();
    if allowed(kind).contains(&current) { Ok(()) } else { Err(refused(mixed, kind)) }
}

fn refused(mixed: &Mixed, kind: CommandKind) -> Refusal {
    let current = mixed.stage.name();
    let others = allowed(kind).iter().filter(|stage| **stage != current);
    Refusal::StageRefuses(Box::new(Conflict {
        subject: mixed.id.name(),
        command: kind.as_str(),
        current: current.as_str(),
        allowed: others.map(|stage| stage.as_str()).collect(),
    }))
}

fn raised(state: &State, raise: &Raise, context: &Context<'_>) -> Decided {
    if let Some(mixed) = state.mixed() {
        return Err(Refusal::AlreadyThere { name: mixed.id.name() });
    }
    let event = Event::MixedComplaintRaised {
        raise: Box::new(raise.clone()),
        recorded_on: context.today,
        pack: context.pack.reference.clone(),
    };
    Ok(Decision::one(event, vec![leads(context)]))
}

/// RTE-03, J0 7.08: a person who brings it to the provider is sent to Jobcentre Plus.
fn direct(mixed: &Mixed, told: &Told, context: &Context<'_>) -> Decided {
    let mut checks = Checks::default();
    checks.not_future("told.told_on", told.told_on, context.today);
    checks.not_before("told.told_on", told.told_on, mixed.received_on, "the day of receipt");
    checks.done().map_err(Refusal::Invalid)?;
    guard(mixed, CommandKind::Direct)?;
    let because = context.pack.stated(&context.pack.rules.mixed_routing, "RTE-03");
    Ok(Decision::one(Event::MixedComplaintDirected { told: told.clone() }, vec![because]))
}

/// Who leads (RTE-01).
fn leads(context: &Context<'_>) -> redress_kernel::Citation {
    context.pack.stated(&context.pack.rules.mixed_routing, "RTE-01")
}
