//! The stages of a complaint, each with what exists in it alone.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{LetterKind, Outcome, StepRef, Subject};
use crate::{Digest, LetterId};

/// The stage of a complaint (domain 3.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Stage {
    /// Received and not yet acknowledged.
    Received,
    /// Sent to where it belongs.
    Redirected {
        /// Why.
        subject: Subject,
        /// Day on which the person was told.
        told_on: Date,
    },
    /// Acknowledged and without a handler.
    Acknowledged,
    /// Being worked at a stage of the procedure.
    AtStage(Work),
    /// Answered at a stage; the person may go further.
    StageResponseIssued {
        /// Stage that was answered.
        stage_number: u8,
        /// Day the response went out.
        issued_on: Date,
    },
    /// The final response is out.
    FinalResponseIssued {
        /// Day it went out.
        issued_on: Date,
    },
    /// With the Independent Case Examiner.
    WithIce {
        /// How it came there.
        contact: ExaminerContact,
        /// The provider's own work where the examiner took the case up before a final response: being with the examiner
        /// does not stop the provider finishing (domain 3.1, invariant 3).
        work: Option<Work>,
        /// Why it was closed, where the examiner took up what the provider regarded as closed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        closed: Option<CloseReason>,
    },
    /// The examiner sent it back to have named steps done again (CMP-14).
    ReopenedByIce(Work),
    /// Closed.
    Closed {
        /// Why.
        reason: CloseReason,
        /// Day on which it closed.
        closed_on: Date,
    },
    /// Withdrawn by the person.
    Withdrawn {
        /// Day on which they did.
        withdrawn_on: Date,
    },
}

/// Work on an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Stage of the procedure, from 1.
    pub stage_number: u8,
    /// The draft of its answer.
    pub drafting: Drafting,
}

/// What became of the draft of an answer (CMP-16).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "draft", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Drafting {
    /// None was submitted.
    None,
    /// It waits for approval.
    Pending(Draft),
    /// The department asked for it to be reworked.
    Rework(Draft),
    /// Approved at its digest, and to nothing else.
    Approved(Draft),
}

/// A draft that was submitted for approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The letter.
    pub letter: LetterId,
    /// What it is a draft of.
    pub kind: LetterKind,
    /// Digest of its text.
    pub digest: Digest,
    /// What it decides.
    pub outcome: Outcome,
}

/// How a complaint came to the examiner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExaminerContact {
    /// Day on which the person went to the examiner.
    pub referred_on: Date,
    /// Day on which the notice reached the provider.
    pub notified_on: Date,
    /// The way in.
    pub way: ExaminerWay,
}

/// By which right a complaint is with the examiner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ExaminerWay {
    /// After a final response, within the window (ICE-01).
    Window,
    /// Without a final response, after eight weeks (CMP-08).
    EarlyAccess,
    /// At the examiner's own discretion.
    Discretion,
}

/// Steps that the examiner wants done again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reopening {
    /// The process run it began.
    pub run: u8,
    /// The steps named.
    pub steps: Vec<StepRef>,
    /// Day on which the request reached the provider.
    pub requested_on: Date,
    /// Day on which that was recorded.
    pub recorded_on: Date,
    /// Day that the examiner stated.
    pub stated_due_on: Option<Date>,
}

/// Why a complaint closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CloseReason {
    /// The person accepted a response.
    Accepted,
    /// The person was silent to the end of the escalation limit.
    Silent,
    /// The examiner's window passed.
    WindowPassed,
    /// The examiner closed the case.
    ExaminerClosed,
    /// Another reason, given in words.
    Other,
}

/// The name of a stage, as on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StageName {
    /// Not registered.
    Unregistered,
    /// Received and not yet acknowledged.
    Received,
    /// Sent to where it belongs.
    Redirected,
    /// Acknowledged and without a handler.
    Acknowledged,
    /// Being worked.
    AtStage,
    /// A draft waits for approval.
    DraftPendingApproval,
    /// A draft must be reworked.
    Rework,
    /// Answered at a stage.
    StageResponseIssued,
    /// The final response is out.
    FinalResponseIssued,
    /// With the examiner.
    WithIce,
    /// Sent back by the examiner.
    ReopenedByIce,
    /// Closed.
    Closed,
    /// Withdrawn.
    Withdrawn,
}

