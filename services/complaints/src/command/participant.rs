//! Recording a participant, and proof that the process was explained at first contact (CMP-02, CMP-15).

use complaints_domain::{
    Actor, ContractId, DocumentId, OrganisationId, ParticipantId, Refusal,
    participant::{Command, Contact, Context, Rules, State},
    refusal::field,
};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Violation, london_date};
use redress_papers::Stage;
use redress_policy::Rulebook;
use redress_proto::complaints::v1 as proto;
use redress_store::sealed::Sealed;
use uuid::Uuid;

use super::{
    contract::{binding, visible},
    expect,
};
use crate::{
    publish, render,
    store::participant::Participant,
    world::{Want, World},
};

/// Records a participant, the person sealed.
#[derive(Debug)]
pub(crate) struct CreateParticipant {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Id for the person.
    pub(crate) id: ParticipantId,
    /// Contract under which the person takes part.
    pub(crate) contract: ContractId,
    /// Organisation that deals with the person.
    pub(crate) organisation: OrganisationId,
    /// Reference in the caller's own system, in its one form.
    pub(crate) reference: String,
    /// First contact, where it has taken place already.
    pub(crate) first_contact: Option<Contact>,
    /// Key of the person's data.
    pub(crate) key: Uuid,
    /// Who the person is, under seal.
    pub(crate) person: Sealed,
}

/// Records a first contact, or more evidence of it.
#[derive(Debug)]
pub(crate) struct RecordFirstContact {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// With whom.
    pub(crate) participant: ParticipantId,
    /// What happened.
    pub(crate) contact: Contact,
    /// The version last read.
    pub(crate) expected: Option<i64>,
}

impl shell::Command<World> for CreateParticipant {
    type Answer = proto::Participant;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Contract(self.contract));
        wants.push(Want::ParticipantReference(self.contract, self.reference.clone()));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Participant, Refusal> {
        let contract = visible(world, self.caller, self.contract)?;
        let today = london_date(now);
        let is_member = contract.state.chain.at(today).contains(self.organisation);
        if is_member && !world.sees(self.caller, contract.id, self.organisation) {
            return Err(Refusal::NotAboveInChain);
        }
        // Documents belong to a participant, so one who is new has none.
        on_file(self.first_contact.as_ref(), &[])?;
        let reference = (self.contract, self.reference.clone());
        let context = Context {
            today,
            actor: &self.actor,
            pack: binding(&self.rulebook, &contract.state.contract, today)?,
            contract: Some(&contract.state.contract),
            chain: Some(&contract.state.chain),
            existing: world.participant_references.get(&reference).copied(),
        };
        let command = Command::Record {
            id: self.id,
            contract: self.contract,
            organisation: self.organisation,
            first_contact: self.first_contact,
        };
        let decided = Decided::<Rules>::by(&State::Unrecorded, &command, &context)?;
        let row = Participant {
            id: self.id,
            contract: self.contract,
            organisation: self.organisation,
            reference: self.reference.clone(),
            state: decided.state.clone(),
            key: self.key,
            version: 0,
            revision: 0,
            created_at: now,
        };
        world.participant_references.insert(reference, self.id);
        world.add_sealed(self.person.clone());
        Ok(record(&row, &decided, world, entries))
    }
}

impl shell::Command<World> for RecordFirstContact {
    type Answer = proto::Participant;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Participant(self.participant));
        wants.push(Want::Documents(self.participant.uuid()));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Participant, Refusal> {
        let found = world.participants.get(self.participant);
        let found = found.filter(|row| world.sees(self.caller, row.contract, row.organisation));
        let row = found.ok_or_else(|| Refusal::NotFound { name: self.participant.name() })?;
        expect(self.expected, row.version, || row.id.name())?;
        let contract = visible(world, self.caller, row.contract)?;
        let readable = world.documents(row.id.uuid()).iter().filter(|it| it.stage == Stage::Stored);
        let documents: Vec<DocumentId> = readable.map(|document| document.id).collect();
        on_file(Some(&self.contact), &documents)?;
        let today = london_date(now);
        let context = Context {
            today,
            actor: &self.actor,
            pack: binding(&self.rulebook, &contract.state.contract, today)?,
            contract: Some(&contract.state.contract),
            chain: Some(&contract.state.chain),
            existing: None,
        };
        let decided = Decided::<Rules>::by(&row.state, &Command::RecordFirstContact(self.contact), &context)?;
        let moved = Participant { state: decided.state.clone(), ..row.clone() };
        Ok(record(&moved, &decided, world, entries))
    }
}

/// Writes a row of the version before, and what happened to it.
pub(super) fn record(
    row: &Participant,
    decided: &Decided<Rules>,
    world: &mut World,
    entries: &mut Entries<'_>,
) -> proto::Participant {
    let moved = Participant { version: decided.version_after(row.version), ..row.clone() };
    for (version, event) in decided.numbered(row.version) {
        entries.append(publish::participant(&moved, version, event, decided.citations.clone()));
    }
    let answer = render::participant::participant(&moved);
    if moved.version > row.version {
        world.participants.put(moved.id, moved);
    }
    answer
}

/// Evidence is a document that is on the person's file and can be read.
fn on_file(contact: Option<&Contact>, documents: &[DocumentId]) -> Result<(), Refusal> {
    let Some(document) = contact.and_then(|contact| contact.document) else { return Ok(()) };
    if documents.contains(&document) {
        return Ok(());
    }
    let description = "must be a readable document of this participant";
    Err(Refusal::Invalid(vec![Violation::new("first_contact.document", field::NOT_ON_FILE, description)]))
}
