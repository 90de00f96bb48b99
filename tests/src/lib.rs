//! What the tests of the whole suite and its load generator share: the contract as its descriptors tell it, an identity
//! provider of their own, the real server as a process, a client that can send any bytes, and a small supply chain to work in.
//!
//! | module | what it holds |
//! |---|---|
//! | [`contract`] | rpcs, fields and comments, from the descriptors |
//! | [`workspace`] | the checkout: its packages and source files |

pub mod binary;
pub mod chain;
pub mod clerk;
pub mod contract;
pub mod day;
pub mod deployed;
pub mod examiner;
pub mod identity;
pub mod officer;
pub mod postgres;
pub mod raw;
pub mod refused;
pub mod registrar;
pub mod seed;
pub mod server;
pub mod sides;
pub mod workspace;
