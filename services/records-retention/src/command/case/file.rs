//! The record of a thing that another service holds: from its birth it has a basis for how long it is kept (L41).

use jiff::Timestamp;
use records_retention_domain::{
    Actor, ComplaintId, ContractId, OrganisationId, ParticipantId, RecordClass, RecordId, Refusal,
    record::{Command, Holder, Part, Register, State},
};
use redress_chain::KnownContract;
use redress_journal::append::Entries;
use redress_kernel::{Id, Ids, Moment};
use redress_policy::Rulebook;
use uuid::Uuid;

use crate::{
    command::{erasure, record},
    store::record::{Record, Watched},
    world::World,
};

/// By what things are filed.
pub(in crate::command) struct Filing<'a> {
    /// The guidance.
    pub(in crate::command) rulebook: &'a Rulebook,
    /// Draws ids.
    pub(in crate::command) ids: &'a dyn Ids,
    /// Now.
    pub(in crate::command) now: Timestamp,
}

/// A thing of another service.
pub(in crate::command) struct Thing {
    /// Its bare id, by which its record is found again.
    pub(in crate::command) subject: Uuid,
    /// What it is.
    pub(in crate::command) class: RecordClass,
    /// Contract under which it arose.
    pub(in crate::command) contract: ContractId,
    /// Organisation that keeps it.
    pub(in crate::command) organisation: OrganisationId,
    /// Person it is about.
    pub(in crate::command) participant: Option<ParticipantId>,
    /// Complaint it is the file of.
    pub(in crate::command) complaint: Option<ComplaintId>,
    /// Who holds it, and under which name.
    pub(in crate::command) held: Vec<(Holder, String)>,
}

impl Filing<'_> {
    /// An id that nothing has.
    pub(in crate::command) fn fresh<K>(&self) -> Id<K> {
        Id::fresh(self.ids)
    }

    /// The day, and the instant.
    pub(in crate::command) fn moment(&self) -> Moment {
        Moment::at(self.now)
    }

    /// The record of a thing; nothing happens where it has one. What is open about its person holds it from its birth.
    pub(in crate::command) fn file(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        thing: &Thing,
    ) -> Result<usize, Refusal> {
        if world.of_subject(thing.subject).is_some() {
            return Ok(0);
        }
        let moment = self.moment();
        let known = contract(world, thing.contract)?;
        let basis = record::basis(known, world.promises.get(thing.contract), self.rulebook)?;
        let mut holds = Vec::new();
        if let Some(person) = thing.participant {
            let id = self.fresh();
            holds.extend(erasure::hold_of_request(world, person, id, &basis, self.rulebook, moment)?);
        }
        let id: RecordId = self.fresh();
        let part = |(holder, subject): &(Holder, String)| Part {
            id: self.fresh(),
            holder: *holder,
            subject: subject.clone(),
            added_on: moment.today,
            is_report: false,
            digest: None,
            readmitted_of: None,
            content: None,
        };
        let register = Register {
            id,
            contract: thing.contract,
            organisation: thing.organisation,
            class: thing.class,
            participant: thing.participant,
            complaint: thing.complaint,
            completed_on: None,
            funded_start_on: None,
            pack: known.pack.clone(),
            parts: thing.held.iter().map(part).collect(),
            holds,
            anonymised: None,
        };
        let row = Record {
            id,
            contract: thing.contract,
            organisation: thing.organisation,
            participant: thing.participant,
            complaint: thing.complaint,
            class: thing.class,
            reference: None,
            state: State::Unregistered,
            due_from: None,
            look_on: None,
            watched: Watched::default(),
            key: None,
            version: 0,
            revision: 0,
            created_at: self.now,
        };
        let command = Command::Register(Box::new(register));
        let shared = (self.rulebook, moment);
        let (_, events) = record::apply(&row, &command, &Actor::suite(), shared, world, entries)?;
        world.add_subject(thing.subject, id);
        Ok(events.len())
    }
}

/// A contract that is known here. That it is not yet is no fault of what names it.
pub(in crate::command) fn contract(world: &World, id: ContractId) -> Result<&KnownContract, Refusal> {
    world.contracts.get(&id).ok_or_else(|| Refusal::NotFound { name: id.name() })
}
