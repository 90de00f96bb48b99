//! What may be asked of a change, and what happened to it.

use jiff::civil::Date;

use super::{Approval, Obstacle, Proposal};
use crate::{Actor, Digest};

/// What may be asked of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Makes it at once; only where nothing ends sooner.
    Make(Box<Proposal>),
    /// Proposes it.
    Propose(Box<Proposal>),
    /// Approves it.
    Approve {
        /// Digest of what was read.
        digest: Digest,
    },
    /// Takes it back, or objects.
    Withdraw,
    /// Gives it up where nobody approved it in time.
    Lapse,
    /// Applies it, where the cooling period is over and the schedule is as it was read.
    Apply,
}

/// What happened to a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was made at once.
    ScheduleChangeMade(Box<Proposal>),
    /// It was proposed.
    ScheduleChangeProposed(Box<Proposal>),
    /// It was approved, and cools.
    ScheduleChangeApproved {
        /// Digest of what was read.
        digest: Digest,
        /// The approval.
        approval: Approval,
    },
    /// It was applied.
    ScheduleChangeApplied {
        /// Day on which it was.
        on: Date,
    },
    /// It came to nothing.
    ScheduleChangeVoided {
        /// Why.
        obstacle: Obstacle,
        /// Day on which it did.
        on: Date,
        /// The person who stopped it.
        by: Option<Actor>,
    },
}

impl Command {
    /// Its name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Make(_) => "Make",
            Self::Propose(_) => "Propose",
            Self::Approve { .. } => "Approve",
            Self::Withdraw => "Withdraw",
            Self::Lapse => "Lapse",
            Self::Apply => "Apply",
        }
    }
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ScheduleChangeMade(_) => "ScheduleChangeMade",
            Self::ScheduleChangeProposed(_) => "ScheduleChangeProposed",
            Self::ScheduleChangeApproved { .. } => "ScheduleChangeApproved",
            Self::ScheduleChangeApplied { .. } => "ScheduleChangeApplied",
            Self::ScheduleChangeVoided { .. } => "ScheduleChangeVoided",
        }
    }

    /// Whether from now on the dates of the contract's records hang on something else.
    pub const fn moves_dates(&self) -> bool {
        match self {
            Self::ScheduleChangeMade(_) | Self::ScheduleChangeApplied { .. } => true,
            Self::ScheduleChangeProposed(_)
            | Self::ScheduleChangeApproved { .. }
            | Self::ScheduleChangeVoided { .. } => false,
        }
    }
}
