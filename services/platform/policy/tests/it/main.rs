//! What the packs, calendars and arithmetic promise.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod calendar;
mod choice;
mod clocks;
mod coverage;
mod fixture;
mod import;
mod laws;
mod legislatures;
mod oracle;
mod overlay;
mod readings;
mod refusals;
mod routes;
mod table;
mod texts;
mod vectors;
