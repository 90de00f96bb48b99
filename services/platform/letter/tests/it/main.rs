//! Letters as people and archives receive them.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking and say what they skip")]

mod letters;
mod pdf;
mod text;
