//! Routing: every contact to the right door, with reasons.
//!
//! A call goes from `grpc` (parse, seal) through the command shell to `command` (decide over a loaded `world`, by the rules of
//! `routing-domain`) and `store` (statements and rows), and back through `render`. What routing decides, complaints carries
//! out: it follows the journal, and `follow` hears what became of it. What happens because time passes is the `reactor`'s.
//! Nothing outside `store` holds SQL, and nothing here decides what a rule decides.

mod app;
mod chain;
mod command;
mod config;
mod convert;
mod follow;
mod grpc;
mod holding;
mod open;
mod publish;
mod reactor;
mod render;
mod seal;
mod service;
mod store;
mod visibility;
mod world;

pub use config::Config;
pub use service::{MIGRATIONS, Routing};
pub use store::{STATEMENTS, TABLES};
