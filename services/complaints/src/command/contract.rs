//! Recording a contract, and its last day (XCT-01, RET-01).

use complaints_domain::{
    ContractId, OrganisationId, Refusal,
    supply_chain::{Chain, contract},
};
use jiff::{Timestamp, civil::Date};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Sight, london_date};
use redress_policy::{Pack, Rulebook};
use redress_proto::supply_chain::v1 as proto;

use super::expect;
use crate::{
    publish, render,
    store::{
        contract::{Contract, State},
        reach::Reach,
    },
    world::{Want, World},
};

/// Records a contract.
#[derive(Debug)]
pub(crate) struct CreateContract {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// For which organisation of the department.
    pub(crate) caller: OrganisationId,
    /// What is known of it.
    pub(crate) record: contract::Record,
    /// Its reference at the department, in its one form.
    pub(crate) reference: String,
    /// Those of the organisations it names that the caller sees.
    pub(crate) visible: Vec<OrganisationId>,
}

/// Records, corrects or extends the last day of a contract.
#[derive(Debug)]
pub(crate) struct EndContract {
    /// The guidance.
    pub(crate) rulebook: Rulebook,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Which contract.
    pub(crate) contract: ContractId,
    /// The last day.
    pub(crate) end_on: Date,
    /// The version last read.
    pub(crate) expected: Option<i64>,
}

impl shell::Command<World> for CreateContract {
    type Answer = proto::Contract;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::ContractReference(self.reference.clone()));
        wants.extend(self.named().map(Want::Organisation));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Contract, Refusal> {
        // A contract is recorded by the organisation that commissions it.
        if self.record.commissioner != self.caller {
            return Err(Refusal::NotAboveInChain);
        }
        let visible = self.named().filter(|id| self.visible.contains(id));
        let kinds: Vec<_> =
            visible.filter_map(|id| world.organisations.get(id).map(|row| (id, row.kind))).collect();
        let context = contract::Context {
            today: london_date(now),
            library: &self.rulebook.library,
            kinds: &kinds,
            existing: world.contract_references.get(&self.reference).copied(),
        };
        let command = contract::Command::Record(Box::new(self.record.clone()));
        let decided = Decided::<contract::Rules>::by(&contract::State::Unrecorded, &command, &context)?;
        let recorded = decided.state.contract().ok_or_else(|| not_found(self.record.id))?;
        let row = Contract {
            id: recorded.id,
            reference: self.reference.clone(),
            state: State {
                chain: Chain::new(recorded.id, recorded.holder, recorded.commissioner),
                contract: recorded.clone(),
            },
            version: decided.version_after(0),
            revision: 0,
            created_at: now,
        };
        let answer = render::supply_chain::contract(&row, &self.rulebook)?;
        for (version, event) in decided.numbered(0) {
            entries.append(publish::contract(&row, version, event, decided.citations.clone()));
        }
        for Sight { viewer, below } in Sight::at_first(recorded.holder, &recorded.outside()) {
            world.extend_reach(Reach { organisation: viewer, contract: row.id, below });
        }
        world.contract_references.insert(self.reference.clone(), row.id);
        world.contracts.put(row.id, row);
        Ok(answer)
    }
}

impl CreateContract {
    fn named(&self) -> impl Iterator<Item = OrganisationId> {
        let contract::Record { holder, commissioner, jobcentre_plus, .. } = self.record;
        [Some(holder), Some(commissioner), jobcentre_plus].into_iter().flatten()
    }
}

impl shell::Command<World> for EndContract {
    type Answer = proto::Contract;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Contract(self.contract));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::Contract, Refusal> {
        let row = commissioned(world, self.caller, self.contract, self.expected)?.clone();
        let context = contract::Context {
            today: london_date(now),
            library: &self.rulebook.library,
            kinds: &[],
            existing: None,
        };
        let command = contract::Command::End { end_on: self.end_on };
        move_on(&row, &command, &context, &self.rulebook, world, entries)
    }
}

/// A contract that the caller commissions, as the caller last read it.
pub(super) fn commissioned(
    world: &World,
    caller: OrganisationId,
    contract: ContractId,
    expected: Option<i64>,
) -> Result<&Contract, Refusal> {
    let row = visible(world, caller, contract)?;
    if row.state.contract.commissioner != caller {
        return Err(Refusal::NotAboveInChain);
    }
    expect(expected, row.version, || row.id.name())?;
    Ok(row)
}

/// Decides, moves and records.
pub(super) fn move_on(
    row: &Contract,
    command: &contract::Command,
    context: &contract::Context<'_>,
    rulebook: &Rulebook,
    world: &mut World,
    entries: &mut Entries<'_>,
) -> Result<proto::Contract, Refusal> {
    let state = contract::State::Recorded(Box::new(row.state.contract.clone()));
    let decided = Decided::<contract::Rules>::by(&state, command, context)?;
    let mut moved = row.clone();
    if let Some(contract) = decided.state.contract() {
        moved.state.contract = contract.clone();
    }
    moved.version = decided.version_after(row.version);
    let answer = render::supply_chain::contract(&moved, rulebook)?;
    for (version, event) in decided.numbered(row.version) {
        entries.append(publish::contract(&moved, version, event, decided.citations.clone()));
    }
    if moved.version > row.version {
        world.contracts.put(moved.id, moved);
    }
    Ok(answer)
}

/// A contract of whose chain the caller is part.
pub(super) fn visible(
    world: &World,
    caller: OrganisationId,
    contract: ContractId,
) -> Result<&Contract, Refusal> {
    let found = world.contracts.get(contract).filter(|row| world.is_member(caller, row.id));
    found.ok_or_else(|| not_found(contract))
}

/// There is no such contract, or it is not this caller's to see.
pub(super) fn not_found(contract: ContractId) -> Refusal {
    Refusal::NotFound { name: contract.name() }
}

/// The pack that binds a contract on a day; before the contract begins, the one with which it will (XCT-01).
pub(super) fn binding<'r>(
    rulebook: &'r Rulebook,
    contract: &contract::Contract,
    today: Date,
) -> Result<&'r Pack, Refusal> {
    let on = today.max(contract.effective_on);
    Ok(rulebook.library.choose(&contract.programme, contract.effective_on, on)?.pack)
}
