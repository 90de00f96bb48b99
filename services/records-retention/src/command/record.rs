//! What all commands on records share: deciding, and turning a decision into rows and entries.

use std::sync::Arc;

use records_retention_domain::{
    Actor, OrganisationId, RecordClass, RecordId, Refusal,
    contract::{Agreed, ContractFacts},
    erasure::Granted,
    person::State as Held,
    record::{Command, Context, Event, Gap, Rules, State, Term, look_on, retention},
};
use redress_chain::KnownContract;
use redress_journal::append::Entries;
use redress_kernel::{Decided, Moment};
use redress_policy::{Pack, Rulebook};

use crate::{
    publish,
    store::{
        gone::GoneContent,
        promise::Promised,
        record::{FOR_NOW, Record, Watched},
    },
    world::World,
};

/// What the dates of a record hang on.
#[derive(Clone, Debug)]
pub(crate) struct Basis<'a> {
    /// The contract as it is known, and as its records are counted from it.
    pub(crate) contract: ContractFacts,
    /// The pack that gives the schedule.
    pub(crate) pack: &'a Pack,
    /// The request of the person to be erased, where it was granted.
    pub(crate) granted: Option<Granted>,
    /// What holds everything about the person.
    pub(crate) held: Arc<Held>,
}

/// What the dates of records under a contract hang on.
///
/// # Errors
/// Refuses where the pack of the contract is none that this program has.
pub(crate) fn basis<'a>(
    contract: &KnownContract,
    promised: Option<&Promised>,
    rulebook: &'a Rulebook,
) -> Result<Basis<'a>, Refusal> {
    let agreed = contract.agreed_retention.as_ref().map(|agreed| Agreed {
        months: agreed.months,
        reference: agreed.agreement_reference.clone(),
        agreed_on: agreed.agreed_on,
    });
    let known = ContractFacts { end_on: contract.end_on, agreed, ..ContractFacts::default() };
    let facts = promised.map_or_else(|| known.clone(), |promised| promised.state.facts(&known));
    Ok(Basis {
        contract: facts,
        pack: rulebook.library.get(&contract.pack)?,
        granted: None,
        held: Arc::default(),
    })
}

/// A record before, what is decided of it, and it after that.
pub(crate) type Step = (Record, Decided<Rules>, Record);

/// Decides what the suite does to a record, and what that comes to; nothing is changed yet.
pub(crate) fn weigh(
    row: Record,
    command: &Command,
    world: &World,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<Step, Refusal> {
    let decided = decide(&row, command, &Actor::suite(), world, rulebook, moment)?;
    let moved = advance(&row, &decided, world, rulebook, moment)?;
    Ok((row, decided, moved))
}

/// Decides a command on a record; nothing is changed yet.
pub(crate) fn decide(
    row: &Record,
    command: &Command,
    actor: &Actor,
    world: &World,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<Decided<Rules>, Refusal> {
    let basis = basis_of(row, world, rulebook)?;
    Decided::<Rules>::by(&row.state, command, &context(&basis, actor, rulebook, moment))
}

/// Moves a row on by a decision, with its dates counted anew.
///
/// # Errors
/// Refuses where a date cannot be computed; nothing has been changed then.
pub(crate) fn advance(
    row: &Record,
    decided: &Decided<Rules>,
    world: &World,
    rulebook: &Rulebook,
    moment: Moment,
) -> Result<Record, Refusal> {
    let basis = basis_of(row, world, rulebook)?;
    let suite = Actor::suite();
    let context = context(&basis, &suite, rulebook, moment);
    let state = decided.state.clone();
    let term = state.file().map(|file| retention(file, &context)).transpose()?;
    let due_from = match &term {
        Some(Term::Ends { due_from, .. }) => Some(*due_from),
        Some(Term::None(_)) | None => None,
    };
    Ok(Record {
        due_from,
        watched: watched(&state, term.as_ref(), &context)?,
        look_on: look_on(&state, &context)?,
        // What names a person, even through the caller's own system, goes with the record.
        reference: row.reference.clone().filter(|_| !matches!(state, State::Destroyed(_))),
        version: decided.version_after(row.version),
        state,
        ..row.clone()
    })
}

/// Writes a moved row into the world and what happened into the journal.
pub(crate) fn record(
    before: &Record,
    moved: Record,
    decided: &Decided<Rules>,
    world: &mut World,
    entries: &mut Entries<'_>,
) {
    for (version, event) in decided.numbered(before.version) {
        entries.append(publish::record::record(before, version, event, decided.citations.clone()));
    }
    remember_gone(before, &moved, world);
    if before.revision == 0 || differs(before, &moved) {
        world.records.put(moved.id, moved);
    }
}

/// Decides, moves and records in one go.
pub(crate) fn apply(
    row: &Record,
    command: &Command,
    actor: &Actor,
    (rulebook, moment): (&Rulebook, Moment),
    world: &mut World,
    entries: &mut Entries<'_>,
) -> Result<(Record, Vec<Event>), Refusal> {
    let decided = decide(row, command, actor, world, rulebook, moment)?;
    let moved = advance(row, &decided, world, rulebook, moment)?;
    record(row, moved.clone(), &decided, world, entries);
    Ok((moved, decided.events))
}

/// A record that the caller sees.
pub(crate) fn visible(world: &World, caller: OrganisationId, id: RecordId) -> Result<&Record, Refusal> {
    let found = world.records.get(id);
    let found = found.filter(|row| world.sees(caller, row.contract, row.organisation));
    found.ok_or_else(|| Refusal::NotFound { name: id.name() })
}

/// What the dates of a record hang on.
pub(crate) fn basis_of<'a>(
    row: &Record,
    world: &World,
    rulebook: &'a Rulebook,
) -> Result<Basis<'a>, Refusal> {
    let contract = world.contracts.get(&row.contract);
    let contract = contract.ok_or_else(|| Refusal::NotFound { name: row.contract.name() })?;
    let basis = basis(contract, world.promises.get(row.contract), rulebook)?;
    let granted = row.participant.and_then(|person| world.erasure_of(person)?.state.granted());
    Ok(Basis { granted, held: world.held(row.participant), ..basis })
}

