//! People become known by what the complaints service tells of them. A contact may name one before that, and may name anyone: what it says
//! is remembered, and counts once they are known and under its own contract. What is open about them holds everything about them, by one hold.

use records_retention_domain::{
    ContractId, OrganisationId, ParticipantId, RecordId, Refusal, person::Command,
};
use redress_journal::append::Entries;

use super::{
    file::{Filing, contract},
    hold,
};
use crate::{
    command::{person, record},
    store::person::{Matter, Person},
    world::World,
};

impl Filing<'_> {
    /// The complaints service told of a person: what named them before is about them from now on (RET-07, RET-10).
    pub(super) fn person(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        id: ParticipantId,
        (contract, organisation): (ContractId, OrganisationId),
    ) -> Result<usize, Refusal> {
        let there = world.persons.get(id).cloned();
        if there.as_ref().is_some_and(|person| person.known) {
            // What is filed of them now is met by a request of theirs that is received at the same time.
            person::meet(world, id, (contract, organisation));
            return self.adopt(world, entries, id);
        }
        let mut row = there.unwrap_or_else(|| Person::unknown(id, contract, organisation));
        let named = std::mem::take(&mut row.named);
        world.persons.put(id, Person { contract, organisation, known: true, ..row });
        let mut events = 0;
        for record in named {
            events += self.name(world, entries, id, record)?;
        }
        Ok(events)
    }

    /// A record names a person. It is about them where they are known under its contract; where nobody told of them yet, that is remembered
    /// in the row in which whoever tells of them is met.
    pub(in crate::command) fn name(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        id: ParticipantId,
        record: RecordId,
    ) -> Result<usize, Refusal> {
        let Some(row) = world.records.get(record).cloned() else { return Ok(0) };
        match world.persons.get(id).cloned() {
            Some(person) if person.known && person.contract != row.contract => Ok(0),
            Some(person) if person.known => self.attribute(world, entries, record, id),
            there => {
                let unknown = || Person::unknown(id, row.contract, row.organisation);
                let mut named = there.unwrap_or_else(unknown);
                if !named.named.contains(&record) {
                    named.named.push(record);
                    world.persons.put(id, named);
                }
                Ok(0)
            }
        }
    }

    /// What was open while each record was held for itself holds everything about the person from now on, what comes later too.
    pub(in crate::command) fn adopt(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        id: ParticipantId,
    ) -> Result<usize, Refusal> {
        let matters = world.persons.get(id).map(|person| person.matters.clone()).unwrap_or_default();
        let today = self.moment().today;
        let open = matters.iter().filter(|matter| matter.is_open(today));
        open.map(|matter| self.hold_person(world, entries, id, matter)).sum()
    }

    /// A case of a person holds everything about them.
    pub(super) fn hold_person(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        id: ParticipantId,
        matter: &Matter,
    ) -> Result<usize, Refusal> {
        let Some(row) = world.persons.get(id).cloned() else { return Ok(0) };
        let known = contract(world, row.contract)?;
        let basis = record::basis(known, world.promises.get(row.contract), self.rulebook)?;
        let by = (basis.pack, self.rulebook, self.moment());
        let hold = hold(self.fresh(), matter.case(), matter.reason, matter.until, by)?;
        person::apply(&row, &Command::Place(hold), self.moment(), world, entries)
    }

    /// A case of a person ended. What was held for itself before is released for itself.
    pub(super) fn release_person(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        id: ParticipantId,
        matter: &Matter,
    ) -> Result<usize, Refusal> {
        let Some(mut row) = world.persons.get(id).cloned() else { return Ok(0) };
        let before = row.matters.len();
        row.matters.retain(|known| !known.is_of(matter));
        if row.matters.len() < before {
            world.persons.put(id, row.clone());
        }
        let release = Command::Release { matter: matter.case(), reason: matter.reason };
        person::apply(&row, &release, self.moment(), world, entries)
    }
}
