//! Copies of what a service keeps, and putting them back.
//!
//! | module | what it holds |
//! |---|---|
//! | [`take`] | one backup: database, keys, documents, and a signed manifest of all of it |
//! | [`put_back`] | a backup put in place of what was lost; what was erased since is destroyed again |
//! | [`manifest`] | what a backup holds, with digests, signed by the key of the service's journal |
//! | [`check`] | whether a backup is what its manifest says, without a database |
//! | [`prune`] | backups whose time has passed, deleted with the documents that no other names |
//! | [`place`] | where the backups of a service lie |
//! | [`taken`], [`restored`] | what the database itself knows of its backups and restores |
//!
//! A backup is a folder. Documents lie beside all backups of a service, once each, by the digest of their ciphertext. Keys lie
//! in a folder of their own, so that they can be kept apart and for a shorter time. Neither the master key nor the erasure
//! ledger is ever in a backup.

pub mod check;
mod digest;
pub mod fault;
pub mod manifest;
pub mod place;
pub mod prune;
pub mod put_back;
pub mod restored;
pub mod take;
pub mod taken;

use redress_store::{List, Migration, Table};

pub use check::check;
pub use fault::Fault;
pub use manifest::Manifest;
pub use place::Place;
pub use put_back::PutBack;
pub use take::Take;

/// The tables, in the database of every service.
pub const MIGRATIONS: List = List {
    name: "backup",
    migrations: &[Migration {
        version: 1,
        name: "backup",
        sql: include_str!("../migrations/0001_backup.sql"),
    }],
};

/// Every statement, for the test that prepares each on both databases.
pub const STATEMENTS: &[&str] = &[
    taken::FINISH,
    taken::SELECT_NEWEST,
    taken::SELECT_UNPROTECTED,
    taken::SELECT_BEGUN,
    restored::SELECT,
    restored::SELECT_NEWEST,
    restored::LIFT,
];

/// Every table that is written, for the same test.
pub const TABLES: &[&Table] = &[&taken::INSERT, &restored::INSERT];