/// What the rules may look at.
pub(crate) fn context<'a>(
    basis: &'a Basis<'_>,
    actor: &'a Actor,
    rulebook: &'a Rulebook,
    moment: Moment,
) -> Context<'a> {
    Context {
        today: moment.today,
        actor,
        contract: &basis.contract,
        pack: basis.pack,
        granted: basis.granted.as_ref(),
        of_person: &basis.held.holds,
        calendars: &rulebook.calendars,
    }
}

/// What those who watch are told of a record, but for what holds everything about its person and is counted there. That the proof of a destruction has no term is meant so (RET-14).
fn watched(state: &State, term: Option<&Term>, context: &Context<'_>) -> Result<Watched, Refusal> {
    let Some(file) = state.file() else { return Ok(Watched::default()) };
    let today = context.today;
    let judge_on = file.anonymised.as_ref().map(|set| set.review_on(context)).transpose()?;
    let without_basis = matches!(term, Some(Term::None(Gap::NoSchedule)));
    Ok(Watched {
        held_until: file.own_holds(today).map(|hold| hold.holds_until.unwrap_or(FOR_NOW)).max(),
        review_on: file
            .own_holds(today)
            .filter(|hold| hold.holds_until.is_none())
            .map(|hold| hold.review_on)
            .min(),
        judge_on: judge_on.flatten(),
        without_basis: without_basis && file.class != RecordClass::Certificate,
    })
}

/// What lay with a record that is gone now is known again when it comes back.
fn remember_gone(before: &Record, moved: &Record, world: &mut World) {
    let State::Destroyed(tombstone) = &moved.state else { return };
    let parts = match &before.state {
        State::Kept(file) => file.parts.as_slice(),
        State::Ordered(ordered) => ordered.parts.as_slice(),
        State::Unregistered | State::Destroyed(_) => return,
    };
    for digest in parts.iter().filter_map(|part| part.digest.as_ref()) {
        world.add_gone(GoneContent {
            content: (before.organisation, digest.as_str().to_owned()),
            record: before.id,
            destroyed_on: tombstone.destroyed_on.unwrap_or(tombstone.ordered_on),
        });
    }
}

fn differs(before: &Record, after: &Record) -> bool {
    before.version != after.version
        || before.due_from != after.due_from
        || before.look_on != after.look_on
        || before.watched != after.watched
}