impl StageName {
    /// Every stage, in the order of a case's life.
    pub const ALL: [Self; 13] = [
        Self::Unregistered,
        Self::Received,
        Self::Redirected,
        Self::Acknowledged,
        Self::AtStage,
        Self::DraftPendingApproval,
        Self::Rework,
        Self::StageResponseIssued,
        Self::FinalResponseIssued,
        Self::WithIce,
        Self::ReopenedByIce,
        Self::Closed,
        Self::Withdrawn,
    ];

    /// The name on the wire, without the enum's prefix, such as `AT_STAGE`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unregistered => "UNREGISTERED",
            Self::Received => "RECEIVED",
            Self::Redirected => "REDIRECTED",
            Self::Acknowledged => "ACKNOWLEDGED",
            Self::AtStage => "AT_STAGE",
            Self::DraftPendingApproval => "DRAFT_PENDING_APPROVAL",
            Self::Rework => "REWORK",
            Self::StageResponseIssued => "STAGE_RESPONSE_ISSUED",
            Self::FinalResponseIssued => "FINAL_RESPONSE_ISSUED",
            Self::WithIce => "WITH_ICE",
            Self::ReopenedByIce => "REOPENED_BY_ICE",
            Self::Closed => "CLOSED",
            Self::Withdrawn => "WITHDRAWN",
        }
    }

    /// Whether the provider has nothing more to do.
    pub const fn is_terminal(self) -> bool {
        matches!(self, Self::Redirected | Self::Closed | Self::Withdrawn)
    }
}

impl CloseReason {
    /// The name on the wire, without the enum's prefix.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "ACCEPTED",
            Self::Silent => "SILENT",
            Self::WindowPassed => "WINDOW_PASSED",
            Self::ExaminerClosed => "EXAMINER_CLOSED",
            Self::Other => "OTHER",
        }
    }
}

impl Work {
    /// Work at a stage, without a draft.
    pub const fn at(stage_number: u8) -> Self {
        Self { stage_number, drafting: Drafting::None }
    }
}

impl Drafting {
    /// The draft, whatever became of it.
    pub const fn draft(&self) -> Option<&Draft> {
        match self {
            Self::None => None,
            Self::Pending(draft) | Self::Rework(draft) | Self::Approved(draft) => Some(draft),
        }
    }
}

impl Stage {
    /// The name of the stage.
    pub const fn name(&self) -> StageName {
        match self {
            Self::Received => StageName::Received,
            Self::Redirected { .. } => StageName::Redirected,
            Self::Acknowledged => StageName::Acknowledged,
            Self::AtStage(work) => Self::working(work, StageName::AtStage),
            Self::StageResponseIssued { .. } => StageName::StageResponseIssued,
            Self::FinalResponseIssued { .. } => StageName::FinalResponseIssued,
            Self::WithIce { .. } => StageName::WithIce,
            Self::ReopenedByIce(work) => Self::working(work, StageName::ReopenedByIce),
            Self::Closed { .. } => StageName::Closed,
            Self::Withdrawn { .. } => StageName::Withdrawn,
        }
    }

    /// The work on an answer, where there is some.
    pub const fn work(&self) -> Option<&Work> {
        match self {
            Self::AtStage(work) | Self::ReopenedByIce(work) => Some(work),
            Self::WithIce { work, .. } => work.as_ref(),
            Self::Received
            | Self::Redirected { .. }
            | Self::Acknowledged
            | Self::StageResponseIssued { .. }
            | Self::FinalResponseIssued { .. }
            | Self::Closed { .. }
            | Self::Withdrawn { .. } => None,
        }
    }

    const fn working(work: &Work, otherwise: StageName) -> StageName {
        match work.drafting {
            Drafting::Pending(_) => StageName::DraftPendingApproval,
            Drafting::Rework(_) => StageName::Rework,
            Drafting::None | Drafting::Approved(_) => otherwise,
        }
    }
}
