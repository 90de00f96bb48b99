//! Who works for whom: organisations, contracts, and the dated chain under each contract.

pub mod chain;
pub mod contract;
pub mod organisation;

pub use chain::{Chain, Link, Member, Members};
pub use organisation::OrganisationKind;
