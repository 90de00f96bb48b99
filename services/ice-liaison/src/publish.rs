//! Events of the domain as entries of the journal: each a message of the contract's own, so that whoever reads the feed needs
//! nothing else. They hold identifiers, dates, amounts, enum values and digests only.

mod charge;
mod examination;

pub(crate) use charge::{charge, year};
pub(crate) use examination::examination;
