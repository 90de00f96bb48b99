//! Where things are kept: one SQL text on SQLite and PostgreSQL, sealed values, the keyring, and documents.
//!
//! | module | what it holds |
//! |---|---|
//! | [`db`] | [`Db`], opened by URL; reads and writes are transactions, always |
//! | [`query`], [`row`], [`value`] | statements, rows and the closed list of portable types |
//! | [`batch`] | many rows in one statement |
//! | [`gather`] | reads that are asked at the same time, answered together |
//! | [`room`] | whether there is room to write |
//! | [`migration`] | one schema text, rendered for either database |
//! | [`error`] | what can go wrong, classified once |
//! | [`keyring`] | a data key for each case, wrapped; destroying it destroys what it sealed |
//! | [`seal`], [`sealed`] | values that only their key opens, and only in their place; the texts that are kept so |
//! | [`document`], [`word`], [`mark`] | states as documents, enum values as words, how far work has come |
//! | [`blob`] | documents in a folder or an S3 bucket, encrypted chunk by chunk |
//! | [`copy`] | copies of whole databases, and putting them back |
//! | [`disk`] | what is done to files that must survive a loss of power |
//! | [`secret`] | 32 secret bytes in a file: master keys, signing seeds |
//! | [`scratch`] | databases that are made and dropped |
//!
//! This is the only package that names the database driver. A statement is a `&'static str` with `$1` placeholders
//! that means the same on both databases; what one of them would let pass, the other's refusal is made up for here:
//! a missing bind, a NUL in a text, an instant in the wrong form.

pub mod batch;
pub mod blob;
pub mod copy;
pub mod db;
pub mod disk;
pub mod document;
pub mod error;
mod expand;
pub mod gather;
pub mod glance;
pub mod keyring;
mod line;
pub mod mark;
pub mod migration;
pub mod query;
pub mod room;
pub mod row;
pub mod scratch;
pub mod seal;
pub mod sealed;
pub mod secret;
pub mod tx;
pub mod value;
pub mod word;

pub use batch::{Batch, Table};
pub use blob::Blobs;
pub use db::{Db, Settings};
pub use document::Document;
pub use error::{Cause, DbError};
pub use gather::{Gather, Reading};
pub use glance::Glance;
pub use keyring::{Keyring, KeyringFault, MasterKey};
pub use migration::{List, Migration};
pub use query::Query;
pub use row::Row;
pub use seal::{Context, DataKey, KeyId};
pub use secret::Secret;
pub use tx::Tx;
pub use value::{Column, Kind, Parameter, Value};
