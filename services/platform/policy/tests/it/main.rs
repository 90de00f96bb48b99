//! What the packs, calendars and arithmetic promise.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod calendar;
mod choice;
mod clocks;
mod coverage;
mod fixture;
mod import;
mod laws;
mod overlay;
mod refusals;
mod table;
mod texts;
mod vectors;
