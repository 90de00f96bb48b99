//! A proposed change in how services are reached, or an idea for better efficiency: in writing to the named Performance
//! Manager (ISS-02), and made only after approval (ISS-03, A0 7.09; domain 3.6).

mod moves;

use jiff::civil::Date;
use redress_kernel::{Decider, Decision};
use redress_policy::{Pack, PackRef};
use serde::{Deserialize, Serialize};

use crate::{Actor, ChangeProposalId, ContractId, OrganisationId, Refusal};

/// The rules of a change proposal.
#[derive(Debug)]
pub enum Rules {}

/// What is known of a proposal in every stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The proposal.
    pub id: ChangeProposalId,
    /// Contract whose services it concerns.
    pub contract: ContractId,
    /// Organisation that proposes it.
    pub organisation: OrganisationId,
    /// What kind of change.
    pub category: Category,
    /// Opaque id of the Performance Manager to whom it is addressed.
    pub performance_manager: String,
    /// The moves so far, oldest first.
    pub history: Vec<Move>,
}

/// One move of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Move {
    /// Where it came to stand.
    pub stage: StageName,
    /// Day.
    pub on: Date,
    /// Who moved it.
    pub by: Actor,
}

/// Kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Category {
    /// Changes how services are reached.
    Access,
    /// Makes services more efficient.
    Efficiency,
}

/// Where a proposal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum StageName {
    /// Not drafted.
    Undrafted,
    /// Being written, or back there because the guidance changed after approval.
    Drafted,
    /// With the Performance Manager.
    Submitted,
    /// The Performance Manager asked for more.
    MoreInformation,
    /// Approved.
    Approved,
    /// Rejected.
    Rejected,
    /// Made.
    Implemented,
    /// Looked back upon.
    Reviewed,
    /// Withdrawn before approval.
    Withdrawn,
}

/// The state of a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// Nobody drafted it.
    Undrafted,
    /// Being written.
    Drafted(Proposal),
    /// With the Performance Manager, under the pack of that day.
    Submitted {
        /// The proposal.
        proposal: Proposal,
        /// The pack.
        pack: PackRef,
    },
    /// The Performance Manager asked for more.
    MoreInformation {
        /// The proposal.
        proposal: Proposal,
        /// The pack.
        pack: PackRef,
    },
    /// Approved under a pack; the approval ends with it.
    Approved {
        /// The proposal.
        proposal: Proposal,
        /// The pack.
        pack: PackRef,
    },
    /// Rejected.
    Rejected(Proposal),
    /// Made.
    Implemented(Proposal),
    /// Looked back upon.
    Reviewed(Proposal),
    /// Withdrawn before approval.
    Withdrawn(Proposal),
}

/// What may be asked of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Drafts it.
    Draft {
        /// Id for it.
        id: ChangeProposalId,
        /// Contract whose services it concerns.
        contract: ContractId,
        /// Organisation that proposes it.
        organisation: OrganisationId,
        /// What kind of change.
        category: Category,
        /// Opaque id of the Performance Manager.
        performance_manager: String,
    },
    /// Submits it, or submits it again with more information.
    Submit {
        /// Day.
        on: Date,
    },
    /// Decides on it.
    Decide {
        /// The decision.
        decision: Verdict,
        /// Day of the decision.
        decided_on: Date,
        /// Whether the decision has a reference at the department.
        referenced: bool,
        /// Whether a comment was given.
        commented: bool,
    },
    /// Makes the change.
    Implement {
        /// Day.
        on: Date,
    },
    /// Looks back upon it.
    Review {
        /// Day.
        on: Date,
    },
    /// Withdraws it before approval.
    Withdraw {
        /// Day.
        on: Date,
    },
    /// Ends an approval because the guidance changed; fired when a new pack binds the contract (the suite's own rule).
    Expire,
}

/// A decision on a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It may be made.
    Approve,
    /// It may not.
    Reject,
    /// More is needed first.
    AskForMore,
}

/// What happened to a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was drafted.
    ChangeProposalDrafted {
        /// The proposal.
        id: ChangeProposalId,
        /// Contract whose services it concerns.
        contract: ContractId,
        /// Organisation that proposes it.
        organisation: OrganisationId,
        /// What kind of change.
        category: Category,
        /// Opaque id of the Performance Manager.
        performance_manager: String,
        /// Day.
        on: Date,
        /// Who drafted it.
        by: Actor,
    },
    /// It was submitted under a pack.
    ChangeProposalSubmitted {
        /// Day.
        on: Date,
        /// Who submitted it.
        by: Actor,
        /// The pack.
        pack: PackRef,
    },
    /// The Performance Manager asked for more.
    ChangeProposalReturned {
        /// Day.
        on: Date,
        /// Who asked.
        by: Actor,
    },
    /// The Performance Manager approved it.
    ChangeProposalApproved {
        /// Day.
        on: Date,
        /// Who approved it.
        by: Actor,
    },
    /// The Performance Manager rejected it.
    ChangeProposalRejected {
        /// Day.
        on: Date,
        /// Who rejected it.
        by: Actor,
    },
    /// The change was made.
    ChangeProposalImplemented {
        /// Day.
        on: Date,
        /// Who made it.
        by: Actor,
    },
    /// The change was looked back upon.
    ChangeProposalReviewed {
        /// Day.
        on: Date,
        /// Who did.
        by: Actor,
    },
    /// It was withdrawn.
    ChangeProposalWithdrawn {
        /// Day.
        on: Date,
        /// Who withdrew it.
        by: Actor,
    },
    /// Its approval ended because the guidance changed.
    ChangeApprovalExpired {
        /// Day.
        on: Date,
        /// The pack under which it was approved.
        approved_under: PackRef,
        /// The pack that binds now.
        now_under: PackRef,
    },
}

