//! The switch as callers see it.

use jiff::civil::Date;
use redress_chassis::wire;
use redress_proto::records_retention::v1 as proto;

use super::disposal::{actor, count};
use crate::store::control::Control;

/// The switch of an organisation.
pub(crate) fn control(row: &Control, in_doubt: bool, most_a_day: u32, today: Date) -> proto::DisposalControl {
    let stopped = row.state.stopped.as_ref();
    proto::DisposalControl {
        name: row.id.name(),
        stopped: stopped.is_some(),
        stopped_by: stopped.map(|stop| actor(&stop.by)),
        stopped_on: stopped.map(|stop| wire::date(stop.on)),
        clock_in_doubt: in_doubt,
        most_records_a_day: count(most_a_day),
        records_ordered_today: count(row.state.ordered_on(today)),
    }
}
