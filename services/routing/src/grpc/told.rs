//! Proof that a person was told where to go.

use redress_chassis::{Parse, wire};
use redress_proto::routing::v1 as proto;
use routing_domain::{Told, id};

/// The proof in `told`, everything wrong with it on record.
pub(super) fn take(told: Option<&proto::PersonTold>, parse: &mut Parse) -> Option<Told> {
    let told = parse.message("told", told)?;
    let told_on = parse.date("told.told_on", told.told_on.as_ref());
    let channel = parse.chosen("told.channel", wire::read_channel(told.channel));
    let paper = parse.optional_name::<id::Paper>("told.paper", &told.paper);
    Some(Told { told_on: told_on?, channel: channel?, paper })
}
