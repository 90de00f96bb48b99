//! The contract: every message, rpc and event of the suite.
