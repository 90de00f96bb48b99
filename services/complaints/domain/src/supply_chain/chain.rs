//! The supply chain of one contract: dated links between organisations, and the tree that holds on a day.
//!
//! Links are never removed, only ended. Who was under whom on a day in the past stays so: a subcontractor that moves to
//! another parent takes nothing of its history along.

mod link;

use jiff::civil::Date;
use redress_kernel::{Decider, Decision};
pub use redress_kernel::{Link, Member, Members};
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

impl Chain {
    /// A chain of the prime alone.
    pub const fn new(contract: ContractId, holder: OrganisationId, commissioner: OrganisationId) -> Self {
        Self { contract, holder, commissioner, links: Vec::new() }
    }

    /// The members on `on`.
    pub fn at(&self, on: Date) -> Members {
        Members::on(self.holder, &self.links, on)
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
