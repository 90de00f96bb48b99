//! Evidence bags, written, read by other programs, tampered with, and made to harm.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod contents;
mod fixture;
mod hostile;
mod readable;
mod tampered;
mod verified;
