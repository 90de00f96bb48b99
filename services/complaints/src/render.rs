//! Rows as messages of the contract.

pub(crate) mod complaint;
pub(crate) mod deadline;
pub(crate) mod timeline;
