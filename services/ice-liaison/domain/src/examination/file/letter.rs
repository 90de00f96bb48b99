//! Letters from ICE.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::IceLetterId;

/// A letter from ICE, with a clock of its own (ICE-05).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own: none follows from another")]
pub struct IceLetter {
    /// Which one.
    pub id: IceLetterId,
    /// What it asks.
    pub kind: LetterKind,
    /// Day on which the provider received it.
    pub received_on: Date,
    /// Day on which that was recorded: the calendar as known then counts.
    pub recorded_on: Date,
    /// Day that ICE stated.
    pub stated_on: Option<Date>,
    /// Whether it wants an answer.
    pub wants_answer: bool,
    /// Day by which it must be answered; a cache of what [`super::super::clock::letter`] computes.
    pub due_on: Option<Date>,
    /// ICE stated a later day than the guidance allows; the earlier one holds (Q5).
    pub stated_later: bool,
    /// Papers asked for while ICE brokers without evidence (ICE-06): answering late is no breach of the provider's.
    pub not_needed_yet: bool,
    /// When it was answered.
    pub answered: Option<Answered>,
    /// It passed its day unanswered, and that was said.
    pub overdue: bool,
    /// The case ended before it was answered.
    pub lapsed: bool,
}

/// An answer to a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Day on which it went.
    pub on: Date,
    /// Day on which ICE takes it as received (ICE-23).
    pub taken_on: Date,
    /// Whether it was late.
    pub late: bool,
}

/// What a letter asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LetterKind {
    /// Whether every internal step was done (ICE-03).
    ProcessCheck,
    /// Steps to be done again (ICE-04).
    RevisitRequest,
    /// All papers (ICE-07).
    EvidenceRequest,
    /// Something to be explained.
    InformationRequest,
    /// A resolution or settlement to agree to.
    Proposal,
    /// The report, or a draft of it.
    Report,
    /// Anything else.
    Other,
}

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LetterState {
    /// To be answered.
    Open,
    /// To be answered, and late.
    Overdue,
    /// Answered in time.
    Answered,
    /// Answered late.
    AnsweredLate,
    /// The case ended first.
    Lapsed,
    /// It wants no answer.
    Noted,
}

impl LetterKind {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProcessCheck => "PROCESS_CHECK",
            Self::RevisitRequest => "REVISIT_REQUEST",
            Self::EvidenceRequest => "EVIDENCE_REQUEST",
            Self::InformationRequest => "INFORMATION_REQUEST",
            Self::Proposal => "PROPOSAL",
            Self::Report => "REPORT",
            Self::Other => "OTHER",
        }
    }
}

impl LetterState {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Overdue => "OVERDUE",
            Self::Answered => "ANSWERED",
            Self::AnsweredLate => "ANSWERED_LATE",
            Self::Lapsed => "LAPSED",
            Self::Noted => "NOTED",
        }
    }
}

impl IceLetter {
    /// Where it stands on `today`.
    pub fn state(&self, today: Date) -> LetterState {
        match self.answered {
            Some(answered) if answered.late => LetterState::AnsweredLate,
            Some(_) => LetterState::Answered,
            None if !self.wants_answer => LetterState::Noted,
            None if self.lapsed => LetterState::Lapsed,
            None if self.is_late(today) => LetterState::Overdue,
            None => LetterState::Open,
        }
    }

    /// Whether it waits for an answer.
    pub fn is_open(&self) -> bool {
        self.answered.is_none() && self.wants_answer && !self.lapsed
    }

    /// Whether an answer on `day` is late.
    pub fn is_late(&self, day: Date) -> bool {
        !self.not_needed_yet && self.due_on.is_some_and(|due_on| day > due_on)
    }
}
