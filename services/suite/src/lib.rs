//! The `redress` binary as a library, so that its tests see its parts.
//!
//! | module | what it holds |
//! |---|---|
//! | [`command`] | what can be typed, one file a group of commands |
//! | [`client`] | the connection: identity, deadline, bounded retries, refusals read back |
//! | [`transfer`] | files up and down, with progress, checked and resumed |
//! | [`present`] | words, dates, tables, JSON; pure |
//! | [`serve`] | running the suite, and everything about it that needs no suite |
//! | [`demo`] | one example case, narrated |
//! | [`exit`] | exit codes |

pub mod client;
pub mod command;
pub mod demo;
pub mod exit;
pub mod present;
mod run;
pub mod serve;
pub mod transfer;

pub use run::main;
