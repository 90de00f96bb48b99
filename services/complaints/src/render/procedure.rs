//! Procedures as callers see them: what the rules know, with the words people gave it.

use complaints_domain::complaint::{ProcedureSnapshot, StageSnapshot};
use redress_chassis::{etag, wire};
use redress_proto::{complaints::v1 as proto, supply_chain::v1 as chain};

use super::complaint::render_actor;
use crate::{
    convert,
    store::procedure::{Procedure, Titles},
};

/// A version of a procedure.
pub(crate) fn procedure(row: &Procedure) -> proto::Procedure {
    let known = row.state.procedure();
    proto::Procedure {
        name: row.id.name(),
        contract: row.contract.name(),
        organisation: row.organisation.name(),
        title: row.titles.procedure.clone(),
        version: i32::try_from(row.series_version).unwrap_or(i32::MAX),
        effective_on: Some(wire::date(row.effective_on)),
        acknowledgement_limit: known.and_then(|known| known.body.acknowledgement_limit).map(convert::limit),
        stages: known.map(|known| stages(&known.body, &row.titles)).unwrap_or_default(),
        reviews: known.into_iter().flat_map(|known| &known.reviews).map(review).collect(),
        pack: known.map(|known| chain::PackReference {
            id: known.pack.id.clone(),
            version: known.pack.version.clone(),
        }),
        create_time: Some(wire::timestamp(row.created_at)),
        etag: etag::render(row.version),
    }
}

fn stages(body: &ProcedureSnapshot, titles: &Titles) -> Vec<proto::ProcedureStage> {
    let numbered = (1..).zip(&body.stages);
    numbered.map(|(number, stage)| render_stage(number, stage, titles)).collect()
}

fn render_stage(number: u8, stage: &StageSnapshot, titles: &Titles) -> proto::ProcedureStage {
    let title = titles.stages.get(usize::from(number) - 1).map(|titles| titles.stage.clone());
    let steps = stage.steps.iter().map(|step| proto::ProcedureStep {
        id: step.id.clone(),
        title: titles.step(number, &step.id).unwrap_or_default().to_owned(),
        evidence_required: step.evidence_required,
    });
    proto::ProcedureStage {
        title: title.unwrap_or_default(),
        steps: steps.collect(),
        response_limit: stage.response_limit.map(convert::limit),
        escalation_limit: stage.escalation_limit.map(convert::limit),
        silence_closes: stage.silence_closes,
    }
}

fn review(review: &complaints_domain::procedure::Review) -> proto::ProcedureReview {
    proto::ProcedureReview {
        reviewed_on: Some(wire::date(review.reviewed_on)),
        documents: review.documents.clone(),
        complete: review.complete,
        reviewer: Some(render_actor(&review.reviewer)),
    }
}
