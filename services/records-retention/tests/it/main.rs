//! The records-retention service as its callers meet it, beside the service whose cases it keeps: real servers, real clients.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests fail by panicking")]

mod again;
mod anonymised;
mod arrives;
mod canary;
mod cast;
mod content;
mod crash;
mod disposal;
mod erasure;
mod execute;
mod halted;
mod holds;
mod keyring;
mod object;
mod records;
mod recount;
mod restore;
mod schedule;
mod simulate;
mod statements;
mod sweep;
mod years;
