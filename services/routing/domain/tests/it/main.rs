//! What the rules of routing promise.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod diagram;
mod fixture;
mod laws;
mod reasons;
mod routes;
mod scenarios;
mod table;
