//! What someone may ask of an examination.

use jiff::civil::Date;
use redress_kernel::Digest;

use super::{DeclineGround, Element, LetterKind, Outcome, RecommendationKind};
use crate::{
    ComplaintId, ExaminationId, IceLetterId, PaperRef, ProcedureId, RecommendationId,
    paper::{Included, Withheld},
    record::StepRef,
};

/// What someone asks for. Texts stay outside: the rules learn only that a reason was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// ICE has a complaint.
    Open {
        /// Id for it.
        id: ExaminationId,
        /// The complaint.
        complaint: ComplaintId,
        /// Day on which the person went to ICE.
        referred_on: Date,
        /// ICE got it after 12 noon (ICE-23).
        after_noon: bool,
        /// Day on which ICE told the provider.
        notified_on: Date,
    },
    /// A letter came from ICE.
    RecordLetter(NewLetter),
    /// A letter was answered.
    AnswerLetter {
        /// Which one.
        letter: IceLetterId,
        /// Day on which the answer went.
        answered_on: Date,
        /// It reached ICE after 12 noon.
        after_noon: bool,
    },
    /// The provider confirms its steps to ICE.
    ConfirmProcess {
        /// Day on which it does.
        confirmed_on: Date,
        /// It reached ICE after 12 noon.
        after_noon: bool,
    },
    /// ICE wants steps done again.
    RequestRevisit {
        /// The steps.
        steps: Vec<StepRef>,
        /// Day on which ICE asked.
        requested_on: Date,
        /// Day that ICE stated.
        due_on: Option<Date>,
    },
    /// The complaint got a new final response; learned from the complaints service.
    NoteFinalResponse,
    /// ICE took the case.
    Accept {
        /// Day on which it did.
        accepted_on: Date,
        /// At its own discretion.
        discretion: bool,
        /// A reason was given.
        reasoned: bool,
    },
    /// ICE did not take the case.
    Decline {
        /// Day on which it decided.
        declined_on: Date,
        /// Why.
        ground: DeclineGround,
        /// A reason was given in words.
        reasoned: bool,
    },
    /// ICE goes on.
    Advance {
        /// What it does.
        to: Move,
        /// Day on which it did.
        on: Date,
        /// ICE gave a reason to leave out a stage.
        reasoned: bool,
    },
    /// The papers went to ICE.
    SendEvidence {
        /// Day on which they did.
        sent_on: Date,
        /// It reached ICE after 12 noon.
        after_noon: bool,
        /// What went.
        included: Vec<Included>,
        /// What did not.
        withheld: Vec<Withheld>,
    },
    /// Person and provider agreed.
    Agree {
        /// Day on which the person did.
        person_agreed_on: Option<Date>,
        /// Day on which the provider did.
        provider_agreed_on: Option<Date>,
    },
    /// ICE reported.
    IssueReport(NewReport),
    /// Somebody sees to a recommendation.
    AssignRecommendation {
        /// Which one.
        recommendation: RecommendationId,
        /// Opaque id of the person.
        owner: String,
        /// Day by which it is to be done.
        due_on: Date,
    },
    /// A recommendation was carried out.
    CompleteRecommendation {
        /// Which one.
        recommendation: RecommendationId,
        /// Day on which it was.
        completed_on: Date,
        /// Papers that show it.
        evidence: Vec<PaperRef>,
        /// The version of the procedure that carries it out.
        procedure: Option<ProcedureId>,
    },
    /// The provider gives its account.
    SubmitAccount {
        /// Day on which it went.
        given_on: Date,
        /// Papers that support it.
        evidence: Vec<PaperRef>,
        /// Digest of the statement.
        digest: Digest,
    },
    /// The person withdrew.
    Withdraw {
        /// Day on which they did.
        withdrawn_on: Date,
    },
    /// ICE closed a case it reported on.
    Close {
        /// Day on which it did.
        closed_on: Date,
    },
    /// A letter passed its day; fired by the clock.
    FlagOverdue {
        /// Which one.
        letter: IceLetterId,
    },
}

/// A letter that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewLetter {
    /// Id for it.
    pub id: IceLetterId,
    /// What it asks.
    pub kind: LetterKind,
    /// Day on which the provider received it.
    pub received_on: Date,
    /// Day that ICE stated.
    pub stated_on: Option<Date>,
    /// Whether it wants an answer.
    pub wants_answer: bool,
}

/// A report that came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    /// Day of the decision.
    pub decided_on: Date,
    /// The outcome as a whole.
    pub outcome: Outcome,
    /// Element by element.
    pub elements: Vec<Element>,
    /// Digest of the report as received.
    pub digest: Option<Digest>,
    /// What it recommends.
    pub recommendations: Vec<NewRecommendation>,
}

/// A recommendation of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRecommendation {
    /// Id for it.
    pub id: RecommendationId,
    /// Its kind.
    pub kind: RecommendationKind,
    /// Opaque id of the person who sees to it.
    pub owner: Option<String>,
    /// Day by which it is to be done.
    pub due_on: Option<Date>,
}

