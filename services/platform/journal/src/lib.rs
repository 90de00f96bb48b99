//! Journal, sequencer, Merkle tree, feed, subscriptions and the command shell.

pub mod append;
pub mod checkpoint;
pub mod entry;
pub mod hint;
pub mod merkle;
pub mod migration;
pub mod shell;

pub use append::Entries;
pub use entry::{Actor, Content, Draft, Entry, Stream};
pub use hint::Hint;
pub use migration::MIGRATIONS;
pub use shell::{Call, Command, Failure, Keep, Request, Shell, World};
