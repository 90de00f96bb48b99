//! The erasure ledger: what is written down stays, in order, once, and provably so.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod compared;
mod fixture;
mod hostile;
mod kept;
mod power;
