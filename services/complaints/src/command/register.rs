//! Registers a complaint: the command that must be quick and must never be lost.

use redress_policy::Rulebook;
use redress_store::sealed::Sealed;
use std::collections::HashSet;

use complaints_domain::{
    Actor, ContractId, OrganisationId, Refusal,
    complaint::{Command, Context, Facts, Intake, ProcedureSnapshot, Register, Rules, StageName, pack_for},
};
use jiff::{Timestamp, civil::Date};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decider as _, Moment};
use redress_proto::complaints::v1 as proto;
use uuid::Uuid;

use super::case::advance;
use crate::{
    render,
    store::complaint::{Complaint, Summary},
    world::{Want, World},
};

/// A complaint on its way in, its words sealed.
#[derive(Debug)]
pub(crate) struct RegisterComplaint {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// What is known of it. Where nobody was named to work it, the prime is.
    pub(crate) register: Register,
    /// Whether the caller named the organisation that works it.
    pub(crate) organisation_named: bool,
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

impl shell::Command<World> for RegisterComplaint {
    type Answer = proto::Complaint;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        let Register { contract, participant, .. } = self.register;
        wants.push(Want::Contract(contract));
        wants.push(Want::Procedures(contract));
        wants.push(Want::Participant(participant));
        wants.push(Want::Fingerprint(participant, self.fingerprint.clone()));
        if let Some(reference) = &self.reference {
            wants.push(Want::ComplaintReference(reference.clone(), contract));
        }
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Complaint, Refusal> {
        let moment = Moment::at(now);
        let contract =
            world.contracts.get(self.register.contract).filter(|row| world.is_member(self.caller, row.id));
        let mut register = self.register.clone();
        if let (false, Some(contract)) = (self.organisation_named, contract) {
            register.organisation =
                self.working_organisation(world, contract.id, contract.state.contract.holder);
        }
        let (organisation, received_on) = (register.organisation, register.received_on);
        let participant = world
            .participants
            .get(register.participant)
            .filter(|row| world.sees(self.caller, row.contract, row.organisation));
        let procedure = procedure_in_force(world, register.contract, organisation, received_on);
        let chosen = contract.map(|row| pack_for(&self.rulebook.library, &row.state.contract, received_on));
        let Some(choice) = chosen.transpose()? else {
            return Err(Refusal::NotFound { name: register.contract.name() });
        };
        let facts = Facts {
            intake: Intake {
                contract: contract.map(|row| &row.state.contract),
                participant: participant.and_then(|row| row.state.participant()),
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
        let moved = advance(self.row(organisation, received_on, now), decision, &self.rulebook, moment)?;
        let answer = render::complaint::answer(&moved, world, &self.rulebook)?;

        let parties = self.parties(world, organisation);
        world.set_parties(self.register.id, parties);
        if let Some(reference) = &self.reference {
            world.complaint_references.insert((reference.clone(), self.register.contract), self.register.id);
        }
        world.fingerprints.insert((self.register.participant, self.fingerprint.clone()), self.register.id);
        world.add_sealed(self.statement.clone());
        moved.record(world, entries);
        Ok(answer)
    }
}

impl RegisterComplaint {
    /// Who works it when nobody is named: the caller where it is in the chain itself, otherwise the prime (Q2, CMP-12).
    fn working_organisation(
        &self,
        world: &World,
        contract: ContractId,
        holder: OrganisationId,
    ) -> OrganisationId {
        let in_chain = world.sees(holder, contract, self.caller);
        if in_chain { self.caller } else { holder }
    }

    /// The complaint that this one repeats.
    fn existing(&self, world: &World) -> Option<complaints_domain::ComplaintId> {
        let by_reference = self.reference.as_ref().and_then(|reference| {
            world.complaint_references.get(&(reference.clone(), self.register.contract))
        });
        let fingerprint = (self.register.participant, self.fingerprint.clone());
        by_reference.or_else(|| world.fingerprints.get(&fingerprint)).copied()
    }

    /// Everyone above those who work it or are complained about, and the caller who brought it. Jobcentre Plus sees those it
    /// brought and no others: what people say of a provider is not its business (RTE-07, J0 7.10).
    fn parties(&self, world: &World, organisation: OrganisationId) -> HashSet<OrganisationId> {
        let contract = self.register.contract;
        let mut parties = world.seen_by(contract, organisation);
        for respondent in &self.register.respondents {
            parties.extend(world.seen_by(contract, *respondent));
        }
        if let Some(jobcentre_plus) =
            world.contracts.get(contract).and_then(|row| row.state.contract.jobcentre_plus)
        {
            parties.remove(&jobcentre_plus);
        }
        parties.insert(self.caller);
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
