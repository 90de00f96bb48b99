//! What may be asked of a disposal, and what happened to it.

use jiff::civil::Date;

use super::{AgreedEnding, Approval, Ending, EndingReason, Obstacle, Proposal, ProposedEnding, Receipt};
use crate::{Actor, Digest, RecordId};

/// What may be asked of a disposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Proposes it.
    Propose(Box<Proposal>),
    /// Approves it.
    Approve {
        /// Digest of the manifest that was read.
        digest: Digest,
    },
    /// Stops it.
    Veto,
    /// Gives it up where nobody approved it in time.
    Lapse,
    /// Tells the holders, where every record still stands as it was approved and the veto is over.
    Issue,
    /// The same, asked by a person who does not wait for the next look.
    Execute,
    /// A holder's answer.
    RecordReceipt(Receipt),
    /// Says how it should end, where it stands still.
    ProposeEnding {
        /// How.
        ending: Ending,
        /// Why.
        reason: EndingReason,
        /// Where the reasons are written down.
        reference: String,
    },
    /// Agrees with that.
    ApproveEnding {
        /// The ending that was read.
        ending: Ending,
    },
}

/// What happened to a disposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was proposed.
    DisposalProposed(Box<Proposal>),
    /// It was approved.
    DisposalApproved {
        /// Digest of the manifest that was read.
        digest: Digest,
        /// The approval.
        approval: Approval,
    },
    /// It came to nothing.
    DisposalVoided {
        /// Why.
        obstacle: Obstacle,
        /// Day on which it did.
        on: Date,
        /// The record that stood against it.
        record: Option<RecordId>,
        /// The person who stopped it.
        by: Option<Actor>,
    },
    /// The holders were told.
    DisposalIssued {
        /// Day of the order.
        ordered_on: Date,
    },
    /// A holder's answer arrived.
    ReceiptRecorded(Receipt),
    /// It stands still.
    DisposalHalted {
        /// Why.
        obstacle: Obstacle,
        /// The record behind it.
        record: RecordId,
    },
    /// A person said how it should end.
    EndingProposed(Box<ProposedEnding>),
    /// Two people had it go on.
    DisposalResumed(Box<AgreedEnding>),
    /// Two people accepted what the holders counted.
    CountsAccepted(Box<AgreedEnding>),
    /// Two people brought back what nobody had touched.
    DisposalAbandoned {
        /// What they agreed on.
        agreed: Box<AgreedEnding>,
        /// The records that came back.
        recalled: Vec<RecordId>,
    },
    /// Every holder had done its part.
    DisposalCertified {
        /// Day on which the last had.
        certified_on: Date,
    },
}

impl Command {
    /// Its name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Propose(_) => "Propose",
            Self::Approve { .. } => "Approve",
            Self::Veto => "Veto",
            Self::Lapse => "Lapse",
            Self::Issue => "Issue",
            Self::Execute => "Execute",
            Self::RecordReceipt(_) => "RecordReceipt",
            Self::ProposeEnding { .. } => "ProposeEnding",
            Self::ApproveEnding { .. } => "ApproveEnding",
        }
    }
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::DisposalProposed(_) => "DisposalProposed",
            Self::DisposalApproved { .. } => "DisposalApproved",
            Self::DisposalVoided { .. } => "DisposalVoided",
            Self::DisposalIssued { .. } => "DisposalIssued",
            Self::ReceiptRecorded(_) => "ReceiptRecorded",
            Self::DisposalHalted { .. } => "DisposalHalted",
            Self::EndingProposed(_) => "EndingProposed",
            Self::DisposalResumed(_) => "DisposalResumed",
            Self::CountsAccepted(_) => "CountsAccepted",
            Self::DisposalAbandoned { .. } => "DisposalAbandoned",
            Self::DisposalCertified { .. } => "DisposalCertified",
        }
    }
}
