//! The wire inspector: looks at the bytes of a request before they are decoded, and refuses what breaks the rules that
//! the contract declares, all of it at once and by the path of the field.
//!
//! It works on the bytes because a decoded message has already cost its memory (fact 0.10), and because the decoder's own
//! errors would reach the caller as `INTERNAL` (fact 0.9). The rules are compiled once from the descriptors.

mod compile;
mod digest;
mod fault;
mod rules;
mod schema;
mod walk;
mod wellknown;
mod wire;

pub use digest::RequestDigest;
pub use fault::Fault;

pub(crate) use compile::{Compiler, Invalid};
pub(crate) use digest::compute;
pub(crate) use schema::{Schema, ShapeId};
pub(crate) use walk::{Refused, inspect};
