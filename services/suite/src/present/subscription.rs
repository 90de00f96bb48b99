//! How a service gets on with following the others.

use redress_proto::journal::v1::{ParkedEntry, Subscription, SubscriptionStanding};

use super::{Grid, Screen, Tone, word};

/// Every subscription, by source.
pub fn show(screen: Screen, subscriptions: &[Subscription]) -> String {
    let mut grid = Grid::new(screen, &["source", "standing", "position", "of", "behind", "held", "parked"]);
    for one in subscriptions {
        let quarantined = one.standing() == SubscriptionStanding::Quarantined;
        let standing = match one.standing() {
            SubscriptionStanding::Following => "following".to_owned(),
            SubscriptionStanding::Quarantined => format!("quarantined: {}", one.quarantine_cause),
            SubscriptionStanding::Unspecified => String::new(),
        };
        let warning = |count: i64| if count > 0 { Tone::Warn } else { Tone::Plain };
        grid.row([
            (Tone::Strong, one.source.clone()),
            (if quarantined { Tone::Bad } else { Tone::Plain }, standing),
            (Tone::Plain, one.position.to_string()),
            (Tone::Plain, one.head_position.map(|head| head.to_string()).unwrap_or_default()),
            (Tone::Plain, one.lag.map(|lag| format!("{} s", lag.seconds)).unwrap_or_default()),
            (warning(one.held_count), one.held_count.to_string()),
            (warning(one.parked_count), one.parked_count.to_string()),
        ]);
    }
    if grid.is_empty() { "no subscriptions".to_owned() } else { grid.text() }
}

/// Parked entries, by source and position.
pub fn parked(screen: Screen, entries: &[ParkedEntry]) -> String {
    let mut grid = Grid::new(screen, &["source", "position", "what", "about", "tried", "why"]);
    for entry in entries {
        grid.row([
            (Tone::Strong, entry.source.clone()),
            (Tone::Plain, entry.position.to_string()),
            (Tone::Plain, word::of(entry.r#type.rsplit('.').next().unwrap_or_default())),
            (Tone::Faint, format!("{}/{}", entry.stream_kind, entry.stream_id)),
            (Tone::Plain, entry.attempt_count.to_string()),
            (Tone::Warn, entry.cause.clone()),
        ]);
    }
    if grid.is_empty() { "nothing is parked".to_owned() } else { grid.text() }
}
