//! What callers, the feed and the reactor may ask of this service: one file for each thing asked about.
//!
//! A command decides in memory, over a loaded [`World`](crate::world::World), by the rules of `routing-domain`; it
//! changes nothing before everything that can refuse has been asked.

pub(crate) mod change;
pub(crate) mod fate;
pub(crate) mod letter;
pub(crate) mod mixed;
pub(crate) mod opened;
pub(crate) mod paper;
pub(crate) mod record;
pub(crate) mod tick;

use redress_kernel::Violation;
use redress_policy::{ClockKind, Rulebook};
use routing_domain::{
    Contract, OrganisationId, PaperId, Refusal, Told,
    breach::{self, Breach, Running},
    refusal::field,
};

use crate::{
    chain,
    store::{contact::Contact, due::Due},
    world::World,
};

/// What the clocks of a thing come to.
fn summarise(clocks: &[Running], breaches: &[Breach]) -> Result<Due, Refusal> {
    let next = breach::next_due(clocks);
    Ok(Due {
        kind: next.map(|clock| ClockKind::name(clock.deadline.kind).to_owned()),
        on: next.map(|clock| clock.deadline.due_on),
        wake_on: breach::wake_on(clocks, breaches)?,
    })
}

/// The contract of a contact, on the day of its receipt.
fn contract_of(row: &Contact, world: &World, rulebook: &Rulebook) -> Result<Contract, Refusal> {
    let missing = || Refusal::NotFound { name: row.id.name() };
    let known = world.contracts.get(&row.contract).ok_or_else(missing)?;
    let contact = row.state.contact().ok_or_else(missing)?;
    chain::on(known, contact.route.question.received_on, rulebook)
}

/// A contact that the caller may see, at the version it last read.
fn visible(
    world: &World,
    caller: OrganisationId,
    contact: routing_domain::ContactId,
    expected: Option<i64>,
) -> Result<&Contact, Refusal> {
    let found = world.contacts.get(contact).filter(|_| world.is_party(caller, contact.uuid()));
    let row = found.ok_or_else(|| Refusal::NotFound { name: contact.name() })?;
    expect(expected, row.version, || contact.name())?;
    Ok(row)
}

/// Refuses a version that is no longer the one that was read.
fn expect(expected: Option<i64>, version: i64, name: impl FnOnce() -> String) -> Result<(), Refusal> {
    match expected {
        Some(expected) if expected != version => Err(Refusal::VersionMismatch { name: name() }),
        Some(_) | None => Ok(()),
    }
}

/// What is wrong with what decides, named by its place in the request: the rules know a contact and its input, not who sent
/// them in what.
pub(crate) fn placed(refusal: Refusal, contact: &str, input: &str) -> Refusal {
    let Refusal::Invalid(violations) = refusal else { return refusal };
    let placed = |violation: Violation| {
        let field = match violation.field.strip_prefix("contact.") {
            Some(rest) => format!("{contact}.{rest}"),
            None => format!("{input}.{}", violation.field),
        };
        Violation { field, ..violation }
    };
    Refusal::Invalid(violations.into_iter().map(placed).collect())
}

/// Proof that a person was told is a paper of the contact, where it is one (RTE-08).
fn proof_is_there(told: &Told, papers: &[PaperId]) -> Result<(), Refusal> {
    if told.paper.is_none_or(|paper| papers.contains(&paper)) {
        return Ok(());
    }
    let said = "must be a paper of this case that can be read";
    Err(Refusal::Invalid(vec![Violation::new("told.paper", field::NOT_ON_FILE, said)]))
}

/// The pack that was pinned.
fn pinned<'r>(
    rulebook: &'r Rulebook,
    pack: &redress_policy::PackRef,
) -> Result<&'r redress_policy::Pack, Refusal> {
    Ok(rulebook.library.get(pack)?)
}
