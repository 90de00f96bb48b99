//! The complaints service as its callers meet it: a real server, real clients, both databases.

#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod cast;
mod complaint;
mod idempotency;
mod passing_time;
mod reading;
mod statements;
