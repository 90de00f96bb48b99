//! What the journal promises, tried on both databases and against vectors of other implementations.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod crash;
mod feed;
mod fixture;
mod merkle;
mod note;
mod replica;
mod sequencer;
mod shell;
mod statements;
mod subscription;
mod toy;
mod verify;
mod wire;
