//! Events of the switch. They belong to no contract, so that everyone who follows sees that destruction stands still.

use jiff::civil::Date;
use records_retention_domain::{Actor, DisposalControlId, control::Event};
use redress_chassis::wire;
use redress_journal::{
    Draft,
    publish::{About, entry},
};
use redress_proto::records_retention::v1 as proto;

use crate::render::disposal::actor;

fn about(id: DisposalControlId, version: i64) -> About {
    About { kind: "disposalControls", id: id.uuid(), version, contract: None }
}

/// An event of the switch; what it counts of the day is no event of the journal.
pub(crate) fn control(
    id: DisposalControlId,
    version: i64,
    event: &Event,
    citations: &[String],
) -> Option<Draft> {
    match event {
        Event::DisposalsStopped(stop) => {
            let message =
                proto::DisposalsStopped { on: Some(wire::date(stop.on)), by: Some(actor(&stop.by)) };
            Some(entry(about(id, version), &message, citations.to_vec()))
        }
        Event::StopReleased { by, on } => {
            let message = proto::StopReleased { on: Some(wire::date(*on)), by: Some(actor(by)) };
            Some(entry(about(id, version), &message, citations.to_vec()))
        }
        Event::Taken { .. } => None,
    }
}

/// A person confirmed the date.
pub(crate) fn confirmed(id: DisposalControlId, version: i64, by: &Actor, on: Date) -> Draft {
    let message = proto::DateConfirmed { on: Some(wire::date(on)), by: Some(actor(by)) };
    entry(about(id, version), &message, vec!["RET-14".to_owned()])
}
