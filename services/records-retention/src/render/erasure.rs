//! Erasure requests as callers see them.

use redress_chassis::{etag, wire};
use redress_policy::Computed;
use redress_proto::{records_retention::v1 as proto, r#type::v1::Deadline};

use super::disposal::actor;
use crate::{convert, store::erasure::ErasureRequest};
use records_retention_domain::erasure::State;

/// A request as a command answers it, and as lists have it: without the reference, which the answer that is kept for a repeated
/// request must not hold.
pub(crate) fn answer(row: &ErasureRequest) -> proto::ErasureRequest {
    let request = row.state.request();
    let decided = row.state.answer();
    let (outcome, ground) = decided.map_or_else(Default::default, |answer| convert::outcome(answer.outcome));
    let carried_out_on = match &row.state {
        State::CarriedOut { on, .. } => Some(wire::date(*on)),
        State::Unrequested
        | State::Received(_)
        | State::Referred(_)
        | State::Refused { .. }
        | State::Granted { .. } => None,
    };
    proto::ErasureRequest {
        name: row.id.name(),
        contract: row.contract.name(),
        organisation: row.organisation.name(),
        participant: row.participant.name(),
        stage: convert::erasure_stage(row.state.stage_name()).into(),
        received_on: request.map(|request| wire::date(request.received_on)),
        answer: request
            .map(|request| Deadline { due_on: Some(wire::date(request.answer_by)), ..Deadline::default() }),
        late: request.is_some_and(|request| request.raised_late),
        correspondence: request.map(|request| request.correspondence.name()).unwrap_or_default(),
        holding_reply: request.map(|request| request.holding_reply.name()).unwrap_or_default(),
        data_protection_reference: String::new(),
        outcome: outcome.into(),
        ground: ground.into(),
        progress: decided.map_or(0, |answer| convert::progress(answer.progress).into()),
        decided_by: decided.map(|answer| actor(&answer.decided_by)),
        decided_on: decided.map(|answer| wire::date(answer.decided_on)),
        answer_letter: decided.map(|answer| answer.letter.name()).unwrap_or_default(),
        carried_out_on,
        etag: etag::render(row.version),
        create_time: Some(wire::timestamp(row.created_at)),
    }
}

/// A request whole.
pub(crate) fn whole(row: &ErasureRequest, due: Option<&Computed>) -> proto::ErasureRequest {
    let bare = answer(row);
    let reference = row.state.request().and_then(|request| request.reference.clone());
    proto::ErasureRequest {
        answer: due.map(|due| wire::deadline(due, wire::Telling::Derivation)).or(bare.answer.clone()),
        data_protection_reference: reference.unwrap_or_default(),
        ..bare
    }
}
