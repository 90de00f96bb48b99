//! What holds everything about a person: decided, written and told once, however many records there are. The order to destroy a record writes
//! the same row, so that a case that opens at the same time has come before it, or finds the record ordered.

use std::sync::Arc;

use records_retention_domain::{
    ContractId, OrganisationId, ParticipantId, Refusal,
    person::{Command, Context, Rules},
};
use redress_journal::append::Entries;
use redress_kernel::{Decided, Moment};

use crate::{publish, store::person::Person, world::World};

/// Does something to what holds a person, and says how many things happened.
pub(crate) fn apply(
    row: &Person,
    command: &Command,
    moment: Moment,
    world: &mut World,
    entries: &mut Entries<'_>,
) -> Result<usize, Refusal> {
    let decided = Decided::<Rules>::by(row.held.as_ref(), command, &Context { today: moment.today })?;
    for (version, event) in decided.numbered(row.version) {
        entries.append(publish::person::person(row, version, event, decided.citations.clone()));
    }
    if !decided.events.is_empty() {
        let (held, version) = (Arc::new(decided.state.clone()), decided.version_after(row.version));
        world.persons.put(row.id, Person { held, version, ..row.clone() });
    }
    Ok(decided.events.len())
}

/// Writes the row in which whatever happens to a person at the same time is met. One of whom nobody told yet gets one.
pub(crate) fn meet(
    world: &mut World,
    id: ParticipantId,
    (contract, organisation): (ContractId, OrganisationId),
) {
    let row = world.persons.get(id).cloned();
    world.persons.put(id, row.unwrap_or_else(|| Person::unknown(id, contract, organisation)));
}
