//! What the packs, calendars and arithmetic promise.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod smoke;
