//! What happened to a complaint: identifiers, dates, enum values and digests only. Each is a message of the same name in
//! `redress.complaints.v1`.

use jiff::civil::Date;
use redress_policy::{Division, PackRef};

use super::{
    ClockKey, CloseReason, Draft, ExaminerContact, Flag, Outcome, ProcedureSnapshot, Receipt, Reopening,
    Representative, StepDone, Subject, WithdrawnBy,
};
use crate::{
    Actor, Channel, ComplaintId, ContractId, Digest, DocumentId, LetterId, OrganisationId, ParticipantId,
};

/// What happened to a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was registered.
    ComplaintRegistered(Box<Registered>),
    /// Another member of the chain received it.
    ReceiptRecorded {
        /// The receipt.
        receipt: Receipt,
        /// The earliest day of receipt now (Q2).
        received_on: Date,
    },
    /// The person was sent to where it belongs.
    ComplaintRedirected {
        /// Why.
        subject: Subject,
        /// Day on which the person was told.
        told_on: Date,
        /// How.
        channel: Channel,
    },
    /// The acknowledgement went out.
    ComplaintAcknowledged {
        /// Day it went out.
        acknowledged_on: Date,
        /// How it went out.
        channel: Channel,
    },
    /// A handler was named.
    HandlerAssigned {
        /// Opaque id of the person.
        handler: String,
    },
    /// Work at the entry stage began: the complaint is acknowledged and has a handler.
    StageEntered {
        /// The stage.
        stage_number: u8,
    },
    /// A step was done.
    StepCompleted(StepDone),
    /// A draft went to the department.
    DraftSubmitted {
        /// The draft.
        draft: Draft,
        /// Stage it answers.
        stage_number: u8,
        /// The draft whose place it takes; an approval of that one is void.
        supersedes: Option<LetterId>,
    },
    /// The department approved a draft at its digest.
    DraftApproved {
        /// The draft.
        letter: LetterId,
        /// The digest approved.
        digest: Digest,
        /// Who approved it.
        by: Actor,
    },
    /// The department asked for a draft to be reworked.
    DraftReturned {
        /// The draft.
        letter: LetterId,
    },
    /// The response of a stage went out.
    StageResponseIssued(Issued),
    /// The complaint went to the next stage.
    ComplaintEscalated {
        /// The stage it leads to.
        to_stage: u8,
        /// Day on which the person asked for it.
        requested_on: Date,
        /// Day on which that was recorded.
        recorded_on: Date,
    },
    /// The final response went out.
    FinalResponseIssued(Issued),
    /// A correction went out.
    CorrectionIssued(Correction),
    /// The examiner took the case up.
    ExaminerContactRecorded(ExaminerContact),
    /// The examiner had steps reopened.
    StepsReopened(Reopening),
    /// The examiner did not take it.
    ReturnedByExaminer {
        /// Day on which the examiner said so.
        returned_on: Date,
    },
    /// The person withdrew.
    ComplaintWithdrawn {
        /// Who withdrew.
        by: WithdrawnBy,
        /// Day on which they did.
        withdrawn_on: Date,
        /// How.
        channel: Channel,
        /// The written withdrawal.
        document: Option<DocumentId>,
    },
    /// It closed.
    ComplaintClosed {
        /// Why.
        reason: CloseReason,
        /// Day on which it closed.
        closed_on: Date,
    },
    /// The early way to the examiner opened.
    EarlyAccessOpened {
        /// First day of the right.
        opens_on: Date,
    },
    /// A limit passed without its duty done.
    ClockBreached {
        /// The clock.
        clock: ClockKey,
        /// The day that was missed.
        due_on: Date,
    },
    /// Clocks moved to later dates by a newer calendar.
    ClocksRebased {
        /// The day on which the newer calendar was known.
        known_on: Date,
        /// Its version.
        calendar_version: String,
        /// The clocks that moved.
        moved: Vec<MovedClock>,
    },
    /// Another version of the guidance was pinned.
    PackRepinned {
        /// The one before.
        from: PackRef,
        /// The one now.
        to: PackRef,
    },
}

/// A complaint as it was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The complaint.
    pub id: ComplaintId,
    /// On whose behalf it is made.
    pub participant: ParticipantId,
    /// Contract under which the service was given.
    pub contract: ContractId,
    /// First day of that contract.
    pub contract_effective_on: Date,
    /// Programme of the contract.
    pub programme: String,
    /// Organisations complained about.
    pub respondents: Vec<OrganisationId>,
    /// Organisation that works it.
    pub organisation: OrganisationId,
    /// Day of receipt.
    pub received_on: Date,
    /// Day on which it was recorded.
    pub registered_on: Date,
    /// How it came.
    pub channel: Channel,
    /// What it is about.
    pub subject: Subject,
    /// Whether it is formal.
    pub formal: bool,
    /// Who else speaks for the person.
    pub representative: Option<Representative>,
    /// Day it was raised at Jobcentre Plus.
    pub jobcentre_plus_on: Option<Date>,
    /// The pack pinned.
    pub pack: PackRef,
    /// Whose bank holidays count.
    pub division: Division,
    /// The procedure pinned.
    pub procedure: ProcedureSnapshot,
    /// Stage at which it enters (CMP-13).
    pub entry_stage: u8,
    /// Things that should not be as they are.
    pub flags: Vec<Flag>,
}

