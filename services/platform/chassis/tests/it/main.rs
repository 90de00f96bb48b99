//! The chassis as a caller meets it: a real listener, real tokens, and a service that does what each test needs.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod access;
mod config;
mod connect;
mod drain;
mod duo;
mod following;
mod hardening;
mod identity;
mod inspection;
mod journal;
mod limits;
mod operations_page;
mod operators;
mod plain;
mod policy;
mod puppet;
mod reasons;
mod sharing;
mod spans;
mod statuses;
mod tls;
mod wire;
