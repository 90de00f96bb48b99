//! How a service that holds things destroys them when it is told to.
//!
//! | module | what it holds |
//! |---|---|
//! | [`holdings`] | what a service brings: whether a thing is closed, and how it is taken out of its tables |
//! | [`holder`] | the order taken in the transaction that moves the cursor, and carried out after it |
//! | [`certificate`] | the proof of a disposal, checked by anyone without asking |
//! | [`tombstone`] | what every rpc answers afterwards, to those who could see the thing before (L31) |
//!
//! An order is taken in one transaction: the thing is found closed under its own row's version, its rows are deleted or
//! blanked, tombstones are put in their place, and the keys and objects that are still to be destroyed are written down. From
//! there it only goes forward: keys, objects, receipt; each step may be repeated, and a crash between any two is made up for.

pub mod certificate;
pub mod holder;
pub mod holdings;
pub mod order;
pub mod tombstone;

use redress_store::{List, Migration, Table};

pub use holder::Holder;
pub use holdings::{Holdings, Remains, Standing};
pub use tombstone::{Tombstoned, Tombstones};

/// The tables, to be put before the service's own.
pub const MIGRATIONS: List = List {
    name: "disposal",
    migrations: &[Migration {
        version: 1,
        name: "disposal",
        sql: include_str!("../migrations/0001_disposal.sql"),
    }],
};

/// Every statement, for the test that prepares each on both databases.
pub const STATEMENTS: &[&str] =
    &[order::SELECT, order::SELECT_OPEN, tombstone::SELECT, tombstone::SELECT_ANY, tombstone::SELECT_READERS];

/// Every table that is written, for the same test.
pub const TABLES: &[&Table] = &[&order::SAVE, &tombstone::INSERT];
