//! Registers a complaint: the command that must be quick and must never be lost.

use complaints_domain::{ContractId, OrganisationId, Refusal};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_proto::complaints::v1 as proto;

use super::registration::Registration;
use crate::{
    render,
    world::{Want, World},
};

/// Registers a complaint that a caller brings.
#[derive(Debug)]
pub(crate) struct RegisterComplaint {
    /// The complaint. Where nobody was named to work it, the prime is.
    pub(crate) registration: Registration,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Whether the caller named the organisation that works it.
    pub(crate) organisation_named: bool,
}

impl shell::Command<World> for RegisterComplaint {
    type Answer = proto::Complaint;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        self.registration.wants(wants);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Complaint, Refusal> {
        let mut register = self.registration.register.clone();
        let contract =
            world.contracts.get(register.contract).filter(|row| world.is_member(self.caller, row.id));
        if let (false, Some(contract)) = (self.organisation_named, contract) {
            register.organisation =
                self.working_organisation(world, contract.id, contract.state.contract.holder);
        }
        let participant = world
            .participants
            .get(register.participant)
            .filter(|row| world.sees(self.caller, row.contract, row.organisation))
            .and_then(|row| row.state.participant());
        let mut parties = Registration::parties(world, &register);
        parties.insert(self.caller);
        let moved = self.registration.decide(world, contract, participant, register, now)?;
        let answer = render::complaint::answer(&moved, world, &self.registration.rulebook)?;
        self.registration.keep(world, entries, parties, moved);
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
}
