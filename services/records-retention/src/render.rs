//! Rows as messages of the contract.

pub(crate) mod anonymised;
pub(crate) mod change;
pub(crate) mod control;
pub(crate) mod disposal;
pub(crate) mod erasure;
pub(crate) mod record;
