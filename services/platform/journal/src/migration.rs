//! The tables of the journal, in every service's database.

use redress_store::{List, Migration};

/// The journal's steps, to be applied before those of the service.
pub const MIGRATIONS: List = List {
    name: "journal",
    migrations: &[
        Migration { version: 1, name: "journal", sql: include_str!("../migrations/0001_journal.sql") },
        Migration {
            version: 2,
            name: "requests_age",
            sql: include_str!("../migrations/0002_requests_age.sql"),
        },
    ],
};