/// What the rules may look at besides the state.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The present civil date in London.
    pub today: Date,
    /// Who asks.
    pub actor: &'a Actor,
    /// The pack that binds the contract today.
    pub pack: &'a Pack,
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ChangeProposalDrafted { .. } => "ChangeProposalDrafted",
            Self::ChangeProposalSubmitted { .. } => "ChangeProposalSubmitted",
            Self::ChangeProposalReturned { .. } => "ChangeProposalReturned",
            Self::ChangeProposalApproved { .. } => "ChangeProposalApproved",
            Self::ChangeProposalRejected { .. } => "ChangeProposalRejected",
            Self::ChangeProposalImplemented { .. } => "ChangeProposalImplemented",
            Self::ChangeProposalReviewed { .. } => "ChangeProposalReviewed",
            Self::ChangeProposalWithdrawn { .. } => "ChangeProposalWithdrawn",
            Self::ChangeApprovalExpired { .. } => "ChangeApprovalExpired",
        }
    }
}

impl StageName {
    /// Every stage.
    pub const ALL: [Self; 9] = [
        Self::Undrafted,
        Self::Drafted,
        Self::Submitted,
        Self::MoreInformation,
        Self::Approved,
        Self::Rejected,
        Self::Implemented,
        Self::Reviewed,
        Self::Withdrawn,
    ];

    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Undrafted => "UNDRAFTED",
            Self::Drafted => "DRAFTED",
            Self::Submitted => "SUBMITTED",
            Self::MoreInformation => "MORE_INFORMATION",
            Self::Approved => "APPROVED",
            Self::Rejected => "REJECTED",
            Self::Implemented => "IMPLEMENTED",
            Self::Reviewed => "REVIEWED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }
}

impl State {
    /// The proposal, once drafted.
    pub const fn proposal(&self) -> Option<&Proposal> {
        match self {
            Self::Undrafted => None,
            Self::Drafted(proposal)
            | Self::Submitted { proposal, .. }
            | Self::MoreInformation { proposal, .. }
            | Self::Approved { proposal, .. }
            | Self::Rejected(proposal)
            | Self::Implemented(proposal)
            | Self::Reviewed(proposal)
            | Self::Withdrawn(proposal) => Some(proposal),
        }
    }

    /// The pack under which it was last submitted, while that matters.
    pub const fn pack(&self) -> Option<&PackRef> {
        match self {
            Self::Submitted { pack, .. }
            | Self::MoreInformation { pack, .. }
            | Self::Approved { pack, .. } => Some(pack),
            Self::Undrafted
            | Self::Drafted(_)
            | Self::Rejected(_)
            | Self::Implemented(_)
            | Self::Reviewed(_)
            | Self::Withdrawn(_) => None,
        }
    }

    /// The name of the stage.
    pub const fn stage_name(&self) -> StageName {
        match self {
            Self::Undrafted => StageName::Undrafted,
            Self::Drafted(_) => StageName::Drafted,
            Self::Submitted { .. } => StageName::Submitted,
            Self::MoreInformation { .. } => StageName::MoreInformation,
            Self::Approved { .. } => StageName::Approved,
            Self::Rejected(_) => StageName::Rejected,
            Self::Implemented(_) => StageName::Implemented,
            Self::Reviewed(_) => StageName::Reviewed,
            Self::Withdrawn(_) => StageName::Withdrawn,
        }
    }

    /// Whether the change was made; only an approved one ever is.
    pub const fn was_implemented(&self) -> bool {
        matches!(self, Self::Implemented(_) | Self::Reviewed(_))
    }
}

impl Decider for Rules {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Context<'a> = Context<'a>;
    type Refusal = Refusal;

    fn initial() -> State {
        State::Undrafted
    }

    fn decide(state: &State, command: &Command, context: &Context<'_>) -> Result<Decision<Event>, Refusal> {
        moves::decide(state, command, context)
    }

    fn evolve(state: State, event: &Event) -> State {
        moves::evolve(state, event)
    }
}
