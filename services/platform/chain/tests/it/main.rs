//! What is known of supply chains, on both databases.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod learning;
mod statements;
