//! The store on both databases: every test runs on SQLite, and on PostgreSQL where `REDRESS_TEST_POSTGRES` names one.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod fixture;
mod many;
mod migration;
mod postgres;
mod sqlite;
mod transaction;
mod types;
