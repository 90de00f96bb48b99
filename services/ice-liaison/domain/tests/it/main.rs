//! The rules of an examination and its charge, sentence by sentence, stage by stage, and as laws.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod charge;
mod diagram;
mod figures;
mod fixture;
mod laws;
mod reasons;
mod record;
mod scenarios;
mod table;
mod year;
