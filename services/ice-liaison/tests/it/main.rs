//! The ice-liaison service's tables, on both databases. How its callers meet it is in the journeys of the whole suite.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod statements;
