//! What is left when a process ends in the middle of everything: `kill -9` at any moment, SIGTERM under load (T1, T23); and when the
//! disk is full (T10).
//!
//! A killed process has lost nothing that the kernel holds, so these tests say nothing of power cuts (fact 0.4); that a commit
//! is on the disk when it returns is asserted at start-up and tested in the store.

mod drain;
mod feed;
mod full;
mod journal;
mod kill;
mod load;
mod log;
mod rolling;
mod routing;
mod streamed;
