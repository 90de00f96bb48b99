//! How much the process takes before it says no. Defaults are those of the suite's reliability page.

use std::time::Duration;

use super::{Configuration, Settings};

/// How much the process takes.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Most connections at once.
    pub connections: usize,
    /// Most connections at once from one address.
    pub connections_per_address: usize,
    /// How long a connection may stay silent before its first bytes.
    pub first_byte: Duration,
    /// How long a connection may stay silent after them; pings count as sound.
    pub silence: Duration,
    /// Most streams at once on one connection.
    pub streams: u32,
    /// How old a connection may become.
    pub connection_age: Duration,
    /// How long calls on a connection that became too old may go on.
    pub connection_grace: Duration,
    /// Most calls at once in the whole process.
    pub calls: usize,
    /// Most long-lived streams at once, such as feeds and uploads.
    pub long_calls: usize,
    /// How long a call may wait for its turn before it is turned away.
    pub queue: Duration,
    /// How long a call may take when its caller sets no earlier deadline.
    pub call: Duration,
    /// How long an upload may take.
    pub upload: Duration,
    /// How long, after health says not serving, the process waits before it takes no more connections.
    pub pre_drain: Duration,
    /// How long running calls may go on after that.
    pub drain: Duration,
}

impl Configuration for Limits {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("limits");
        Self {
            connections: section.number("connections", 1024, 1..=65_536),
            connections_per_address: section.number("connections_per_address", 64, 1..=65_536),
            first_byte: section.duration("first_byte", Duration::from_secs(5)),
            silence: section.duration("silence", Duration::from_secs(45)),
            streams: section.number("streams", 64, 1..=1000),
            connection_age: section.duration("connection_age", Duration::from_mins(8)),
            connection_grace: section.duration("connection_grace", Duration::from_secs(30)),
            calls: section.number("calls", 256, 1..=100_000),
            long_calls: section.number("long_calls", 512, 1..=100_000),
            queue: section.pause("queue", Duration::from_millis(100)),
            call: section.duration("call", Duration::from_secs(10)),
            upload: section.duration("upload", Duration::from_mins(10)),
            pre_drain: section.pause("pre_drain", Duration::ZERO),
            drain: section.duration("drain", Duration::from_secs(25)),
        }
    }
}
