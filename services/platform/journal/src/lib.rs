//! Journal, sequencer, Merkle tree, feed, subscriptions and the command shell.

pub mod checkpoint;
pub mod merkle;
