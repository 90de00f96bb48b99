//! Registering a complaint, whoever asks for it: what is decided on, and what is kept of it.

use std::collections::HashSet;

use complaints_domain::{
    Actor, ComplaintId, ContractId, OrganisationId, Refusal,
    complaint::{Command, Context, Facts, Intake, ProcedureSnapshot, Register, Rules, StageName, pack_for},
    participant::Participant,
};
use jiff::{Timestamp, civil::Date};
use redress_journal::append::Entries;
use redress_kernel::{Decider as _, Moment};
use redress_policy::Rulebook;
use redress_store::sealed::Sealed;
use uuid::Uuid;

use super::case::{Moved, advance};
use crate::{
    store::{
        complaint::{Complaint, Summary},
        contract::Contract,
    },
    world::{Want, World},
};

/// A complaint on its way in, its words sealed.
#[derive(Debug)]
pub(crate) struct Registration {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// What is known of it.
    pub(crate) register: Register,
    /// Reference people can read out.
    pub(crate) case_reference: String,
    /// Reference in the caller's own system, in its one form.
    pub(crate) reference: Option<String>,
    /// Keyed digest of whose words it is in.
    pub(crate) fingerprint: Vec<u8>,
    /// Opaque ids of the people complained about.
    pub(crate) persons_complained_about: Vec<String>,
    /// Key of the case.
    pub(crate) key: Uuid,
    /// What the person says, under seal.
    pub(crate) statement: Sealed,
}

impl Registration {
    /// What must be loaded to decide on it.
    pub(super) fn wants(&self, wants: &mut Vec<Want>) {
        let Register { contract, participant, .. } = self.register;
        wants.push(Want::Contract(contract));
        wants.push(Want::Procedures(contract));
        wants.push(Want::Participant(participant));
        wants.push(Want::Fingerprint(participant, self.fingerprint.clone()));
        if let Some(reference) = &self.reference {
            wants.push(Want::ComplaintReference(reference.clone(), contract));
        }
    }

    /// Decides on it, as far as whoever asks sees the contract and the participant. `register` is what is known of it, with the
    /// organisation that works it.
    pub(super) fn decide(
        &self,
        world: &World,
        contract: Option<&Contract>,
        participant: Option<&Participant>,
        register: Register,
        now: Timestamp,
    ) -> Result<Moved, Refusal> {
        let moment = Moment::at(now);
        let (organisation, received_on) = (register.organisation, register.received_on);
        let procedure = procedure_in_force(world, register.contract, organisation, received_on);
        let chosen = contract.map(|row| pack_for(&self.rulebook.library, &row.state.contract, received_on));
        let Some(choice) = chosen.transpose()? else {
            return Err(Refusal::NotFound { name: register.contract.name() });
        };
        let facts = Facts {
            intake: Intake {
                contract: contract.map(|row| &row.state.contract),
                participant,
                procedure: procedure.as_ref(),
                existing: self.existing(world),
            },
            chain: contract.map(|row| &row.state.chain),
            ..Facts::default()
        };
        let context = Context {
            now: moment.now,
            today: moment.today,
            actor: &self.actor,
            pack: choice.pack,
            calendars: &self.rulebook.calendars,
            facts,
        };
        let command = Command::Register(Box::new(register));
        let decision = Rules::decide(&Rules::initial(), &command, &context)?;
        advance(self.row(organisation, received_on, now), decision, &self.rulebook, moment)
    }

    /// Keeps what was decided, for these parties to see.
    pub(super) fn keep(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        parties: HashSet<OrganisationId>,
        moved: Moved,
    ) {
        world.set_parties(self.register.id, parties);
        if let Some(reference) = &self.reference {
            world.complaint_references.insert((reference.clone(), self.register.contract), self.register.id);
        }
        world.fingerprints.insert((self.register.participant, self.fingerprint.clone()), self.register.id);
        world.add_sealed(self.statement.clone());
        moved.record(world, entries);
    }

    /// The complaint that this one repeats.
    fn existing(&self, world: &World) -> Option<ComplaintId> {
        let by_reference = self.reference.as_ref().and_then(|reference| {
            world.complaint_references.get(&(reference.clone(), self.register.contract))
        });
        let fingerprint = (self.register.participant, self.fingerprint.clone());
        by_reference.or_else(|| world.fingerprints.get(&fingerprint)).copied()
    }

    /// Everyone above those who work it or are complained about. Jobcentre Plus sees those it brought and no others, so it is
    /// not among them: what people say of a provider is not its business (RTE-07, J0 7.10).
    pub(super) fn parties(world: &World, register: &Register) -> HashSet<OrganisationId> {
        let contract = register.contract;
        let mut parties = world.seen_by(contract, register.organisation);
        for respondent in &register.respondents {
            parties.extend(world.seen_by(contract, *respondent));
        }
        if let Some(jobcentre_plus) =
            world.contracts.get(contract).and_then(|row| row.state.contract.jobcentre_plus)
        {
            parties.remove(&jobcentre_plus);
        }
        parties
    }

    /// The row before anything has happened.
    fn row(&self, organisation: OrganisationId, received_on: Date, now: Timestamp) -> Complaint {
        Complaint {
            id: self.register.id,
            contract: self.register.contract,
            participant: self.register.participant,
            organisation,
            case_reference: self.case_reference.clone(),
            reference: self.reference.clone(),
            fingerprint: self.fingerprint.clone(),
            persons_complained_about: self.persons_complained_about.clone(),
            state: Rules::initial(),
            summary: Summary {
                stage: StageName::Unregistered,
                stage_number: 0,
                received_on,
                next_due_kind: None,
                next_due_on: None,
                wake_on: None,
                handler: None,
            },
            key: self.key,
            version: 0,
            revision: 0,
            created_at: now,
            updated_at: now,
        }
    }
}

/// The procedure by which an organisation works what it receives on a day: its own, or else that of the nearest
/// organisation above it, whose process reaches through the whole chain (CMP-01).
fn procedure_in_force(
    world: &World,
    contract: ContractId,
    organisation: OrganisationId,
    on: Date,
) -> Option<ProcedureSnapshot> {
    let members = world.contracts.get(contract)?.state.chain.at(on);
    members
        .visible_to(organisation)
        .into_iter()
        .find_map(|organisation| {
            world
                .procedures
                .iter()
                .map(|(_, row)| row)
                .filter(|row| {
                    row.contract == contract && row.organisation == organisation && row.effective_on <= on
                })
                .max_by_key(|row| (row.effective_on, row.series_version))
        })
        .and_then(|row| row.state.procedure())
        .map(|procedure| procedure.body.clone())
}
