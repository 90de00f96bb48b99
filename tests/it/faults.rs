//! What is left when a process ends in the middle of everything: `kill -9` at any moment, SIGTERM under load (T1, T23); when the
//! power goes (T2); and when the disk is full (T10).
//!
//! A killed process has lost nothing that the kernel holds (fact 0.4), so the power is cut as well, where a disk may be mounted.

mod aftermath;
mod disk;
mod drain;
mod feed;
mod full;
mod journal;
mod kill;
mod load;
mod log;
mod power;
mod rolling;
mod routing;
mod streamed;
