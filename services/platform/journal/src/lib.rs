//! Journal, sequencer, Merkle tree, feed, subscriptions and the command shell.
