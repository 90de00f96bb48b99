//! Journal, sequencer, Merkle tree, feed, subscriptions and the command shell.

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
pub use shell::{Call, Command, Failure, Keep, Request, Shell, World};
