//! Recommendations, as callers see them, without their texts.

use ice_liaison_domain::{ExaminationId, RecommendationId, Refusal, examination::Recommendation};
use jiff::civil::Date;
use redress_chassis::wire;
use redress_kernel::Id;
use redress_proto::ice_liaison::v1 as proto;

use crate::{convert, store::examination::Examination};

/// A recommendation of an examination, as a command answers it.
pub(crate) fn answer(
    row: &Examination,
    id: RecommendationId,
    today: Date,
) -> Result<proto::Recommendation, Refusal> {
    let case = row.state.case();
    let found = case.and_then(|case| case.file.recommendations.iter().find(|known| known.id == id));
    let found = found.ok_or_else(|| Refusal::NotFound { name: id.name() })?;
    Ok(recommendation(row.id, found, today))
}

/// A recommendation on file.
pub(crate) fn recommendation(
    examination: ExaminationId,
    it: &Recommendation,
    today: Date,
) -> proto::Recommendation {
    let state = match it.completed_on {
        Some(_) => proto::RecommendationState::Done,
        None if it.is_overdue(today) => proto::RecommendationState::Overdue,
        None => proto::RecommendationState::Open,
    };
    proto::Recommendation {
        name: it.id.name(),
        examination: examination.name(),
        kind: convert::recommendation_kind(it.kind).into(),
        owner: it.owner.clone().unwrap_or_default(),
        due_on: it.due_on.map(wire::date),
        state: state.into(),
        completed_on: it.completed_on.map(wire::date),
        evidence: it.evidence.iter().map(|paper| paper.name()).collect(),
        procedure: it.procedure.map(Id::name).unwrap_or_default(),
        text: String::new(),
    }
}
