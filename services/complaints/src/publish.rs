//! Events of the domain as entries of the journal: each a message of the contract's own, so that whoever reads the feed needs
//! nothing else. They hold identifiers, dates, enum values and digests only.

mod complaint;
mod document;
mod improvement;
mod participant;
mod procedure;
mod supply_chain;

pub(crate) use complaint::complaint;
pub(crate) use document::document;
pub(crate) use improvement::{issue, proposal};
pub(crate) use participant::participant;
pub(crate) use procedure::procedure;
pub(crate) use supply_chain::{chain, contract, organisation};
