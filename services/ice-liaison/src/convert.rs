//! Values of the domain as those of the contract, and back. One pair a type; exhaustive, so that a new value is a
//! conversation with the compiler.

mod read;

use ice_liaison_domain::{
    admissibility::Finding,
    examination::{
        ChargeStanding, DeclineGround, Element, EndingKind, LetterKind, LetterState, Outcome,
        RecommendationKind, StageName,
    },
    figures::Measure,
    ledger::PostingKind,
    paper::{Ground, Standing},
    record::ComplaintStanding,
};
use redress_proto::{ice_liaison::v1 as proto, r#type::v1 as common};

pub(crate) use read::{
    read_breakdown, read_format, read_ground, read_letter_kind, read_move, read_outcome,
    read_recommendation_kind, read_stage, read_withholding,
};

/// An amount.
pub(crate) fn money(pence: u64) -> common::Money {
    common::Money { pence: i64::try_from(pence).unwrap_or(i64::MAX) }
}

pub(crate) const fn finding(finding: Finding) -> proto::AdmissibilityFinding {
    match finding {
        Finding::InWindow => proto::AdmissibilityFinding::InWindow,
        Finding::EarlyAccess => proto::AdmissibilityFinding::EarlyAccess,
        Finding::NoWindow => proto::AdmissibilityFinding::NoWindow,
        Finding::WindowNotKnown => proto::AdmissibilityFinding::WindowNotKnown,
        Finding::Premature => proto::AdmissibilityFinding::Premature,
        Finding::OutOfTime => proto::AdmissibilityFinding::OutOfTime,
    }
}

pub(crate) const fn complaint_standing(standing: ComplaintStanding) -> proto::ComplaintStanding {
    match standing {
        ComplaintStanding::WithProvider => proto::ComplaintStanding::WithProvider,
        ComplaintStanding::WithIce => proto::ComplaintStanding::WithIce,
        ComplaintStanding::Reopened => proto::ComplaintStanding::Reopened,
        ComplaintStanding::Ended => proto::ComplaintStanding::Ended,
    }
}

pub(crate) const fn stage(stage: StageName) -> proto::ExaminationStage {
    match stage {
        StageName::Unopened => proto::ExaminationStage::Unopened,
        StageName::Referred => proto::ExaminationStage::Referred,
        StageName::GatewayCheck => proto::ExaminationStage::GatewayCheck,
        StageName::ProcessIncomplete => proto::ExaminationStage::ProcessIncomplete,
        StageName::Accepted => proto::ExaminationStage::Accepted,
        StageName::Resolution => proto::ExaminationStage::Resolution,
        StageName::EvidenceRequested => proto::ExaminationStage::EvidenceRequested,
        StageName::AwaitingInvestigator => proto::ExaminationStage::AwaitingInvestigator,
        StageName::Settlement => proto::ExaminationStage::Settlement,
        StageName::Investigation => proto::ExaminationStage::Investigation,
        StageName::ReportIssued => proto::ExaminationStage::ReportIssued,
        StageName::RecommendationsOpen => proto::ExaminationStage::RecommendationsOpen,
        StageName::Premature => proto::ExaminationStage::Premature,
        StageName::UnableToAccept => proto::ExaminationStage::UnableToAccept,
        StageName::Resolved => proto::ExaminationStage::Resolved,
        StageName::Settled => proto::ExaminationStage::Settled,
        StageName::Withdrawn => proto::ExaminationStage::Withdrawn,
        StageName::Closed => proto::ExaminationStage::Closed,
    }
}

pub(crate) const fn ending(outcome: EndingKind) -> proto::ExaminationOutcome {
    match outcome {
        EndingKind::Premature => proto::ExaminationOutcome::Premature,
        EndingKind::UnableToAccept => proto::ExaminationOutcome::UnableToAccept,
        EndingKind::Resolved => proto::ExaminationOutcome::Resolved,
        EndingKind::Settled => proto::ExaminationOutcome::Settled,
        EndingKind::Withdrawn => proto::ExaminationOutcome::Withdrawn,
        EndingKind::Investigated => proto::ExaminationOutcome::Investigated,
    }
}

pub(crate) const fn ground(ground: DeclineGround) -> proto::DeclineGround {
    match ground {
        DeclineGround::Premature => proto::DeclineGround::Premature,
        DeclineGround::OutOfTime => proto::DeclineGround::OutOfTime,
        DeclineGround::OutOfRemit => proto::DeclineGround::OutOfRemit,
        DeclineGround::AlreadyRemedied => proto::DeclineGround::AlreadyRemedied,
        DeclineGround::Other => proto::DeclineGround::Other,
    }
}

pub(crate) const fn letter_kind(kind: LetterKind) -> proto::IceLetterKind {
    match kind {
        LetterKind::ProcessCheck => proto::IceLetterKind::ProcessCheck,
        LetterKind::RevisitRequest => proto::IceLetterKind::RevisitRequest,
        LetterKind::EvidenceRequest => proto::IceLetterKind::EvidenceRequest,
        LetterKind::InformationRequest => proto::IceLetterKind::InformationRequest,
        LetterKind::Proposal => proto::IceLetterKind::Proposal,
        LetterKind::Report => proto::IceLetterKind::Report,
        LetterKind::Other => proto::IceLetterKind::Other,
    }
}

pub(crate) const fn letter_state(state: LetterState) -> proto::IceLetterState {
    match state {
        LetterState::Open => proto::IceLetterState::Open,
        LetterState::Overdue => proto::IceLetterState::Overdue,
        LetterState::Answered => proto::IceLetterState::Answered,
        LetterState::AnsweredLate => proto::IceLetterState::AnsweredLate,
        LetterState::Lapsed => proto::IceLetterState::Lapsed,
        LetterState::Noted => proto::IceLetterState::Noted,
    }
}

pub(crate) const fn outcome(outcome: Outcome) -> proto::Finding {
    match outcome {
        Outcome::Upheld => proto::Finding::Upheld,
        Outcome::PartiallyUpheld => proto::Finding::PartiallyUpheld,
        Outcome::NotUpheld => proto::Finding::NotUpheld,
    }
}

pub(crate) fn element(element: Element) -> proto::ReportElement {
    proto::ReportElement { number: element.number.into(), outcome: outcome(element.outcome).into() }
}

pub(crate) const fn charge_standing(standing: ChargeStanding) -> proto::ChargeStanding {
    match standing {
        ChargeStanding::None => proto::ChargeStanding::None,
        ChargeStanding::Due => proto::ChargeStanding::Due,
        ChargeStanding::DecisionNeeded => proto::ChargeStanding::DecisionNeeded,
        ChargeStanding::NotInPack => proto::ChargeStanding::NotInPack,
        ChargeStanding::NotKnown => proto::ChargeStanding::NotKnown,
    }
}

pub(crate) const fn recommendation_kind(kind: RecommendationKind) -> proto::RecommendationKind {
    match kind {
        RecommendationKind::Case => proto::RecommendationKind::Case,
        RecommendationKind::Systemic => proto::RecommendationKind::Systemic,
    }
}

pub(crate) const fn withholding(ground: Ground) -> proto::WithholdingGround {
    match ground {
        Ground::LegalPrivilege => proto::WithholdingGround::LegalPrivilege,
    }
}

pub(crate) const fn paper_standing(standing: Standing) -> proto::PaperStanding {
    match standing {
        Standing::OnFile => proto::PaperStanding::OnFile,
        Standing::Quarantined => proto::PaperStanding::Quarantined,
        Standing::Destroyed => proto::PaperStanding::Destroyed,
    }
}

pub(crate) const fn posting_kind(kind: PostingKind) -> proto::PostingKind {
    match kind {
        PostingKind::Charge => proto::PostingKind::Charge,
        PostingKind::Payment => proto::PostingKind::Payment,
        PostingKind::Reversal => proto::PostingKind::Reversal,
    }
}

/// A measure, whose name on the wire is its word.
pub(crate) fn measure(measure: Measure) -> proto::Measure {
    let name = format!("MEASURE_{}", measure.as_str());
    proto::Measure::from_str_name(&name).unwrap_or(proto::Measure::Unspecified)
}
