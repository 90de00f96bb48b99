//! Who works under whom: adding and ending links of a chain. The one above does it, never the one below (R10).

use complaints_domain::{
    Actor, ContractId, OrganisationId, Refusal, SupplyChainLinkId,
    supply_chain::{
        Link, OrganisationKind,
        chain::{Command, Context, Rules},
    },
};
use jiff::{Timestamp, civil::Date};
use redress_journal::{append::Entries, shell};
use redress_kernel::{Decided, Sight, london_date};
use redress_proto::supply_chain::v1 as proto;

use super::{contract::visible, expect};
use crate::{
    publish, render,
    store::{contract::Contract, reach::Reach},
    world::{Want, World},
};

/// Puts a subcontractor into a chain.
#[derive(Debug)]
pub(crate) struct AddSubcontractor {
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Under which contract.
    pub(crate) contract: ContractId,
    /// The link.
    pub(crate) link: Link,
}

/// Records the last day of a link.
#[derive(Debug)]
pub(crate) struct EndSubcontractor {
    /// Who asks.
    pub(crate) actor: Actor,
    /// For which organisation.
    pub(crate) caller: OrganisationId,
    /// Which link.
    pub(crate) link: SupplyChainLinkId,
    /// The last day.
    pub(crate) end_on: Date,
    /// The version last read.
    pub(crate) expected: Option<i64>,
}

impl shell::Command<World> for AddSubcontractor {
    type Answer = proto::SupplyChainLink;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Contract(self.contract));
        wants.push(Want::Organisation(self.link.subcontractor));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::SupplyChainLink, Refusal> {
        let row = visible(world, self.caller, self.contract)?;
        let subcontractor = world.organisations.get(self.link.subcontractor);
        let context = Context {
            today: london_date(now),
            actor: &self.actor,
            subcontractor_is_provider: subcontractor
                .is_some_and(|row| row.kind == OrganisationKind::Provider),
        };
        let moved = advance(row, &Command::Add(self.link), &context)?;
        world.links.insert(self.link.id, self.contract);
        moved.record(self.link.id, world, entries)
    }
}

impl shell::Command<World> for EndSubcontractor {
    type Answer = proto::SupplyChainLink;
    type Refusal = Refusal;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Link(self.link));
    }

    fn run(
        &self,
        world: &mut World,
        entries: &mut Entries<'_>,
        now: Timestamp,
    ) -> Result<proto::SupplyChainLink, Refusal> {
        let missing = || Refusal::NotFound { name: self.link.name() };
        let contract = world.links.get(&self.link).copied().ok_or_else(missing)?;
        let row = visible(world, self.caller, contract).map_err(|_| missing())?;
        // A sibling of the chain does not see its links; to it they are not there.
        let parent = row.state.chain.link(self.link).map(|link| link.parent).ok_or_else(missing)?;
        if !world.sees(self.caller, contract, parent) && !self.is_its_own(row) {
            return Err(missing());
        }
        expect(self.expected, row.version, || self.link.name())?;
        let context =
            Context { today: london_date(now), actor: &self.actor, subcontractor_is_provider: true };
        let moved = advance(row, &Command::End { link: self.link, end_on: self.end_on }, &context)?;
        moved.record(self.link, world, entries)
    }
}

impl EndSubcontractor {
    fn is_its_own(&self, row: &Contract) -> bool {
        row.state.chain.link(self.link).is_some_and(|link| link.subcontractor == self.caller)
    }
}

/// A contract whose chain was moved on, not yet written.
struct Moved {
    row: Contract,
    before: i64,
    decided: Decided<Rules>,
}

fn advance(row: &Contract, command: &Command, context: &Context<'_>) -> Result<Moved, Refusal> {
    let decided = Decided::<Rules>::by(&Some(row.state.chain.clone()), command, context)?;
    let mut moved = row.clone();
    if let Some(chain) = &decided.state {
        moved.state.chain = chain.clone();
    }
    moved.version = decided.version_after(row.version);
    Ok(Moved { row: moved, before: row.version, decided })
}

impl Moved {
    fn record(
        self,
        link: SupplyChainLinkId,
        world: &mut World,
        entries: &mut Entries<'_>,
    ) -> Result<proto::SupplyChainLink, Refusal> {
        let Self { row, before, decided } = self;
        let found = row.state.chain.link(link).copied();
        let found = found.ok_or_else(|| Refusal::NotFound { name: link.name() })?;
        for (version, event) in decided.numbered(before) {
            entries.append(publish::chain(&row, version, event, decided.citations.clone()));
        }
        let answer = render::supply_chain::link(&row, &found);
        if row.version > before {
            for reach in reach(&row, &found) {
                world.extend_reach(reach);
            }
            world.contracts.put(row.id, row);
        }
        Ok(answer)
    }
}

/// Who comes to see what through a link.
fn reach(row: &Contract, link: &Link) -> impl Iterator<Item = Reach> {
    let contract = row.id;
    let seen =
        Sight::through(link, row.state.chain.holder, &row.state.chain.links, &row.state.contract.outside());
    seen.into_iter().map(move |Sight { viewer, below }| Reach { organisation: viewer, contract, below })
}
