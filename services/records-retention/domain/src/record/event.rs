//! What happened to a record.

use jiff::civil::Date;
use redress_kernel::Citation;
use redress_policy::PackRef;

use super::{Holder, Order, Part, Tombstone};
use crate::{
    ComplaintId, ContractId, DisposalId, Hold, HoldId, OrganisationId, ParticipantId, Payment, RecordClass,
    RecordId, anonymised::Set,
};

/// What happened to a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was registered.
    RecordRegistered(Box<Registered>),
    /// Something was added.
    PartAdded(Part),
    /// It was learned whom it is about.
    RecordAttributed {
        /// The person.
        participant: ParticipantId,
    },
    /// A payment was told of or corrected.
    PaymentRecorded(Payment),
    /// A hold was placed.
    HoldPlaced(Hold),
    /// A new day was set on which to look at a hold.
    HoldReviewed {
        /// Which hold.
        hold: HoldId,
        /// The day.
        review_on: Date,
    },
    /// A hold was released.
    HoldReleased {
        /// Which hold.
        hold: HoldId,
        /// Day on which it was.
        released_on: Date,
        /// Whether other holds remain.
        still_held: bool,
    },
    /// Its term ended.
    RecordFellDue {
        /// The last day of the term.
        due_on: Date,
        /// Whether it is held.
        held: bool,
    },
    /// A completed report was not paid for in time (Q12).
    ReportUnpaid {
        /// The day by which it should have been.
        due_on: Date,
    },
    /// Its destruction was ordered.
    DisposalOrdered {
        /// By which disposal, and whose.
        order: Order,
        /// The last day of the term.
        due_on: Date,
        /// The rule that allows it.
        rule: Citation,
        /// Day of the order.
        ordered_on: Date,
    },
    /// The order was taken back; nothing of it was destroyed.
    DisposalRecalled {
        /// The disposal.
        disposal: DisposalId,
        /// Day on which it was.
        on: Date,
    },
    /// A case opened after the order; its hold counts where the order is taken back.
    HoldCameLate(Hold),
    /// After a restore it was told again that it is gone.
    ErasureReplayed(Box<Tombstone>),
    /// A person has to judge again whether a set is anonymous (RET-13).
    AnonymityReviewDue {
        /// The day by which.
        due_on: Date,
    },
    /// A person did.
    AnonymityReviewed {
        /// Day on which they did.
        on: Date,
        /// Whether it still is.
        still_anonymous: bool,
    },
    /// A holder destroyed its parts; others have not yet.
    HolderDone {
        /// Which holder.
        holder: Holder,
    },
    /// The last part is gone.
    RecordDestroyed {
        /// Day on which it was.
        destroyed_on: Date,
    },
}

/// A record as it was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The record.
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
    /// Day on which it was registered.
    pub registered_on: Date,
    /// What the set is, where it is one of anonymised reports.
    pub anonymised: Option<Box<Set>>,
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::RecordRegistered(_) => "RecordRegistered",
            Self::PartAdded(_) => "PartAdded",
            Self::RecordAttributed { .. } => "RecordAttributed",
            Self::PaymentRecorded(_) => "PaymentRecorded",
            Self::HoldPlaced(_) => "HoldPlaced",
            Self::HoldReviewed { .. } => "HoldReviewed",
            Self::HoldReleased { .. } => "HoldReleased",
            Self::RecordFellDue { .. } => "RecordFellDue",
            Self::ReportUnpaid { .. } => "ReportUnpaid",
            Self::DisposalOrdered { .. } => "DisposalOrdered",
            Self::DisposalRecalled { .. } => "DisposalRecalled",
            Self::HoldCameLate(_) => "HoldCameLate",
            Self::ErasureReplayed(_) => "ErasureReplayed",
            Self::AnonymityReviewDue { .. } => "AnonymityReviewDue",
            Self::AnonymityReviewed { .. } => "AnonymityReviewed",
            Self::HolderDone { .. } => "HolderDone",
            Self::RecordDestroyed { .. } => "RecordDestroyed",
        }
    }
}
