//! What may be asked of a complaint. Texts stay outside: a command holds the digest of a letter, never its words.

use jiff::civil::Date;

use super::{ClockKey, CloseReason, LetterKind, Outcome, Representative, StepRef, Subject};
use crate::{Channel, ComplaintId, ContractId, Digest, DocumentId, LetterId, OrganisationId, ParticipantId};

/// What may be asked of a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Registers it.
    Register(Box<Register>),
    /// Records that another member of the chain received it, maybe earlier (Q2).
    RecordReceipt {
        /// Who received it.
        organisation: OrganisationId,
        /// Day of that receipt.
        received_on: Date,
        /// How it came.
        channel: Channel,
    },
    /// Sends the person to Jobcentre Plus (RTE-03, RTE-08).
    Redirect {
        /// Why.
        subject: Subject,
        /// Day on which the person was told.
        told_on: Date,
        /// How the person was told.
        channel: Channel,
    },
    /// Records that the acknowledgement went out.
    Acknowledge {
        /// Day it went out.
        acknowledged_on: Date,
        /// How it went out.
        channel: Channel,
    },
    /// Names the handler (CMP-27).
    AssignHandler {
        /// Opaque id of the person.
        handler: String,
    },
    /// Records that the next step was done (CMP-05).
    CompleteStep {
        /// Identifier of the step.
        step: String,
        /// Day on which it was done.
        done_on: Date,
        /// Documents that show it.
        evidence: Vec<DocumentId>,
    },
    /// Sends a draft to the department for approval (CMP-16).
    SubmitDraft {
        /// Id for the draft.
        letter: LetterId,
        /// What it is a draft of.
        kind: LetterKind,
        /// Digest of its text.
        digest: Digest,
        /// What it decides.
        outcome: Outcome,
    },
    /// Decides on a draft (CMP-16).
    DecideDraft {
        /// The draft.
        letter: LetterId,
        /// Digest of the text that was read.
        digest: Digest,
        /// Whether it may go out.
        decision: DraftDecision,
        /// Whether a comment was given.
        commented: bool,
    },
    /// Issues the response of a stage that is not the last.
    IssueStageResponse(Issue),
    /// Takes the complaint to the next stage.
    Escalate {
        /// Day on which the person asked for it.
        requested_on: Date,
    },
    /// Issues the final response (CMP-07).
    IssueFinalResponse(Issue),
    /// Issues a correction to a letter that is out.
    IssueCorrection {
        /// Id for the correction.
        letter: LetterId,
        /// The letter it corrects.
        corrects: LetterId,
        /// Digest of its text.
        digest: Digest,
        /// Day it goes out.
        issued_on: Date,
        /// How it goes out.
        channel: Channel,
    },
    /// Records that the examiner has taken the case up.
    RecordExaminerContact {
        /// Day on which the person went to the examiner.
        referred_on: Date,
        /// Day on which the notice reached the provider.
        notified_on: Date,
        /// Whether the examiner takes it up at its own discretion.
        discretion: bool,
    },
    /// Reopens the steps that the examiner named (CMP-14).
    ReopenSteps {
        /// The steps.
        steps: Vec<StepRef>,
        /// Day on which the request reached the provider.
        requested_on: Date,
        /// Day that the examiner stated.
        due_on: Option<Date>,
    },
    /// Records that the examiner did not take it, so that it is the provider's as before (ICE-24).
    ReturnFromExaminer {
        /// Day on which the examiner said so.
        returned_on: Date,
    },
    /// Records that the person withdrew.
    Withdraw {
        /// Who withdraws.
        by: WithdrawnBy,
        /// Day on which they did.
        withdrawn_on: Date,
        /// How.
        channel: Channel,
        /// The written withdrawal.
        document: Option<DocumentId>,
    },
    /// Closes it.
    Close {
        /// Why.
        reason: CloseReason,
        /// Whether the reason was given in words.
        explained: bool,
    },
    /// Opens the early way to the examiner; fired when its day has come (CMP-08).
    OpenEarlyAccess,
    /// Records that a limit passed without its duty done; fired the day after.
    RecordBreach {
        /// The clock.
        clock: ClockKey,
    },
    /// Closes it because the person was silent and the procedure says so; fired after the limit.
    CloseSilent,
    /// Closes it because the examiner's window passed; fired after the window.
    CloseWindowPassed,
    /// Counts the open clocks again by the calendar as known today; later dates only (Q17, L03).
    RebaseClocks,
    /// Pins another version of the guidance: the one in the context. Never done by itself (Q19).
    RepinPack,
}

/// A complaint to be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register {
    /// Id for it.
    pub id: ComplaintId,
    /// On whose behalf it is made.
    pub participant: ParticipantId,
    /// Contract under which the service was given.
    pub contract: ContractId,
    /// Organisations complained about.
    pub respondents: Vec<OrganisationId>,
    /// Organisation that works it.
    pub organisation: OrganisationId,
    /// Day on which it reached the supply chain.
    pub received_on: Date,
    /// How it came.
    pub channel: Channel,
    /// What it is about.
    pub subject: Subject,
    /// Whether it is formal.
    pub formal: bool,
    /// Who else speaks for the person.
    pub representative: Option<Representative>,
    /// Day it was raised at Jobcentre Plus, where it came that way.
    pub jobcentre_plus_on: Option<Date>,
    /// Where in the procedure it enters.
    pub entry: Entry,
}

