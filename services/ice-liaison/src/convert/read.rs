//! Values of the contract as those of the domain; nothing where none was chosen.

use ice_liaison_domain::{
    examination::{DeclineGround, LetterKind, Move, Outcome, RecommendationKind, StageName},
    paper::Ground,
};
use redress_proto::ice_liaison::v1 as proto;

use super::stage;

pub(crate) fn read_stage(value: i32) -> Option<StageName> {
    let chosen = proto::ExaminationStage::try_from(value).ok()?;
    StageName::ALL.into_iter().find(|name| stage(*name) == chosen)
}

pub(crate) fn read_ground(value: i32) -> Option<DeclineGround> {
    match proto::DeclineGround::try_from(value).ok()? {
        proto::DeclineGround::Unspecified => None,
        proto::DeclineGround::Premature => Some(DeclineGround::Premature),
        proto::DeclineGround::OutOfTime => Some(DeclineGround::OutOfTime),
        proto::DeclineGround::OutOfRemit => Some(DeclineGround::OutOfRemit),
        proto::DeclineGround::AlreadyRemedied => Some(DeclineGround::AlreadyRemedied),
        proto::DeclineGround::Other => Some(DeclineGround::Other),
    }
}

pub(crate) fn read_letter_kind(value: i32) -> Option<LetterKind> {
    match proto::IceLetterKind::try_from(value).ok()? {
        proto::IceLetterKind::Unspecified => None,
        proto::IceLetterKind::ProcessCheck => Some(LetterKind::ProcessCheck),
        proto::IceLetterKind::RevisitRequest => Some(LetterKind::RevisitRequest),
        proto::IceLetterKind::EvidenceRequest => Some(LetterKind::EvidenceRequest),
        proto::IceLetterKind::InformationRequest => Some(LetterKind::InformationRequest),
        proto::IceLetterKind::Proposal => Some(LetterKind::Proposal),
        proto::IceLetterKind::Report => Some(LetterKind::Report),
        proto::IceLetterKind::Other => Some(LetterKind::Other),
    }
}

pub(crate) fn read_move(value: i32) -> Option<Move> {
    match proto::ExaminationMove::try_from(value).ok()? {
        proto::ExaminationMove::Unspecified => None,
        proto::ExaminationMove::BeginResolution => Some(Move::BeginResolution),
        proto::ExaminationMove::RequestEvidence => Some(Move::RequestEvidence),
        proto::ExaminationMove::Allocate => Some(Move::Allocate),
        proto::ExaminationMove::BeginInvestigation => Some(Move::BeginInvestigation),
    }
}

pub(crate) fn read_outcome(value: i32) -> Option<Outcome> {
    match proto::Finding::try_from(value).ok()? {
        proto::Finding::Unspecified => None,
        proto::Finding::Upheld => Some(Outcome::Upheld),
        proto::Finding::PartiallyUpheld => Some(Outcome::PartiallyUpheld),
        proto::Finding::NotUpheld => Some(Outcome::NotUpheld),
    }
}

pub(crate) fn read_recommendation_kind(value: i32) -> Option<RecommendationKind> {
    match proto::RecommendationKind::try_from(value).ok()? {
        proto::RecommendationKind::Unspecified => None,
        proto::RecommendationKind::Case => Some(RecommendationKind::Case),
        proto::RecommendationKind::Systemic => Some(RecommendationKind::Systemic),
    }
}

pub(crate) fn read_withholding(value: i32) -> Option<Ground> {
    match proto::WithholdingGround::try_from(value).ok()? {
        proto::WithholdingGround::Unspecified => None,
        proto::WithholdingGround::LegalPrivilege => Some(Ground::LegalPrivilege),
    }
}

pub(crate) fn read_breakdown(value: i32) -> Option<proto::Breakdown> {
    proto::Breakdown::try_from(value).ok()
}

pub(crate) fn read_format(value: i32) -> Option<proto::FigureFormat> {
    proto::FigureFormat::try_from(value).ok().filter(|format| *format != proto::FigureFormat::Unspecified)
}
