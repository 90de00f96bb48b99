//! Tests of the command line: what can be typed, what is shown, how it ends, and the whole of it against a running suite.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod arguments;
mod calendars;
mod completions;
mod configuration;
mod dates;
mod end_to_end;
mod exits;
mod fixture;
mod problems;
mod retries;
mod tables;
mod verifying;
mod verifying_bags;
mod verifying_certificates;
mod verifying_ledgers;
