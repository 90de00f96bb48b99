//! What happened to an examination: identifiers, dates, enum values and digests only. Each is a message of the same name in
//! `redress.ice_liaison.v1`.

use jiff::civil::Date;
use redress_policy::{Division, PackRef};

use super::{Account, Confirmation, Ending, Evidence, IceLetter, Recommendation, Report, StageName};
use crate::{
    ComplaintId, ContractId, ExaminationId, IceLetterId, OrganisationId, PaperRef, ProcedureId,
    RecommendationId, admissibility::Finding, record::StepRef,
};

/// What happened to an examination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// ICE has a complaint.
    ExaminationOpened(Box<Opened>),
    /// ICE asks whether every internal step was done.
    GatewayCheckBegun {
        /// Day on which it asked.
        on: Date,
    },
    /// A letter came from ICE.
    IceLetterReceived(Box<Received>),
    /// A letter was answered.
    IceLetterAnswered {
        /// Which one.
        letter: IceLetterId,
        /// Day on which the answer went.
        answered_on: Date,
        /// Day on which ICE takes it as received.
        taken_on: Date,
        /// Whether it was late.
        late: bool,
    },
    /// A letter passed its day unanswered.
    IceLetterOverdue {
        /// Which one.
        letter: IceLetterId,
        /// The day that was missed.
        due_on: Date,
    },
    /// The provider told ICE which steps were done.
    ProcessConfirmed(Confirmation),
    /// ICE has steps done again.
    StepsToRevisit {
        /// The examination.
        examination: ExaminationId,
        /// The complaint.
        complaint: ComplaintId,
        /// The steps.
        steps: Vec<StepRef>,
        /// Day on which ICE asked.
        requested_on: Date,
        /// Day that ICE stated.
        due_on: Option<Date>,
    },
    /// The steps were done and a new final response went out.
    ProcessCompleted {
        /// Its day.
        final_response_on: Date,
        /// What the guidance makes of the referral now (Q7).
        finding: Finding,
    },
    /// ICE took the case.
    ExaminationAccepted {
        /// The complaint.
        complaint: ComplaintId,
        /// Day on which it did.
        accepted_on: Date,
        /// What the guidance makes of the referral.
        finding: Finding,
        /// Whether it did so at its own discretion.
        discretion: bool,
        /// Day on which the person went to ICE.
        referred_on: Date,
        /// Day on which ICE told the provider.
        notified_on: Date,
    },
    /// The case came to its next stage.
    ExaminationAdvanced {
        /// The stage.
        stage: StageName,
        /// Day on which it did.
        on: Date,
        /// Whether ICE left out a stage, with its reason.
        out_of_order: bool,
    },
    /// The provider gave its account.
    AccountSubmitted(Account),
    /// The papers went to ICE.
    EvidenceDelivered(Evidence),
    /// ICE reported.
    ReportIssued(Report),
    /// ICE recommended something.
    RecommendationMade(Recommendation),
    /// Somebody sees to a recommendation.
    RecommendationAssigned {
        /// Which one.
        recommendation: RecommendationId,
        /// Opaque id of the person.
        owner: String,
        /// Day by which it is to be done.
        due_on: Date,
    },
    /// A recommendation was carried out.
    RecommendationCompleted {
        /// Which one.
        recommendation: RecommendationId,
        /// Day on which it was.
        completed_on: Date,
        /// Papers that show it.
        evidence: Vec<PaperRef>,
        /// The version of the procedure that carries it out.
        procedure: Option<ProcedureId>,
        /// Whether it was late.
        late: bool,
    },
    /// The case ended.
    ExaminationClosed(Closed),
}

/// An examination as it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The examination.
    pub id: ExaminationId,
    /// The complaint.
    pub complaint: ComplaintId,
    /// Its contract.
    pub contract: ContractId,
    /// Programme of the contract.
    pub programme: String,
    /// Organisation that works the complaint.
    pub organisation: OrganisationId,
    /// Its tier in the supply chain.
    pub tier: u8,
    /// Holder of the contract.
    pub liable: OrganisationId,
    /// The pack pinned on the complaint.
    pub pack: PackRef,
    /// Whose bank holidays count.
    pub division: Division,
    /// Day on which the person went to ICE.
    pub referred_on: Date,
    /// Day that counts for ICE's own standards.
    pub effective_on: Date,
    /// Day on which ICE told the provider.
    pub notified_on: Date,
    /// Day on which that was recorded.
    pub recorded_on: Date,
    /// What the guidance makes of the referral.
    pub finding: Finding,
}

/// A letter as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The letter.
    pub letter: IceLetter,
    /// Day from which to worry.
    pub warn_on: Option<Date>,
    /// Version of the calendar that was counted by; empty where nothing was.
    pub calendar_version: String,
}

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The examination.
    pub examination: ExaminationId,
    /// The complaint.
    pub complaint: ComplaintId,
    /// How, when, and why where ICE did not take it.
    pub ending: Ending,
}

impl Event {
    /// The name of its message.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::ExaminationOpened(_) => "ExaminationOpened",
            Self::GatewayCheckBegun { .. } => "GatewayCheckBegun",
            Self::IceLetterReceived(_) => "IceLetterReceived",
            Self::IceLetterAnswered { .. } => "IceLetterAnswered",
            Self::IceLetterOverdue { .. } => "IceLetterOverdue",
            Self::ProcessConfirmed(_) => "ProcessConfirmed",
            Self::StepsToRevisit { .. } => "StepsToRevisit",
            Self::ProcessCompleted { .. } => "ProcessCompleted",
            Self::ExaminationAccepted { .. } => "ExaminationAccepted",
            Self::ExaminationAdvanced { .. } => "ExaminationAdvanced",
            Self::AccountSubmitted(_) => "AccountSubmitted",
            Self::EvidenceDelivered(_) => "EvidenceDelivered",
            Self::ReportIssued(_) => "ReportIssued",
            Self::RecommendationMade(_) => "RecommendationMade",
            Self::RecommendationAssigned { .. } => "RecommendationAssigned",
            Self::RecommendationCompleted { .. } => "RecommendationCompleted",
            Self::ExaminationClosed(_) => "ExaminationClosed",
        }
    }
}
