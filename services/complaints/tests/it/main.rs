//! The complaints service as its callers meet it: a real server, real clients, both databases.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests fail by panicking")]

mod cast;
mod complaint;
mod document;
mod followed;
mod handler;
mod handover;
mod idempotency;
mod improvement;
mod older;
mod participant;
mod passing_time;
mod plans;
mod procedure;
mod reading;
mod rendered;
mod statements;
mod supply_chain;
