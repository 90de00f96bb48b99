//! Events of erasure requests. Nothing of them tells anything about the person but that they asked.

use records_retention_domain::erasure::Event;
use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_proto::records_retention::v1 as proto;

use crate::{convert, render::disposal::actor, store::erasure::ErasureRequest};

/// An event of an erasure request as it is after it.
pub(crate) fn erasure(row: &ErasureRequest, version: i64, event: &Event, citations: Vec<String>) -> Draft {
    let about =
        About { kind: "erasureRequests", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        Event::ErasureRequested(it) => {
            let message = proto::ErasureRequested {
                erasure_request: it.id.name(),
                contract: it.contract.name(),
                participant: it.participant.name(),
                received_on: Some(wire::date(it.received_on)),
                answer_by: Some(wire::date(it.answer_by)),
                correspondence: it.correspondence.name(),
                replied_on: Some(wire::date(it.replied_on)),
            };
            entry(about, &message, citations)
        }
        // What the reference is stays with the request.
        Event::ReferenceRecorded { .. } => entry(about, &proto::ErasureReferenceRecorded {}, citations),
        Event::ErasureDecided(it) => {
            let (outcome, ground) = convert::outcome(it.outcome);
            let message = proto::ErasureDecided {
                outcome: outcome.into(),
                ground: ground.into(),
                progress: convert::progress(it.progress).into(),
                decided_on: Some(wire::date(it.decided_on)),
                decided_by: Some(actor(&it.decided_by)),
            };
            entry(about, &message, citations)
        }
        Event::ErasureAnswerDueSoon { answer_by } => {
            entry(about, &proto::ErasureAnswerDueSoon { answer_by: Some(wire::date(*answer_by)) }, citations)
        }
        Event::ErasureAnswerLate { answer_by } => {
            entry(about, &proto::ErasureAnswerLate { answer_by: Some(wire::date(*answer_by)) }, citations)
        }
        Event::ErasureCarriedOut { on } => {
            entry(about, &proto::ErasureCarriedOut { on: Some(wire::date(*on)) }, citations)
        }
    }
}