/// A response that went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// The letter; an approved draft keeps its id.
    pub letter: LetterId,
    /// Stage it answers.
    pub stage_number: u8,
    /// The process run it belongs to.
    pub run: u8,
    /// Digest of its text.
    pub digest: Digest,
    /// What it decides.
    pub outcome: Outcome,
    /// Day it went out.
    pub issued_on: Date,
    /// Day that was recorded.
    pub recorded_on: Date,
    /// How it went out.
    pub channel: Channel,
    /// Version of the signposting text in it; none for a stage response.
    pub signposting_version: Option<u32>,
}

/// A correction that went out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The correction.
    pub letter: LetterId,
    /// The letter it corrects.
    pub corrects: LetterId,
    /// Stage of the procedure of that letter.
    pub stage_number: u8,
    /// Digest of its text.
    pub digest: Digest,
    /// Day it went out.
    pub issued_on: Date,
    /// Day that was recorded.
    pub recorded_on: Date,
    /// How it went out.
    pub channel: Channel,
}

/// A clock that moved to a later date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedClock {
    /// The clock.
    pub clock: ClockKey,
    /// The date before.
    pub from: Date,
    /// The date now.
    pub to: Date,
}

impl Event {
    /// The name of its message, such as `ComplaintRegistered`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ComplaintRegistered(_) => "ComplaintRegistered",
            Self::ReceiptRecorded { .. } => "ReceiptRecorded",
            Self::ComplaintRedirected { .. } => "ComplaintRedirected",
            Self::ComplaintAcknowledged { .. } => "ComplaintAcknowledged",
            Self::HandlerAssigned { .. } => "HandlerAssigned",
            Self::StageEntered { .. } => "StageEntered",
            Self::StepCompleted(_) => "StepCompleted",
            Self::DraftSubmitted { .. } => "DraftSubmitted",
            Self::DraftApproved { .. } => "DraftApproved",
            Self::DraftReturned { .. } => "DraftReturned",
            Self::StageResponseIssued(_) => "StageResponseIssued",
            Self::ComplaintEscalated { .. } => "ComplaintEscalated",
            Self::FinalResponseIssued(_) => "FinalResponseIssued",
            Self::CorrectionIssued(_) => "CorrectionIssued",
            Self::ExaminerContactRecorded(_) => "ExaminerContactRecorded",
            Self::StepsReopened(_) => "StepsReopened",
            Self::ReturnedByExaminer { .. } => "ReturnedByExaminer",
            Self::ComplaintWithdrawn { .. } => "ComplaintWithdrawn",
            Self::ComplaintClosed { .. } => "ComplaintClosed",
            Self::EarlyAccessOpened { .. } => "EarlyAccessOpened",
            Self::ClockBreached { .. } => "ClockBreached",
            Self::ClocksRebased { .. } => "ClocksRebased",
            Self::PackRepinned { .. } => "PackRepinned",
        }
    }

    /// The day on which it happened, where it is not the day on which it was recorded.
    pub fn happened_on(&self) -> Option<Date> {
        match self {
            Self::ComplaintRegistered(registered) => Some(registered.received_on),
            Self::ReceiptRecorded { receipt, .. } => Some(receipt.on),
            Self::ComplaintRedirected { told_on, .. } => Some(*told_on),
            Self::ComplaintAcknowledged { acknowledged_on, .. } => Some(*acknowledged_on),
            Self::StepCompleted(done) => Some(done.on),
            Self::StageResponseIssued(issued) | Self::FinalResponseIssued(issued) => Some(issued.issued_on),
            Self::ComplaintEscalated { requested_on, .. } => Some(*requested_on),
            Self::CorrectionIssued(correction) => Some(correction.issued_on),
            Self::ExaminerContactRecorded(contact) => Some(contact.notified_on),
            Self::StepsReopened(reopening) => Some(reopening.requested_on),
            Self::ReturnedByExaminer { returned_on } => Some(*returned_on),
            Self::ComplaintWithdrawn { withdrawn_on, .. } => Some(*withdrawn_on),
            Self::ComplaintClosed { closed_on, .. } => Some(*closed_on),
            Self::EarlyAccessOpened { opens_on } => Some(*opens_on),
            Self::HandlerAssigned { .. }
            | Self::StageEntered { .. }
            | Self::DraftSubmitted { .. }
            | Self::DraftApproved { .. }
            | Self::DraftReturned { .. }
            | Self::ClockBreached { .. }
            | Self::ClocksRebased { .. }
            | Self::PackRepinned { .. } => None,
        }
    }
}