/// Where in the procedure a complaint enters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// At the first stage.
    First,
    /// After a joint reply from Jobcentre Plus, which counts as the first stage where the pack says so (CMP-13, J0 7.08).
    AfterJointReply {
        /// Day of the joint reply.
        replied_on: Date,
    },
}

/// A response to be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Id for the letter; an approved draft keeps its own.
    pub letter: LetterId,
    /// Digest of its text.
    pub digest: Digest,
    /// What it decides.
    pub outcome: Outcome,
    /// Day it goes out.
    pub issued_on: Date,
    /// How it goes out.
    pub channel: Channel,
}

/// A decision on a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftDecision {
    /// It may go out.
    Approve,
    /// It must be reworked first.
    Rework,
}

/// Who withdraws a complaint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WithdrawnBy {
    /// The person.
    Participant,
    /// The representative on record.
    Representative,
}

/// The kind of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is the kind of the command of the same name")]
pub enum CommandKind {
    Register,
    RecordReceipt,
    Redirect,
    Acknowledge,
    AssignHandler,
    CompleteStep,
    SubmitDraft,
    DecideDraft,
    IssueStageResponse,
    Escalate,
    IssueFinalResponse,
    IssueCorrection,
    RecordExaminerContact,
    ReopenSteps,
    ReturnFromExaminer,
    Withdraw,
    Close,
    OpenEarlyAccess,
    RecordBreach,
    CloseSilent,
    CloseWindowPassed,
    RebaseClocks,
    RepinPack,
}

impl Command {
    /// The kind of the command.
    pub const fn kind(&self) -> CommandKind {
        match self {
            Self::Register(_) => CommandKind::Register,
            Self::RecordReceipt { .. } => CommandKind::RecordReceipt,
            Self::Redirect { .. } => CommandKind::Redirect,
            Self::Acknowledge { .. } => CommandKind::Acknowledge,
            Self::AssignHandler { .. } => CommandKind::AssignHandler,
            Self::CompleteStep { .. } => CommandKind::CompleteStep,
            Self::SubmitDraft { .. } => CommandKind::SubmitDraft,
            Self::DecideDraft { .. } => CommandKind::DecideDraft,
            Self::IssueStageResponse(_) => CommandKind::IssueStageResponse,
            Self::Escalate { .. } => CommandKind::Escalate,
            Self::IssueFinalResponse(_) => CommandKind::IssueFinalResponse,
            Self::IssueCorrection { .. } => CommandKind::IssueCorrection,
            Self::RecordExaminerContact { .. } => CommandKind::RecordExaminerContact,
            Self::ReopenSteps { .. } => CommandKind::ReopenSteps,
            Self::ReturnFromExaminer { .. } => CommandKind::ReturnFromExaminer,
            Self::Withdraw { .. } => CommandKind::Withdraw,
            Self::Close { .. } => CommandKind::Close,
            Self::OpenEarlyAccess => CommandKind::OpenEarlyAccess,
            Self::RecordBreach { .. } => CommandKind::RecordBreach,
            Self::CloseSilent => CommandKind::CloseSilent,
            Self::CloseWindowPassed => CommandKind::CloseWindowPassed,
            Self::RebaseClocks => CommandKind::RebaseClocks,
            Self::RepinPack => CommandKind::RepinPack,
        }
    }
}

impl CommandKind {
    /// Every kind, in the order of a case's life.
    pub const ALL: [Self; 23] = [
        Self::Register,
        Self::RecordReceipt,
        Self::Redirect,
        Self::Acknowledge,
        Self::AssignHandler,
        Self::CompleteStep,
        Self::SubmitDraft,
        Self::DecideDraft,
        Self::IssueStageResponse,
        Self::Escalate,
        Self::IssueFinalResponse,
        Self::IssueCorrection,
        Self::RecordExaminerContact,
        Self::ReopenSteps,
        Self::ReturnFromExaminer,
        Self::Withdraw,
        Self::Close,
        Self::OpenEarlyAccess,
        Self::RecordBreach,
        Self::CloseSilent,
        Self::CloseWindowPassed,
        Self::RebaseClocks,
        Self::RepinPack,
    ];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Register => "Register",
            Self::RecordReceipt => "RecordReceipt",
            Self::Redirect => "Redirect",
            Self::Acknowledge => "Acknowledge",
            Self::AssignHandler => "AssignHandler",
            Self::CompleteStep => "CompleteStep",
            Self::SubmitDraft => "SubmitDraft",
            Self::DecideDraft => "DecideDraft",
            Self::IssueStageResponse => "IssueStageResponse",
            Self::Escalate => "Escalate",
            Self::IssueFinalResponse => "IssueFinalResponse",
            Self::IssueCorrection => "IssueCorrection",
            Self::RecordExaminerContact => "RecordExaminerContact",
            Self::ReopenSteps => "ReopenSteps",
            Self::ReturnFromExaminer => "ReturnFromExaminer",
            Self::Withdraw => "Withdraw",
            Self::Close => "Close",
            Self::OpenEarlyAccess => "OpenEarlyAccess",
            Self::RecordBreach => "RecordBreach",
            Self::CloseSilent => "CloseSilent",
            Self::CloseWindowPassed => "CloseWindowPassed",
            Self::RebaseClocks => "RebaseClocks",
            Self::RepinPack => "RepinPack",
        }
    }
}
