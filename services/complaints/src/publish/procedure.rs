//! Events of procedures.

use complaints_domain::procedure::Event;
use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_proto::complaints::v1 as proto;

use super::complaint::{pack, procedure as snapshot};
use crate::{render::complaint::render_actor, store::procedure::Procedure};

/// An event of a procedure.
pub(crate) fn procedure(row: &Procedure, version: i64, event: &Event, citations: Vec<String>) -> Draft {
    let about = About { kind: "procedures", id: row.id.uuid(), version, contract: Some(row.contract.uuid()) };
    match event {
        Event::ProcedureRecorded(it) => {
            let message = proto::ProcedureRecorded {
                contract: it.contract.name(),
                organisation: it.organisation.name(),
                version: i32::try_from(it.version).unwrap_or(i32::MAX),
                effective_on: Some(wire::date(it.effective_on)),
                body: Some(snapshot(&it.body)),
                pack: Some(pack(&it.pack)),
            };
            entry(about, &message, citations)
        }
        Event::ProcedureReviewed(review) => {
            let message = proto::ProcedureReviewed {
                reviewed_on: Some(wire::date(review.reviewed_on)),
                documents: review.documents.clone(),
                complete: review.complete,
                reviewer: Some(render_actor(&review.reviewer)),
            };
            entry(about, &message, citations)
        }
    }
}
