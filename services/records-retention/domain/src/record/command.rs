//! What may be asked of a record.

use jiff::civil::Date;
use redress_policy::PackRef;

use super::{Holder, Part, Tombstone};
use crate::{
    ComplaintId, ContractId, Digest, DisposalId, Hold, HoldId, HoldReason, Matter, OrganisationId,
    ParticipantId, Payment, RecordClass, RecordId,
    anonymised::{Method, Set},
};

/// What may be asked of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Registers it.
    Register(Box<Register>),
    /// Adds something to it.
    AddPart(Part),
    /// Says whom it is about, where that was learned after its birth.
    Attribute {
        /// The person.
        participant: ParticipantId,
    },
    /// Tells of a payment.
    RecordPayment(Payment),
    /// Places a hold: by a person, or by a case.
    PlaceHold(Hold),
    /// Sets a new day on which to look at a hold.
    ReviewHold {
        /// Which hold.
        hold: HoldId,
        /// The day.
        review_on: Date,
    },
    /// Releases a hold that a person placed.
    ReleaseHold {
        /// Which hold.
        hold: HoldId,
    },
    /// Releases the holds of a case that ended.
    ReleaseMatter {
        /// The case.
        matter: Matter,
        /// Which of its holds.
        reason: HoldReason,
    },
    /// Looks at what the passing of time has done.
    Look,
    /// Orders its destruction, or that it is anonymised.
    Order(Order),
    /// A person judged again whether a set is anonymous.
    ReviewAnonymity {
        /// Whether it still is.
        still_anonymous: bool,
    },
    /// Takes back the order to destroy it, before anything of it was destroyed.
    Recall {
        /// The disposal.
        disposal: DisposalId,
    },
    /// Tells again, after a restore, that it was destroyed since the copy was taken.
    Replay(Box<Tombstone>),
    /// A holder has destroyed its parts.
    RecordCarriedOut {
        /// Which holder.
        holder: Holder,
        /// Day on which it had.
        on: Date,
    },
}

/// A record to be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Id for it.
    pub id: RecordId,
    /// Contract under which it arose.
    pub contract: ContractId,
    /// Organisation that keeps it.
    pub organisation: OrganisationId,
    /// What it is.
    pub class: RecordClass,
    /// Person it is about.
    pub participant: Option<ParticipantId>,
    /// Complaint it is the file of.
    pub complaint: Option<ComplaintId>,
    /// Day on which a report was completed.
    pub completed_on: Option<Date>,
    /// Day on which a funded person started.
    pub funded_start_on: Option<Date>,
    /// The pack that gives its schedule.
    pub pack: PackRef,
    /// What belongs to it from the start.
    pub parts: Vec<Part>,
    /// Holds that stand from its birth: cases of the person that are open already.
    pub holds: Vec<Hold>,
    /// What the set is, where it is one of anonymised reports.
    pub anonymised: Option<Box<Set>>,
}

/// The order to destroy a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The disposal it is part of.
    pub disposal: DisposalId,
    /// What two people agreed on.
    pub digest: Digest,
    /// Who proposed it.
    pub proposed_by: String,
    /// Who approved it.
    pub approved_by: String,
    /// What becomes of it.
    pub method: Method,
    /// The set into which it goes, where it is anonymised.
    pub anonymised_in: Option<RecordId>,
}

/// The kinds of command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CommandKind {
    /// See [`Command::Register`].
    Register,
    /// See [`Command::AddPart`].
    AddPart,
    /// See [`Command::Attribute`].
    Attribute,
    /// See [`Command::RecordPayment`].
    RecordPayment,
    /// See [`Command::PlaceHold`].
    PlaceHold,
    /// See [`Command::ReviewHold`].
    ReviewHold,
    /// See [`Command::ReleaseHold`].
    ReleaseHold,
    /// See [`Command::ReleaseMatter`].
    ReleaseMatter,
    /// See [`Command::Look`].
    Look,
    /// See [`Command::Order`].
    Order,
    /// See [`Command::RecordCarriedOut`].
    RecordCarriedOut,
    /// See [`Command::ReviewAnonymity`].
    ReviewAnonymity,
    /// See [`Command::Recall`].
    Recall,
    /// See [`Command::Replay`].
    Replay,
}

impl CommandKind {
    /// Every kind.
    pub const ALL: [Self; 14] = [
        Self::Register,
        Self::AddPart,
        Self::Attribute,
        Self::RecordPayment,
        Self::PlaceHold,
        Self::ReviewHold,
        Self::ReleaseHold,
        Self::ReleaseMatter,
        Self::Look,
        Self::Order,
        Self::RecordCarriedOut,
        Self::ReviewAnonymity,
        Self::Recall,
        Self::Replay,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Register => "Register",
            Self::AddPart => "AddPart",
            Self::Attribute => "Attribute",
            Self::RecordPayment => "RecordPayment",
            Self::PlaceHold => "PlaceHold",
            Self::ReviewHold => "ReviewHold",
            Self::ReleaseHold => "ReleaseHold",
            Self::ReleaseMatter => "ReleaseMatter",
            Self::Look => "Look",
            Self::Order => "Order",
            Self::RecordCarriedOut => "RecordCarriedOut",
            Self::ReviewAnonymity => "ReviewAnonymity",
            Self::Recall => "Recall",
            Self::Replay => "Replay",
        }
    }
}

impl Command {
    /// The kind.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Register(_) => CommandKind::Register,
            Self::AddPart(_) => CommandKind::AddPart,
            Self::Attribute { .. } => CommandKind::Attribute,
            Self::RecordPayment(_) => CommandKind::RecordPayment,
            Self::PlaceHold(_) => CommandKind::PlaceHold,
            Self::ReviewHold { .. } => CommandKind::ReviewHold,
            Self::ReleaseHold { .. } => CommandKind::ReleaseHold,
            Self::ReleaseMatter { .. } => CommandKind::ReleaseMatter,
            Self::Look => CommandKind::Look,
            Self::Order(_) => CommandKind::Order,
            Self::RecordCarriedOut { .. } => CommandKind::RecordCarriedOut,
            Self::ReviewAnonymity { .. } => CommandKind::ReviewAnonymity,
            Self::Recall { .. } => CommandKind::Recall,
            Self::Replay(_) => CommandKind::Replay,
        }
    }
}
