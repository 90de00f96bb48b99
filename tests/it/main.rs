//! The suite seen from outside: what its sources and its contract promise, and whether the running services keep it.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod architecture;
mod contracts;
mod disposal;
mod faults;
mod journeys;
mod operations;
mod refusals;
mod stand;
