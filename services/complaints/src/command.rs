//! What callers, and the reactor, may ask of this service: one file for each thing asked about.
//!
//! A command decides in memory, over a loaded [`World`](crate::world::World), by the rules of `complaints-domain`; it
//! changes nothing before everything that can refuse has been asked.

pub(crate) mod act;
pub(crate) mod attend;
pub(crate) mod case;
pub(crate) mod contract;
pub(crate) mod document;
pub(crate) mod issue;
pub(crate) mod link;
pub(crate) mod novation;
pub(crate) mod organisation;
pub(crate) mod participant;
pub(crate) mod procedure;
pub(crate) mod proposal;
pub(crate) mod register;
pub(crate) mod registration;
pub(crate) mod take_up;
pub(crate) mod tick;

use complaints_domain::Refusal;

/// Refuses a version that is no longer the one that was read.
fn expect(expected: Option<i64>, version: i64, name: impl FnOnce() -> String) -> Result<(), Refusal> {
    match expected {
        Some(expected) if expected != version => Err(Refusal::VersionMismatch { name: name() }),
        Some(_) | None => Ok(()),
    }
}
