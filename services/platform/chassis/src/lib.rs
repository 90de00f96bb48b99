//! What every service of the suite runs on: the life of the process, its configuration, listeners, the layers every call
//! passes, identities, statuses and telemetry.
//!
//! | module | what it holds |
//! |---|---|
//! | [`service`] | [`Service`], [`Parts`], [`App`]: what a service is to the process |
//! | [`config`] | typed settings, every mistake named |
//! | [`call`], [`caller`] | what a handler knows about the call it answers |
//! | [`Desk`], [`Parse`], [`Paging`] | what handlers share: reading and changing, messages into values, pages of lists |
//! | [`follow`], [`peers`] | acting on the events of other services, and reading from them |
//! | [`page`], [`etag`] | sealed page tokens and versions as callers see them |
//! | [`encoded`], [`rendered`] | answers that are at hand as bytes, and where they are kept |
//! | [`status`] | the only place where a `tonic::Status` is made |
//! | [`inspect`] | the contract's field rules, enforced on the bytes before they are decoded |
//! | [`gate`] | whether a service may be called yet, after a restore |
//! | [`tasks`] | work that a caller who goes away cannot cut |
//!
//! A service never names a port, a signal, a header or a status code.

mod admin;
pub mod auth;
pub mod call;
pub mod caller;
pub mod config;
mod contract;
mod desk;
mod edge;
pub mod encoded;
pub mod etag;
pub mod follow;
pub mod gate;
pub mod grpc;
pub mod inspect;
mod listener;
pub mod page;
mod paging;
pub mod parse;
pub mod peers;
pub mod process;
pub mod rendered;
pub mod service;
pub mod status;
mod stopwatch;
pub mod tasks;
pub mod telemetry;
pub mod trace_context;
pub mod wire;

pub use call::Call;
pub use caller::{Caller, Roles};
pub use config::{Configuration, Settings};
pub use desk::Desk;
pub use edge::Verdicts;
pub use encoded::Encoded;
pub use gate::Gate;
pub use inspect::RequestDigest;
pub use page::Pages;
pub use paging::Paging;
pub use parse::Parse;
pub use peers::{Peer, PeerChannel, Peers};
pub use rendered::Rendered;
pub use service::{App, BuildFailure, Member, Parts, Service};
pub use status::Domain;
pub use tasks::Tasks;
pub use trace_context::TraceContext;
