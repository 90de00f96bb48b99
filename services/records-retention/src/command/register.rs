//! Registers a record of a caller's, with what lies with it under seal.

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use records_retention_domain::{
    Actor, ContractId, Hold, OrganisationId, ParticipantId, RecordClass, RecordId, Refusal,
    record::{Command, Part, Register, State},
};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Id, Ids, Moment};
use redress_policy::Rulebook;
use redress_proto::records_retention::v1 as proto;

use super::{case::Filing, erasure, laid_by::LaidBy, person, record};
use crate::{
    render,
    store::record::{Record, Watched},
    world::{Want, World},
};

/// Registers a record.
pub(crate) struct RegisterRecord {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Id for it.
    pub(crate) id: RecordId,
    /// Contract under which it arose.
    pub(crate) contract: ContractId,
    /// What it is.
    pub(crate) class: RecordClass,
    /// Person it is about.
    pub(crate) participant: Option<ParticipantId>,
    /// The caller's reference, in its one form.
    pub(crate) reference: Option<String>,
    /// Day on which a report was completed.
    pub(crate) completed_on: Option<Date>,
    /// Day on which a funded person started.
    pub(crate) funded_start_on: Option<Date>,
    /// The report that it is, as a part and under seal.
    pub(crate) content: Option<(Part, LaidBy)>,
    /// Draws ids for holds.
    pub(crate) ids: Arc<dyn Ids>,
}

impl shell::Command<World> for RegisterRecord {
    type Answer = proto::Record;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Contract(self.contract));
        wants.extend(self.participant.map(Want::Held));
        wants.extend(self.content.iter().filter_map(|(part, content)| content.wants(part)));
        wants.extend(self.reference.clone().map(|reference| Want::Reference(self.caller, reference)));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Record, Refusal> {
        let moment = Moment::at(now);
        let known = world.contracts.get(&self.contract);
        let known = known.filter(|_| world.sees(self.caller, self.contract, self.caller));
        let pack = known.ok_or_else(|| Refusal::NotFound { name: self.contract.name() })?.pack.clone();
        if let Some(reference) = &self.reference
            && let Some(there) = world.references.get(&(self.caller, reference.clone()))
        {
            return Err(Refusal::AlreadyThere { name: there.name() });
        }
        let admitted = self.content.iter().map(|(part, content)| content.admitted(part, world));
        let parts = admitted.collect::<Result<Vec<_>, _>>()?;
        let holds = self.hold_of_a_request(world, moment)?;
        let register = Register {
            id: self.id,
            contract: self.contract,
            organisation: self.caller,
            class: self.class,
            participant: self.participant,
            complaint: None,
            completed_on: self.completed_on,
            funded_start_on: self.funded_start_on,
            pack,
            parts,
            holds,
            anonymised: None,
        };
        let row = Record {
            id: self.id,
            contract: self.contract,
            organisation: self.caller,
            participant: self.participant,
            complaint: None,
            class: self.class,
            reference: self.reference.clone(),
            state: State::Unregistered,
            due_from: None,
            look_on: None,
            watched: Watched::default(),
            key: self.content.as_ref().map(|(_, content)| content.key()),
            version: 0,
            revision: 0,
            created_at: now,
        };
        let command = Command::Register(Box::new(register));
        let shared = (&self.rulebook, moment);
        let (moved, _) = record::apply(&row, &command, &self.actor, shared, world, entries)?;
        if let Some(participant) = self.participant {
            // The row in which a request to be erased that is received at the same time is met.
            person::meet(world, participant, (self.contract, self.caller));
            let filing = Filing { rulebook: &self.rulebook, ids: self.ids.as_ref(), now };
            filing.adopt(world, entries, participant)?;
        }
        if let Some((_, content)) = &self.content {
            content.keep(world);
        }
        render::record::answer(&moved, world, &self.rulebook, moment)
    }
}

impl RegisterRecord {
    /// The hold of the person's request to be erased, where one waits. What is open about them holds whatever is about them.
    fn hold_of_a_request(&self, world: &World, moment: Moment) -> Result<Vec<Hold>, Refusal> {
        let Some(participant) = self.participant else { return Ok(Vec::new()) };
        let person = world.persons.get(participant).filter(|person| {
            person.known
                && person.contract == self.contract
                && world.sees(self.caller, person.contract, person.organisation)
        });
        let person = person.ok_or_else(|| Refusal::NotFound { name: participant.name() })?;
        let known = world.contracts.get(&self.contract);
        let known = known.ok_or_else(|| Refusal::NotFound { name: self.contract.name() })?;
        let basis = record::basis(known, world.promises.get(self.contract), &self.rulebook)?;
        let id = Id::fresh(self.ids.as_ref());
        let hold = erasure::hold_of_request(world, person.id, id, &basis, &self.rulebook, moment)?;
        Ok(hold.into_iter().collect())
    }
}
