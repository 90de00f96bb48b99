//! The store on both databases: every test runs on SQLite, and on PostgreSQL where `REDRESS_TEST_POSTGRES` names one.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests read where to test, draw names for databases and race tasks"
)]

mod blob;
mod fixture;
mod gather;
mod glance;
mod keyring;
mod many;
mod migration;
mod postgres;
mod room;
mod seal;
mod secret;
mod sqlite;
mod transaction;
mod types;
