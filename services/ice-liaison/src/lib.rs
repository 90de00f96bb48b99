//! ICE liaison: everything between a final response and the day the case closes with the Independent Case Examiner.
//!
//! A call goes from `grpc` (parse, seal) through the command shell to `command` (decide over a loaded `world`, by the rules
//! of `ice-liaison-domain`) and `store` (statements and rows), and back through `render`. What is known of complaints comes
//! by `follow` from the complaints service's feed; the figures are what events counted for, placed by their positions.
//! What happens because time passes is the `reactor`'s. Nothing outside `store` holds SQL, and nothing here decides what a
//! rule decides.

mod app;
mod command;
mod config;
mod convert;
mod evidence;
mod follow;
mod grpc;
mod holding;
mod open;
mod part;
mod print;
mod publish;
mod reactor;
mod render;
mod service;
mod store;
mod world;

pub use config::Config;
pub use service::{IceLiaison, MIGRATIONS};
pub use store::{STATEMENTS, TABLES};
