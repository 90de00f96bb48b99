//! Records a contact and sends it through the right door: the command that must be quick and must never be lost.

use jiff::Timestamp;
use redress_chassis::wire::Telling;
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Moment};
use redress_policy::Rulebook;
use redress_proto::routing::v1 as proto;
use redress_store::sealed::Sealed;
use routing_domain::{
    Actor, ContactId, ContractId, OrganisationId, ParticipantId, Question, Refusal,
    contact::{Command, Context, Fresh, Record, Rules, State},
    route::pack_for,
};
use uuid::Uuid;

use super::{
    opened::{By, open, parties, unrecorded},
    placed,
};
use crate::{
    chain, publish, render,
    store::contact::Contact,
    world::{Want, World},
};

/// A contract by its name or its reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// By its name.
    Name(ContractId),
    /// By its reference, in its one form.
    Reference(String),
}

/// A contact on its way in, its words sealed.
#[derive(Debug)]
pub(crate) struct RecordContact {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Id for it.
    pub(crate) id: ContactId,
    /// Under which contract.
    pub(crate) contract: Named,
    /// Reference in the caller's own system, in its one form.
    pub(crate) reference: Option<String>,
    /// Where in the request it stands.
    pub(crate) at: &'static str,
    /// Whether a second one under the same reference is the first again.
    pub(crate) forwarded: bool,
    /// What decides.
    pub(crate) question: Question,
    /// Organisation that is to work it.
    pub(crate) organisation: Option<OrganisationId>,
    /// Participant, where known by name.
    pub(crate) participant: Option<ParticipantId>,
    /// Reference of the participant at the provider, in its one form.
    pub(crate) participant_reference: Option<String>,
    /// Whether it says who the person is.
    pub(crate) has_person: bool,
    /// Whether it names the member and the office.
    pub(crate) has_member: bool,
    /// Reference of a letter at the office it came from, in its one form.
    pub(crate) office_reference: Option<String>,
    /// Opaque ids of the people complained about.
    pub(crate) persons_complained_about: Vec<String>,
    /// Keyed digest of what was sent.
    pub(crate) fingerprint: Vec<u8>,
    /// Ids for what it may open.
    pub(crate) fresh: Fresh,
    /// Key of everything that is sealed about it.
    pub(crate) key: Uuid,
    /// Person, statement and member, under seal.
    pub(crate) texts: Vec<Sealed>,
}

impl Named {
    /// What must be loaded to find it.
    pub(crate) fn want(&self) -> Want {
        match self {
            Self::Name(id) => Want::Contract(*id),
            Self::Reference(reference) => Want::ContractReference(reference.clone()),
        }
    }

    /// Its name, as far as it may be told.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Name(id) => id.name(),
            Self::Reference(_) => "contracts".to_owned(),
        }
    }
}

impl shell::Command<World> for RecordContact {
    type Answer = proto::ForwardContactResponse;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(self.contract.want());
        wants.extend(self.question.follows.map(Want::Mixed));
        if let Some(reference) = &self.reference {
            wants.push(Want::ContactReference(self.caller, reference.clone()));
        }
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::ForwardContactResponse, Refusal> {
        let moment = Moment::at(now);
        let contract = self.contract(world)?;
        if let Some(existing) = self.existing(world) {
            return self.again(existing, &contract);
        }
        let pack = pack_for(&self.rulebook, &contract, self.question.received_on)?;
        let context = Context {
            today: moment.today,
            actor: &self.actor,
            contract: &contract,
            pack,
            library: &self.rulebook.library,
            calendars: &self.rulebook.calendars,
            joint_reply_is_out: self.follows_a_joint_reply(world)?,
        };
        let decided = Decided::<Rules>::by(&State::Unrecorded, &self.command(), &context);
        let decided = decided.map_err(|refusal| placed(refusal, self.at, &format!("{}.input", self.at)))?;
        let row = Contact {
            reference: self.reference.clone(),
            participant_reference: self.participant_reference.clone(),
            fingerprint: self.fingerprint.clone(),
            persons_complained_about: self.persons_complained_about.clone(),
            state: decided.state.clone(),
            version: decided.version_after(0),
            ..unrecorded(self.id, contract.id, self.caller, self.key, now)
        };
        let by = By { rulebook: &self.rulebook, actor: &self.actor, moment };
        let opened = open(&row, &contract, self.office_reference.as_deref(), by)?;
        let answer = render::contact::contact(&row, contract.division, &self.rulebook, Telling::Dates)?;

        for (version, event) in decided.numbered(0) {
            entries.append(publish::contact(&row, version, event, decided.citations.clone()));
        }
        let parties = parties(&row, &contract, world);
        world.add_parties(row.id.uuid(), parties);
        opened.record(&row, world, entries);
        for text in &self.texts {
            world.add_sealed(text.clone());
        }
        if let Some(reference) = &self.reference {
            world.contact_references.insert((self.caller, reference.clone()), row.id);
        }
        world.contacts.put(row.id, row);
        Ok(proto::ForwardContactResponse { contact: Some(answer), already_there: false })
    }
}

impl RecordContact {
    /// The contract, where the caller sees anything under it.
    fn contract(&self, world: &World) -> Result<routing_domain::Contract, Refusal> {
        let id = match &self.contract {
            Named::Name(id) => Some(*id),
            Named::Reference(reference) => world.contract_references.get(reference).copied(),
        };
        let known = id.and_then(|id| world.contracts.get(&id));
        let known = known.filter(|known| world.is_member(self.caller, known.id));
        let known = known.ok_or_else(|| Refusal::NotFound { name: self.contract.name() })?;
        chain::on(known, self.question.received_on, &self.rulebook)
    }

    /// The contact that was recorded under the same reference.
    fn existing<'w>(&self, world: &'w World) -> Option<&'w Contact> {
        let reference = self.reference.clone()?;
        world.contacts.get(*world.contact_references.get(&(self.caller, reference))?)
    }

    /// The same once more is the same; anything else under its reference is not.
    fn again(
        &self,
        existing: &Contact,
        contract: &routing_domain::Contract,
    ) -> Result<proto::ForwardContactResponse, Refusal> {
        if !self.forwarded || existing.fingerprint != self.fingerprint {
            return Err(Refusal::AlreadyThere { name: existing.id.name() });
        }
        let answer = render::contact::contact(existing, contract.division, &self.rulebook, Telling::Dates)?;
        Ok(proto::ForwardContactResponse { contact: Some(answer), already_there: true })
    }

    fn follows_a_joint_reply(&self, world: &World) -> Result<bool, Refusal> {
        let Some(id) = self.question.follows else { return Ok(false) };
        let found = world.mixed.get(id).filter(|_| world.is_party(self.caller, id.uuid()));
        let row = found.ok_or_else(|| Refusal::NotFound { name: id.name() })?;
        Ok(row.state.joint_reply_is_out())
    }

    fn command(&self) -> Command {
        Command::Record(Box::new(Record {
            id: self.id,
            recorded_by: self.caller,
            organisation: self.organisation,
            participant: self.participant,
            has_person: self.has_person,
            has_member: self.has_member,
            question: self.question.clone(),
            fresh: self.fresh,
        }))
    }
}
