//! Complaints: from first contact to final response.
//!
//! A call goes from `grpc` (parse, seal) through the command shell to `command` (decide over a loaded `world`, by the rules of
//! `complaints-domain`) and `store` (statements and rows), and back through `render`. What happens because time passes is the
//! `reactor`'s. Nothing outside `store` holds SQL, and nothing here decides what a rule decides.

mod app;
mod case_reference;
mod command;
mod config;
mod convert;
mod figures;
mod follow;
mod grpc;
mod holding;
mod keys;
mod person;
mod pinned;
mod print;
mod publish;
mod reactor;
mod reading;
mod render;
mod seal;
mod service;
mod statement;
mod store;
mod visibility;
mod world;

pub use config::Config;
pub use service::{Complaints, MIGRATIONS};
pub use store::{STATEMENTS, TABLES};
