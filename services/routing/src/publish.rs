//! Events of the domain as entries of the journal: each a message of the contract's own, so that whoever reads the feed needs
//! nothing else. They hold identifiers, dates, enum values and digests only.

mod contact;
mod letter;
mod mixed;
mod paper;

pub(crate) use contact::contact;
pub(crate) use letter::letter;
pub(crate) use mixed::mixed;
pub(crate) use paper::paper;

use redress_chassis::wire;
use redress_kernel::Id;
use redress_proto::routing::v1 as proto;
use routing_domain::{ComplaintId, Fate, Told};

use crate::convert;

/// That the person was told where to go.
fn directed(told: &Told) -> proto::PersonDirected {
    proto::PersonDirected {
        told_on: Some(wire::date(told.told_on)),
        channel: wire::channel(told.channel).into(),
        paper: told.paper.map(Id::name).unwrap_or_default(),
    }
}

/// What the complaints service told.
fn answered(
    complaint: ComplaintId,
    fate: Fate,
    reason: &str,
    existing: Option<ComplaintId>,
) -> proto::HandoverAnswered {
    proto::HandoverAnswered {
        complaint: complaint.name(),
        fate: convert::fate(Some(fate)).into(),
        reason: reason.to_owned(),
        existing: existing.map(Id::name).unwrap_or_default(),
    }
}
