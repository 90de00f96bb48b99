//! The rules of provider complaints, sentence by sentence, stage by stage, and as laws.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod boundaries;
mod chain;
mod diagram;
mod fixture;
mod improvement;
mod kept;
mod laws;
mod participant;
mod policies;
mod procedure;
mod reasons;
mod scenarios;
mod table;
