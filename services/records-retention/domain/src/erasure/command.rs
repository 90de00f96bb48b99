//! What may be asked of an erasure request, and what happened to it.

use jiff::civil::Date;

use super::{Answer, Outcome, Progress, Request};
use crate::{ContractId, ErasureRequestId, OrganisationId, PartId, ParticipantId, RecordId};

/// What may be asked of an erasure request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Records that the person asked.
    Receive(Box<Receipt>),
    /// Records the reference of the department's data protection office.
    RecordReference {
        /// The reference.
        reference: String,
    },
    /// Decides it, with the answer.
    Decide {
        /// What.
        outcome: Outcome,
        /// How far the person came.
        progress: Progress,
        /// The answer.
        letter: PartId,
    },
    /// Looks at what the passing of time has done.
    Look,
}

/// A request that was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Id for it.
    pub id: ErasureRequestId,
    /// Contract under which the person is known.
    pub contract: ContractId,
    /// Organisation that received it.
    pub organisation: OrganisationId,
    /// Who asks.
    pub participant: ParticipantId,
    /// Day on which it was received.
    pub received_on: Date,
    /// The record of the correspondence.
    pub correspondence: RecordId,
    /// The holding reply.
    pub holding_reply: PartId,
}

/// What happened to an erasure request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was received, and the holding reply made.
    ErasureRequested(Box<Request>),
    /// The data protection office gave its reference.
    ReferenceRecorded {
        /// The reference.
        reference: String,
    },
    /// It was decided, and the answer made.
    ErasureDecided(Answer),
    /// The promised answer is due within days.
    ErasureAnswerDueSoon {
        /// The last day for it.
        answer_by: Date,
    },
    /// The promised answer is late.
    ErasureAnswerLate {
        /// The last day on which it would have been in time.
        answer_by: Date,
    },
    /// Nothing is left that could be erased.
    ErasureCarriedOut {
        /// Day on which that was found.
        on: Date,
    },
}

impl Command {
    /// Its name.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Receive(_) => "Receive",
            Self::RecordReference { .. } => "RecordReference",
            Self::Decide { .. } => "Decide",
            Self::Look => "Look",
        }
    }
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ErasureRequested(_) => "ErasureRequested",
            Self::ReferenceRecorded { .. } => "ErasureReferenceRecorded",
            Self::ErasureDecided(_) => "ErasureDecided",
            Self::ErasureAnswerDueSoon { .. } => "ErasureAnswerDueSoon",
            Self::ErasureAnswerLate { .. } => "ErasureAnswerLate",
            Self::ErasureCarriedOut { .. } => "ErasureCarriedOut",
        }
    }
}
