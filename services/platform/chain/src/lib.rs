//! What a service that does not own the supply chain knows of it: contracts, links and who sees whose work, learned from the
//! journal of the service that owns them.
//!
//! | module | what it holds |
//! |---|---|
//! | [`learn`](mod@learn) | entries of the owner's journal into rows |
//! | [`contract`], [`reach`] | reading them |
//! | [`visible`] | which journal entries a caller may see because of them |
//!
//! Nothing here is ever asked of the owner in the middle of a command: what is known may be a moment old, and what is not
//! known yet is not there.

pub mod contract;
pub mod learn;
pub mod reach;
pub mod visible;

use redress_store::{List, Migration, Table};

pub use contract::{AgreedRetention, KnownContract, find_contracts, find_references};
pub use learn::learn;
pub use reach::{Reach, find_reach, is_member, scopes, tier};
pub use visible::Visible;

/// The tables, to be put before the service's own.
pub const MIGRATIONS: List = List {
    name: "chain",
    migrations: &[Migration { version: 1, name: "known", sql: include_str!("../migrations/0001_known.sql") }],
};

/// Every statement, for the test that prepares each on both databases.
pub const STATEMENTS: &[&str] = &[
    contract::SELECT,
    contract::SELECT_BY_REFERENCE,
    reach::SELECT,
    reach::SELECT_MEMBER,
    reach::SELECT_SCOPES,
];

/// Every table that is written, for the same test.
pub const TABLES: &[&Table] = &[&contract::PUT, &reach::INSERT];
