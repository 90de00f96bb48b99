//! Every way in which this service's rules say no: a closed set, each documented in `error_reason.proto`.

mod explain;
pub mod field;
mod reason;
mod subject;

use jiff::civil::Date;
use redress_kernel::{Citation, Violation};

use crate::{
    ContractId, DisposalControlId, DisposalId, ErasureRequestId, HoldId, HoldReason, PaymentId, RecordClass,
    RecordId,
    anonymised::Method,
    record::{Gap, Tombstone},
};

pub use reason::REASONS;
pub use subject::Subject;

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fields are wrong, whatever the state; all of them at once.
    #[error("the request is not valid")]
    Invalid(Vec<Violation>),
    /// It is not there, or not for this caller.
    #[error("there is no such resource")]
    NotFound {
        /// Its resource name.
        name: String,
    },
    /// It is there already.
    #[error("it is there already")]
    AlreadyThere {
        /// Resource name of what is there.
        name: String,
    },
    /// Someone else changed it in the meantime.
    #[error("it was changed since it was read")]
    VersionMismatch {
        /// Its resource name.
        name: String,
    },
    /// The stage does not take the command.
    #[error("the stage does not allow this")]
    StageRefuses(Box<Conflict>),
    /// No schedule is known for the class: it is kept, never destroyed by default (reliability D2).
    #[error("no schedule is known for this record, so it is kept")]
    NoSchedule {
        /// The record.
        record: RecordId,
        /// What it is.
        class: RecordClass,
    },
    /// Nothing has set the clock of the record running (reliability D5).
    #[error("nothing has set the term of this record running yet")]
    TriggerNotMet {
        /// The record.
        record: RecordId,
        /// What is missing.
        gap: Gap,
    },
    /// The term of the record has not ended.
    #[error("the term of this record has not ended")]
    NotDue {
        /// The record.
        record: RecordId,
        /// The first day on which it may be destroyed.
        due_from: Date,
        /// The rule that keeps it.
        citation: Box<Citation>,
    },
    /// A hold stands against it (RET-07, RET-08; reliability D10).
    #[error("a hold stands against the destruction of this record")]
    OnHold {
        /// The record.
        record: RecordId,
        /// The holds.
        holds: Vec<(HoldId, HoldReason)>,
    },
    /// Its last hold ended just now (reliability D26).
    #[error("a hold on this record ended so recently that its release can still be put right")]
    HoldRecentlyReleased {
        /// The record.
        record: RecordId,
        /// The first day on which it may be destroyed.
        free_from: Date,
    },
    /// The hold does not hold any more.
    #[error("this hold has ended already")]
    HoldEnded {
        /// The hold.
        hold: HoldId,
    },
    /// A case holds the record; only its end releases it.
    #[error("a case holds this record, and only the end of the case releases it")]
    HeldByCase {
        /// The hold.
        hold: HoldId,
    },
    /// Another organisation placed the hold (reliability D25).
    #[error("another organisation placed this hold, and only that one releases it")]
    NotYourHold {
        /// The hold.
        hold: HoldId,
    },
    /// Two tellings of a payment under one revision differ.
    #[error("this revision of the payment was told differently; a correction takes the next revision")]
    NewsContradicts {
        /// The payment.
        payment: PaymentId,
        /// The revision.
        revision: u16,
    },
    /// The record has as many parts, holds or payments as it takes.
    #[error("this record takes no more")]
    TooMany {
        /// The record.
        record: RecordId,
    },
    /// The record is ordered destroyed, or gone (L31; reliability D22, D32).
    #[error("this record is gone, or its destruction is ordered; what is left is the tombstone")]
    Destroyed {
        /// What is left.
        tombstone: Box<Tombstone>,
    },
    /// The same content was destroyed before (reliability D31).
    #[error("the same content was destroyed before, and is taken in again only on authority")]
    PreviouslyDestroyed {
        /// The record in which it lay.
        record: RecordId,
        /// Day on which that was destroyed.
        destroyed_on: Date,
    },
    /// Processing of the record is restricted (reliability D40).
    #[error(
        "processing of this record is restricted, and only whoever protects data reads what lies with it"
    )]
    Restricted {
        /// The record.
        record: RecordId,
    },
    /// The records of a proposal are of several contracts.
    #[error("the records of one disposal are of one contract")]
    SeveralContracts,
    /// Proposer and approver are the same person (reliability D13).
    #[error("whoever proposed it cannot approve it")]
    SamePerson {
        /// What was proposed.
        subject: Subject,
    },
    /// Whoever approves is the proposer under another name, or a delegate (reliability D14).
    #[error("whoever approves must be another person than the proposer, and ask in person")]
    NotIndependent {
        /// Resource name of what was to be approved.
        subject: String,
    },
    /// Nobody proposed to end it so.
    #[error("nobody has proposed to end this disposal so; read it again")]
    EndingNotProposed {
        /// What was to end.
        subject: Subject,
    },
    /// A holder destroyed something of the record, or may still do so.
    #[error(
        "a holder has destroyed something of this record, or has not answered yet: it cannot be brought back"
    )]
    BeyondRecall {
        /// The disposal.
        disposal: DisposalId,
        /// The record.
        record: RecordId,
    },
    /// It waited too long for approval (reliability D17).
    #[error("this proposal is too old to be approved; propose it again")]
    ApprovalExpired {
        /// What was proposed.
        subject: Subject,
        /// The last day.
        approve_until: Date,
    },
    /// Approval is for something else than was proposed (reliability D16).
    #[error("the digest is not that of what was proposed; read it again")]
    ApprovalDigestMismatch {
        /// What was proposed.
        subject: Subject,
    },
    /// Records of the contract would end sooner, and two people have not agreed (reliability D4).
    #[error(
        "records would end sooner: one person proposes that, another approves, and it applies after a cooling period"
    )]
    ApprovalRequired {
        /// The contract.
        contract: ContractId,
    },
    /// The contract is no longer, or never was, the caller's to decide about (reliability D41).
    #[error(
        "how long records are kept is decided by the present holder of their contract and by the department"
    )]
    NotController {
        /// The contract.
        contract: ContractId,
    },
    /// The schedule is not any more what it was when the change was proposed.
    #[error("the schedule was changed since this was proposed; propose it again")]
    ScheduleMoved {
        /// The change.
        subject: Subject,
    },
    /// Whoever has authority may still stop it.
    #[error("this can still be stopped, and is not done before the last day for that is over")]
    VetoOpen {
        /// The disposal.
        disposal: DisposalId,
        /// The last day of the veto.
        veto_until: Date,
    },
    /// A record is not any more what was proposed (reliability D8).
    #[error("a record of this disposal is held, no longer due, or changed since it was proposed")]
    RecordChanged {
        /// The disposal.
        disposal: DisposalId,
        /// The record, where it may not be destroyed any more.
        record: Option<RecordId>,
    },
    /// Someone stopped all destruction.
    #[error("all destruction is stopped for this organisation")]
    DisposalsStopped {
        /// The switch.
        control: DisposalControlId,
    },
    /// Whoever stopped destruction does not let it go on.
    #[error("another person than the one who stopped destruction lets it go on")]
    StoppedByYou {
        /// The switch.
        control: DisposalControlId,
    },
    /// As much was ordered today as may be.
    #[error("as many records were ordered destroyed today as may be in a day")]
    EnoughForToday {
        /// How many may be.
        most_a_day: u32,
    },
    /// The clock jumped, and nobody has confirmed the date (reliability threat 31).
    #[error("the clock jumped; nothing is destroyed before a person has confirmed the date")]
    DateInDoubt,
    /// The person took part, and is kept for audit and payment (RET-11).
    #[error("whoever took part in the programme is kept for audit and payment")]
    KeptForAudit {
        /// The request.
        request: ErasureRequestId,
    },
    /// The guidance does not name this way to end for this class (RET-04).
    #[error("the guidance does not let a record of this class end in this way")]
    MethodNotAllowed {
        /// The record.
        record: RecordId,
        /// What it is.
        class: RecordClass,
        /// The way.
        method: Method,
    },
    /// People could still be told apart (RET-13; reliability D28).
    #[error(
        "these reports would not be anonymous: the fields named would still tell of a person, or they are too few"
    )]
    NotAnonymous {
        /// Paths of the fields, never what stands in them.
        fields: Vec<String>,
    },
    /// A day that no calendar covers, or past the end of the civil calendar.
    #[error(transparent)]
    Policy(#[from] redress_policy::Refusal),
}

/// A command that a stage does not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Resource name of the thing.
    pub subject: String,
    /// The command.
    pub command: &'static str,
    /// The stage it is in.
    pub current: &'static str,
    /// The stages that take it.
    pub allowed: Vec<&'static str>,
}

/// The refusal of a stage.
pub(crate) fn conflict(conflict: Conflict) -> Refusal {
    Refusal::StageRefuses(Box::new(conflict))
}

impl From<Vec<Violation>> for Refusal {
    fn from(violations: Vec<Violation>) -> Self {
        Self::Invalid(violations)
    }
}
