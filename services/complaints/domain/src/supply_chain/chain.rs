//! The supply chain of one contract: dated links between organisations, and the tree that holds on a day.
//!
//! Links are never removed, only ended. Who was under whom on a day in the past stays so: a subcontractor that moves to
//! another parent takes nothing of its history along.

mod link;

use std::collections::{BTreeMap, btree_map::Entry};

use jiff::civil::Date;
use redress_kernel::{Decider, Decision};
use serde::{Deserialize, Serialize};

use crate::{Actor, ContractId, OrganisationId, Refusal, SupplyChainLinkId};

/// The deepest tier a chain may have.
pub const DEEPEST_TIER: u8 = 10;

/// The rules of a supply chain.
#[derive(Debug)]
pub enum Rules {}

/// The chain of one contract: the state, with every link there ever was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// The contract.
    pub contract: ContractId,
    /// The prime, at the top.
    pub holder: OrganisationId,
    /// The organisation of the department, which may change any part of the chain.
    pub commissioner: OrganisationId,
    /// The links, oldest first.
    pub links: Vec<Link>,
}

/// One organisation working under another for some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The link.
    pub id: SupplyChainLinkId,
    /// The organisation above.
    pub parent: OrganisationId,
    /// The subcontractor.
    pub subcontractor: OrganisationId,
    /// First day.
    pub effective_on: Date,
    /// Last day; none while it runs.
    pub end_on: Option<Date>,
}

/// A member of a chain on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The tier: 0 is the prime, 1 works under it.
    pub tier: u8,
    /// The organisation directly above; none for the prime.
    pub parent: Option<OrganisationId>,
}

/// The members of a chain on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Members(BTreeMap<OrganisationId, Member>);

/// What may be asked of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Puts a subcontractor under a member.
    Add(Link),
    /// Records the last day of a link.
    End {
        /// The link.
        link: SupplyChainLinkId,
        /// The last day.
        end_on: Date,
    },
}

/// What happened to a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A subcontractor was put under a member.
    SubcontractorAdded {
        /// The link.
        link: Link,
        /// Tier of the subcontractor on the first day.
        tier: u8,
    },
    /// The last day of a link was recorded.
    SubcontractorEnded {
        /// The link.
        link: SupplyChainLinkId,
        /// The last day before, where there was one.
        previous: Option<Date>,
        /// The last day.
        end_on: Date,
    },
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// Whether the subcontractor of the command is known, and a provider.
    pub subcontractor_is_provider: bool,
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::SubcontractorAdded { .. } => "SubcontractorAdded",
            Self::SubcontractorEnded { .. } => "SubcontractorEnded",
        }
    }
}

impl Link {
    /// Whether it holds on `on`.
    pub fn in_force_on(&self, on: Date) -> bool {
        self.effective_on <= on && self.end_on.is_none_or(|end| on <= end)
    }

    /// Whether it shares a day with `other`.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.effective_on <= other.end_on.unwrap_or(Date::MAX)
            && other.effective_on <= self.end_on.unwrap_or(Date::MAX)
    }
}

impl Members {
    /// Whether `organisation` belongs to the chain.
    pub fn contains(&self, organisation: OrganisationId) -> bool {
        self.0.contains_key(&organisation)
    }

    /// The place of `organisation`.
    pub fn get(&self, organisation: OrganisationId) -> Option<Member> {
        self.0.get(&organisation).copied()
    }

    /// Every member with its place.
    pub fn iter(&self) -> impl Iterator<Item = (OrganisationId, Member)> {
        self.0.iter().map(|(organisation, member)| (*organisation, *member))
    }

    /// Those above `organisation`, the nearest first; empty for the prime and for those outside.
    pub fn ancestors(&self, organisation: OrganisationId) -> Vec<OrganisationId> {
        let mut above = Vec::new();
        let mut next = self.get(organisation).and_then(|member| member.parent);
        while let Some(parent) = next {
            above.push(parent);
            next = self.get(parent).and_then(|member| member.parent);
        }
        above
    }

    /// Those who may see what `organisation` does: itself and everyone above it.
    pub fn visible_to(&self, organisation: OrganisationId) -> Vec<OrganisationId> {
        let mut viewers = vec![organisation];
        viewers.extend(self.ancestors(organisation));
        viewers
    }
}

impl Chain {
    /// A chain of the prime alone.
    pub const fn new(contract: ContractId, holder: OrganisationId, commissioner: OrganisationId) -> Self {
        Self { contract, holder, commissioner, links: Vec::new() }
    }

    /// The members on `on`: the prime, and everyone whom links in force on that day join to it.
    pub fn at(&self, on: Date) -> Members {
        let mut members = BTreeMap::from([(self.holder, Member { tier: 0, parent: None })]);
        let mut reached = vec![(self.holder, 0_u8)];
        while let Some((parent, tier)) = reached.pop() {
            for link in self.links.iter().filter(|link| link.parent == parent && link.in_force_on(on)) {
                let below = tier.saturating_add(1);
                // The first way in holds; the rules leave no second one, and no circle can keep this going.
                if let Entry::Vacant(place) = members.entry(link.subcontractor) {
                    place.insert(Member { tier: below, parent: Some(parent) });
                    reached.push((link.subcontractor, below));
                }
            }
        }
        Members(members)
    }

    /// The link of this id.
    pub fn link(&self, id: SupplyChainLinkId) -> Option<&Link> {
        self.links.iter().find(|link| link.id == id)
    }
}

impl Decider for Rules {
    type State = Option<Chain>;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;
    type Refusal = Refusal;

    /// No contract, no chain: whoever records the contract makes its chain with [`Chain::new`].
    fn initial() -> Option<Chain> {
        None
    }

    fn decide(
        state: &Option<Chain>,
        command: &Command,
        context: &Context<'_>,
    ) -> Result<Decision<Event>, Refusal> {
        let Some(chain) = state else { return Err(Refusal::NotFound { name: "contracts".to_owned() }) };
        match command {
            Command::Add(link) => link::add(chain, *link, context),
            Command::End { link, end_on } => link::end(chain, *link, *end_on, context),
        }
    }

    fn evolve(state: Option<Chain>, event: &Event) -> Option<Chain> {
        let mut chain = state?;
        match event {
            Event::SubcontractorAdded { link, .. } => chain.links.push(*link),
            Event::SubcontractorEnded { link, end_on, .. } => {
                if let Some(known) = chain.links.iter_mut().find(|known| known.id == *link) {
                    known.end_on = Some(*end_on);
                }
            }
        }
        Some(chain)
    }
}
