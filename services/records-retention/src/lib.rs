//! Records retention: kept as long as promised, gone when promised, and provably so.
//!
//! A call goes from `grpc` (parse, seal) through the command shell to `command` (decide over a loaded `world`, by the rules of
//! `records-retention-domain`) and `store`, and back through `render`. What the other services tell arrives in `follow`; what
//! happens because time passes is the `reactor`'s. Whether a record may be destroyed is decided by one function of the domain,
//! in the transaction that orders it, and nowhere here.

mod anonymise;
mod app;
mod beside;
mod clock;
mod command;
mod config;
mod convert;
mod figures;
mod follow;
mod grpc;
mod holding;
mod letters;
mod marks;
mod publish;
mod reactor;
mod render;
mod replay;
mod service;
mod store;
mod world;

pub use config::Config;
pub use service::{MIGRATIONS, RecordsRetention};
pub use store::{STATEMENTS, TABLES};
