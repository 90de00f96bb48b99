//! Subscriptions and parked entries as messages.

use jiff::Timestamp;
use redress_journal::{
    entry::Instant,
    subscription::{Standing, report},
};
use redress_proto::journal::v1 as proto;

use crate::follow::Lag;

/// A subscription; what only the process knows that runs it is left out where it does not run here.
pub(super) fn subscription(gauges: report::Gauges, lag: Option<Lag>) -> proto::Subscription {
    let (standing, quarantine_cause) = match gauges.standing {
        Standing::Following => (proto::SubscriptionStanding::Following, String::new()),
        Standing::Quarantined(cause) => (proto::SubscriptionStanding::Quarantined, cause),
    };
    proto::Subscription {
        source: gauges.source,
        standing: standing.into(),
        quarantine_cause,
        position: gauges.position,
        head_position: lag.map(|lag| lag.head.max(gauges.position)),
        lag: lag.and_then(|lag| lag.time.try_into().ok()),
        held_count: gauges.held,
        parked_count: gauges.parked,
        move_time: Some(instant(gauges.moved_at)),
    }
}

pub(super) fn parked(parked: report::Parked) -> proto::ParkedEntry {
    let content = parked.entry.content;
    proto::ParkedEntry {
        source: parked.source,
        position: parked.entry.position,
        entry_id: content.entry_id,
        stream_kind: content.stream_kind,
        stream_id: content.stream_id,
        r#type: content.entry_type,
        attempt_count: parked.attempts,
        cause: parked.reason,
        hold_time: Some(instant(parked.held_at)),
    }
}

fn instant(at: Timestamp) -> prost_types::Timestamp {
    let Instant { seconds, nanos } = Instant::of(at);
    prost_types::Timestamp { seconds, nanos }
}
