//! Recording that a contract was novated: another provider sees everything under it, and decides about its records.

use complaints_domain::{
    ContractId, OrganisationId, Refusal,
    supply_chain::contract::{self, Novation},
};
use jiff::Timestamp;
use redress_journal::{append::Entries, shell};
use redress_kernel::{Sight, london_date};
use redress_policy::Rulebook;
use redress_proto::supply_chain::v1 as proto;

use super::contract::{commissioned, move_on};
use crate::{
    store::reach::Reach,
    world::{Want, World},
};

/// Records a novation.
#[derive(Debug)]
pub(crate) struct NovateContract {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Which contract.
    pub(crate) contract: ContractId,
    /// To whom, and when.
    pub(crate) novation: Novation,
    /// Whether the caller sees the organisation to which it was novated.
    pub(crate) visible: bool,
    /// The version last read.
    pub(crate) expected: Option<i64>,
}

impl shell::Command<World> for NovateContract {
    type Answer = proto::Contract;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.extend([Want::Contract(self.contract), Want::Organisation(self.novation.to)]);
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Contract, Refusal> {
        let row = commissioned(world, self.caller, self.contract, self.expected)?.clone();
        let to = self.novation.to;
        let known = world.organisations.get(to).filter(|_| self.visible);
        let kinds: Vec<_> = known.map(|known| (to, known.kind)).into_iter().collect();
        let context = contract::Context {
            today: london_date(now),
            library: &self.rulebook.library,
            kinds: &kinds,
            existing: None,
        };
        let command = contract::Command::Novate(self.novation);
        let answer = move_on(&row, &command, &context, &self.rulebook, world, entries)?;
        let chain = &row.state.chain;
        for Sight { viewer, below } in Sight::from_outside(to, chain.holder, &chain.links) {
            world.extend_reach(Reach { organisation: viewer, contract: row.id, below });
        }
        Ok(answer)
    }
}
