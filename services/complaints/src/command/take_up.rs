//! Takes up a complaint that routing handed over, under the id it gave, with the participant where nobody knew one.

use complaints_domain::{
    OrganisationId, Refusal,
    participant::{self, State},
};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, london_date};
use redress_store::sealed::Sealed;
use uuid::Uuid;

use super::{
    contract::{binding, not_found},
    participant::record,
    registration::Registration,
};
use crate::{
    store::{contract::Contract, participant::Participant},
    world::{Want, World},
};

/// Takes up a complaint that was handed over.
#[derive(Debug)]
pub(crate) struct TakeUp {
    /// The complaint. Where nobody is complained about by name, it is whoever works it.
    pub(crate) registration: Registration,
    /// Who works it; the contract holder where it is not said.
    pub(crate) organisation: Option<OrganisationId>,
    /// The person, where nobody recorded them before.
    pub(crate) newcomer: Option<Newcomer>,
    /// Whether Jobcentre Plus brought it, and so sees it (RTE-07).
    pub(crate) brought_by_jobcentre_plus: bool,
}

/// A person whom nobody recorded before. The process was not explained to them by anyone we know of, and the complaint says
/// so (CMP-02).
#[derive(Debug)]
pub(crate) struct Newcomer {
    /// Reference at the provider, in its one form.
    pub(crate) reference: String,
    /// Key of the person's data.
    pub(crate) key: Uuid,
    /// Who the person is, under seal.
    pub(crate) person: Sealed,
}

impl shell::Command<World> for TakeUp {
    type Answer = ();
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        self.registration.wants(wants);
        wants.push(Want::Complaint(self.registration.register.id));
    }

    fn run(&self, world: &mut World, entries: &mut Entries<'_>, now: Timestamp) -> Result<(), Refusal> {
        let mut register = self.registration.register.clone();
        if world.complaints.get(register.id).is_some() {
            return Err(Refusal::AlreadyThere { name: register.id.name() });
        }
        let contract = world.contracts.get(register.contract).ok_or_else(|| not_found(register.contract))?;
        register.organisation = self.organisation.unwrap_or(contract.state.contract.holder);
        if register.respondents.is_empty() {
            register.respondents.push(register.organisation);
        }
        let jobcentre_plus = contract.state.contract.jobcentre_plus;
        let recorded = world.participants.get(register.participant);
        let newcomer = match (recorded, &self.newcomer) {
            (None, Some(newcomer)) => Some(self.welcome(contract, newcomer, register.organisation, now)?),
            (Some(_), _) | (None, None) => None,
        };
        let state = newcomer.as_ref().map(|(_, decided)| &decided.state);
        let participant = state.or_else(|| recorded.map(|row| &row.state)).and_then(State::participant);
        let mut parties = Registration::parties(world, &register);
        parties.extend(jobcentre_plus.filter(|_| self.brought_by_jobcentre_plus));
        let moved = self.registration.decide(world, Some(contract), participant, register, now)?;

        if let (Some((row, decided)), Some(Newcomer { person, .. })) = (newcomer, &self.newcomer) {
            world.participant_references.insert((row.contract, row.reference.clone()), row.id);
            world.add_sealed(person.clone());
            record(&row, &decided, world, entries);
        }
        self.registration.keep(world, entries, parties, moved);
        Ok(())
    }
}

impl TakeUp {
    /// The newcomer's row before anything is recorded of them, and what is.
    fn welcome(
        &self,
        contract: &Contract,
        newcomer: &Newcomer,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> Result<(Participant, Decided<participant::Rules>), Refusal> {
        let Registration { rulebook, actor, register, .. } = &self.registration;
        let today = london_date(now);
        let context = participant::Context {
            today,
            actor,
            pack: binding(rulebook, &contract.state.contract, today)?,
            contract: Some(&contract.state.contract),
            chain: Some(&contract.state.chain),
            existing: None,
        };
        let command = participant::Command::Record {
            id: register.participant,
            contract: contract.id,
            organisation,
            first_contact: None,
        };
        let decided = Decided::<participant::Rules>::by(&State::Unrecorded, &command, &context)?;
        let row = Participant {
            id: register.participant,
            contract: contract.id,
            organisation,
            reference: newcomer.reference.clone(),
            state: decided.state.clone(),
            key: newcomer.key,
            version: 0,
            revision: 0,
            created_at: now,
        };
        Ok((row, decided))
    }
}