/// What ICE does with a case it took.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Move {
    /// Begins to broker without evidence (ICE-06).
    BeginResolution,
    /// Calls for all papers (ICE-07).
    RequestEvidence,
    /// Gives it to an investigator (ICE-08, ICE-26).
    Allocate,
    /// Investigates (ICE-09).
    BeginInvestigation,
}

/// The kind of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CommandKind {
    /// See [`Command::Open`].
    Open,
    /// See [`Command::RecordLetter`].
    RecordLetter,
    /// See [`Command::AnswerLetter`].
    AnswerLetter,
    /// See [`Command::ConfirmProcess`].
    ConfirmProcess,
    /// See [`Command::RequestRevisit`].
    RequestRevisit,
    /// See [`Command::NoteFinalResponse`].
    NoteFinalResponse,
    /// See [`Command::Accept`].
    Accept,
    /// See [`Command::Decline`].
    Decline,
    /// See [`Move::BeginResolution`].
    BeginResolution,
    /// See [`Move::RequestEvidence`].
    RequestEvidence,
    /// See [`Command::SendEvidence`].
    SendEvidence,
    /// See [`Move::Allocate`].
    Allocate,
    /// See [`Move::BeginInvestigation`].
    BeginInvestigation,
    /// See [`Command::Agree`].
    Agree,
    /// See [`Command::IssueReport`].
    IssueReport,
    /// See [`Command::AssignRecommendation`].
    AssignRecommendation,
    /// See [`Command::CompleteRecommendation`].
    CompleteRecommendation,
    /// See [`Command::SubmitAccount`].
    SubmitAccount,
    /// See [`Command::Withdraw`].
    Withdraw,
    /// See [`Command::Close`].
    Close,
    /// See [`Command::FlagOverdue`].
    FlagOverdue,
}

impl CommandKind {
    /// Every kind, in the order of a case's life.
    pub const ALL: [Self; 21] = [
        Self::Open,
        Self::RecordLetter,
        Self::AnswerLetter,
        Self::ConfirmProcess,
        Self::RequestRevisit,
        Self::NoteFinalResponse,
        Self::Accept,
        Self::Decline,
        Self::BeginResolution,
        Self::RequestEvidence,
        Self::SendEvidence,
        Self::Allocate,
        Self::BeginInvestigation,
        Self::Agree,
        Self::IssueReport,
        Self::AssignRecommendation,
        Self::CompleteRecommendation,
        Self::SubmitAccount,
        Self::Withdraw,
        Self::Close,
        Self::FlagOverdue,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "Open",
            Self::RecordLetter => "RecordLetter",
            Self::AnswerLetter => "AnswerLetter",
            Self::ConfirmProcess => "ConfirmProcess",
            Self::RequestRevisit => "RequestRevisit",
            Self::NoteFinalResponse => "NoteFinalResponse",
            Self::Accept => "Accept",
            Self::Decline => "Decline",
            Self::BeginResolution => "BeginResolution",
            Self::RequestEvidence => "RequestEvidence",
            Self::SendEvidence => "SendEvidence",
            Self::Allocate => "Allocate",
            Self::BeginInvestigation => "BeginInvestigation",
            Self::Agree => "Agree",
            Self::IssueReport => "IssueReport",
            Self::AssignRecommendation => "AssignRecommendation",
            Self::CompleteRecommendation => "CompleteRecommendation",
            Self::SubmitAccount => "SubmitAccount",
            Self::Withdraw => "Withdraw",
            Self::Close => "Close",
            Self::FlagOverdue => "FlagOverdue",
        }
    }
}

impl Command {
    /// Its kind.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Open { .. } => CommandKind::Open,
            Self::RecordLetter(_) => CommandKind::RecordLetter,
            Self::AnswerLetter { .. } => CommandKind::AnswerLetter,
            Self::ConfirmProcess { .. } => CommandKind::ConfirmProcess,
            Self::RequestRevisit { .. } => CommandKind::RequestRevisit,
            Self::NoteFinalResponse => CommandKind::NoteFinalResponse,
            Self::Accept { .. } => CommandKind::Accept,
            Self::Decline { .. } => CommandKind::Decline,
            Self::Advance { to, .. } => to.kind(),
            Self::SendEvidence { .. } => CommandKind::SendEvidence,
            Self::Agree { .. } => CommandKind::Agree,
            Self::IssueReport(_) => CommandKind::IssueReport,
            Self::AssignRecommendation { .. } => CommandKind::AssignRecommendation,
            Self::CompleteRecommendation { .. } => CommandKind::CompleteRecommendation,
            Self::SubmitAccount { .. } => CommandKind::SubmitAccount,
            Self::Withdraw { .. } => CommandKind::Withdraw,
            Self::Close { .. } => CommandKind::Close,
            Self::FlagOverdue { .. } => CommandKind::FlagOverdue,
        }
    }
}

impl Move {
    /// The kind of the command that makes it.
    pub const fn kind(self) -> CommandKind {
        match self {
            Self::BeginResolution => CommandKind::BeginResolution,
            Self::RequestEvidence => CommandKind::RequestEvidence,
            Self::Allocate => CommandKind::Allocate,
            Self::BeginInvestigation => CommandKind::BeginInvestigation,
        }
    }
}
