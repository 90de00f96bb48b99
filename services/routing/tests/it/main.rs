//! The routing service as it stands on both databases. What its callers meet is tried in `tests/`, with the whole suite.

mod statements;
