//! What the tests of rules stand on: the reasons as the contract documents them, and machines as pictures. It is apart from the
//! testkit, so that whoever tests rules builds no service.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

pub mod machine;
pub mod reason;
