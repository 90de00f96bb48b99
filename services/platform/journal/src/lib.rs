//! The journal of a service: audit trail, outbox and event feed in one, and the shell through which all changes come.
//!
//! | module | what it holds |
//! |---|---|
//! | [`shell`] | commands, carried out in groups: load, decide, write, commit, answer |
//! | [`append`], [`entry`], [`publish`] | entries, written in the transaction of the change they tell of |
//! | [`sequencer`] | dense positions, the Merkle tree, and the signed head |
//! | [`feed`], [`stream`] | reading the whole log by position, or one thing's history by version |
//! | [`subscription`] | acting on another service's entries, each with one effect |
//! | [`log`], [`merkle`], [`checkpoint`] | which log it is, its proofs, and what it publishes |
//! | [`export`], [`verify`], [`audit`] | showing it to strangers, checking what was shown, and checking the rows |
//!
//! The promise: what was answered is durable and in the journal, a request has one effect and one answer however often
//! it is sent, no reader misses an entry, and what was published can be proved never to have changed.

pub mod append;
pub mod audit;
pub mod checkpoint;
pub mod entry;
pub mod export;
pub mod feed;
pub mod hint;
pub mod log;
pub mod merkle;
pub mod migration;
pub mod publish;
pub mod sequencer;
pub mod shell;
pub mod statements;
pub mod stream;
pub mod subscription;
pub mod verify;

pub use append::Entries;
pub use entry::{Actor, Content, Draft, Entry, Stream};
pub use feed::{Feed, Filter};
pub use hint::Hint;
pub use log::Log;
pub use migration::MIGRATIONS;
pub use sequencer::Sequencer;
pub use shell::{Call, Command, Failure, Keep, Request, Shelf, Shell, World};
