//! Which stage takes which command, and what each demands.

mod answer;
mod place;

use redress_kernel::{Checks, Citation, Decision, text::canonical_reference};

use super::{Command, CommandKind, Context, Event, Letter, Log, StageName, State, clocks};
use crate::{Refusal, breach, refusal::Conflict};

/// What a rule answers.
type Decided = Result<Decision<Event>, Refusal>;

pub(super) fn decide(state: &State, command: &Command, context: &Context<'_>) -> Decided {
    if let Command::Log(log) = command {
        return logged(state, log, context);
    }
    // A command on what is not there finds nothing, whatever it asks; whoever loads the state knows the name.
    let Some(letter) = state.letter() else {
        return Err(Refusal::NotFound { name: "memberLetters".to_owned() });
    };
    match command {
        Command::Log(log) => logged(state, log, context),
        Command::Transfer { organisation, received_on } => {
            place::transfer(letter, *organisation, *received_on, context)
        }
        Command::Assign { handler } => place::assign(letter, handler, context),
        Command::RecordAuthority { on, paper } => place::authority(letter, *on, *paper, context),
        Command::SendHolding { sent_on, apologises, explains, new_due_on, digest } => {
            let said = answer::Said { apologises: *apologises, explains: *explains, new_due_on: *new_due_on };
            answer::holding(letter, *sent_on, said, digest, context)
        }
        Command::Reply { replied_on, quotes_reference, digest } => {
            answer::reply(letter, *replied_on, *quotes_reference, digest, context)
        }
        Command::Close => {
            guard(letter, CommandKind::Close)?;
            let event = Event::MemberLetterClosed { on: context.today };
            Ok(Decision::one(event, vec![Citation::own("RTE-13")]))
        }
        Command::Abandon => {
            guard(letter, CommandKind::Abandon)?;
            let event = Event::MemberLetterAbandoned { on: context.today };
            Ok(Decision::one(event, vec![Citation::own("RTE-09")]))
        }
        Command::RecordBreach { kind, number } => {
            let all = clocks(letter, context.pack, context.calendars)?;
            let passed = breach::record(&all, &letter.breaches, *kind, *number, context.today)?;
            Ok(passed.map_or_else(Decision::nothing, |(breach, because)| {
                Decision::one(Event::MemberLetterClockBreached { breach }, vec![because])
            }))
        }
    }
}

/// The stages that take a command of this kind.
pub const fn allowed(kind: CommandKind) -> &'static [StageName] {
    use StageName::{Classified, HoldingSent, Replied, Unlogged};
    match kind {
        CommandKind::Log => &[Unlogged],
        CommandKind::Transfer
        | CommandKind::Assign
        | CommandKind::RecordAuthority
        | CommandKind::SendHolding
        | CommandKind::Reply
        | CommandKind::RecordBreach => &[Classified, HoldingSent],
        CommandKind::Close => &[Replied],
        CommandKind::Abandon => &[Classified],
    }
}

fn guard(letter: &Letter, kind: CommandKind) -> Result<(), Refusal> {
    let current = letter.stage.name();
    if allowed(kind).contains(&current) {
        return Ok(());
    }
    let others = allowed(kind).iter().filter(|stage| **stage != current);
    Err(Refusal::StageRefuses(Box::new(Conflict {
        subject: letter.id.name(),
        command: kind.as_str(),
        current: current.as_str(),
        allowed: others.map(|stage| stage.as_str()).collect(),
    })))
}

fn logged(state: &State, log: &Log, context: &Context<'_>) -> Decided {
    if let Some(letter) = state.letter() {
        return Err(Refusal::AlreadyThere { name: letter.id.name() });
    }
    let mut because = vec![context.pack.stated(&context.pack.rules.elected_members, "RTE-09")];
    if log.standing.is_elected() {
        because.push(Citation::own("RTE-14"));
    }
    let event = Event::MemberLetterLogged {
        log: Box::new(log.clone()),
        recorded_on: context.today,
        pack: context.pack.reference.clone(),
    };
    Ok(Decision::one(event, because))
}

/// Whether `text` quotes `reference`, however either is spaced (RTE-13).
pub fn quotes(text: &str, reference: &str) -> bool {
    canonical_reference(text).contains(&canonical_reference(reference))
}

/// A day of the letter: not before whoever answers received it, not in the future.
fn dated(field: &str, on: jiff::civil::Date, letter: &Letter, context: &Context<'_>) -> Checks {
    let mut checks = Checks::default();
    checks.not_future(field, on, context.today);
    checks.not_before(field, on, letter.received_on, "the day of receipt");
    checks
}
