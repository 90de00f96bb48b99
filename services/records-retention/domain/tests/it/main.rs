//! The rules of records and disposals, from the outside.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod anonymised;
mod attributed;
mod change;
mod dates;
mod diagram;
mod disposal;
mod erasure;
mod fixture;
mod halted;
mod holds;
mod laws;
mod person;
mod promise;
mod reasons;
mod table;
mod two_people;
