//! What was erased, written down outside the databases *before* its keys are destroyed. A backup that is older than an erasure
//! still holds what was erased; the ledger is what tells, after a restore, that it must go again.
//!
//! | module | what it holds |
//! |---|---|
//! | [`erasure`] | one erasure: identifiers, dates and the order as it came, nothing about a person |
//! | [`line`] | its line in the file: numbered, chained to the one before, signed |
//! | [`file`](mod@file) | the file: appended under a lock, synced, a torn end repaired |
//! | [`reading`] | reading and checking it, without knowing any secret |
//! | [`known`] | what a database knows of the ledger, and whether the two agree |
//!
//! The file belongs on a volume of its own. It is never cut, and no backup of a database contains it.

pub mod erasure;
pub mod file;
pub mod known;
pub mod line;
pub mod reading;

use redress_store::{List, Migration, Table};

pub use erasure::Erasure;
pub use file::{Fault, Ledger};
pub use known::{Agreement, Disagreement};
pub use line::Head;
pub use reading::{Damage, Entry, read};

/// The tables, in the database of every service that holds something.
pub const MIGRATIONS: List = List {
    name: "ledger",
    migrations: &[Migration {
        version: 1,
        name: "ledger",
        sql: include_str!("../migrations/0001_ledger.sql"),
    }],
};

/// Every statement, for the test that prepares each on both databases.
pub const STATEMENTS: &[&str] = &[known::SELECT_HEAD, known::SELECT_KNOWN, known::NOTE];

/// Every table that is written, for the same test.
pub const TABLES: &[&Table] = &[&known::INSERT];
