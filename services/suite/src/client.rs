//! The caller's side of the contract: a connection with bounded retries, an identity, and refusals read back.

pub mod credentials;
mod failure;
mod link;
mod names;
mod page;
mod problem;
pub mod resolve;
pub mod retry;

pub use credentials::Credentials;
pub use failure::Failure;
pub use link::{Link, Stub, Target};
pub use names::Names;
pub use page::{Page, gather};
pub use problem::{FieldViolation, Problem};
