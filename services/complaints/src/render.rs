//! Rows as messages of the contract.

pub(crate) mod complaint;
pub(crate) mod document;
pub(crate) mod improvement;
pub(crate) mod participant;
pub(crate) mod procedure;
pub(crate) mod supply_chain;
pub(crate) mod timeline;
