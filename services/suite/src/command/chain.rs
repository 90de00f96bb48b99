//! Organisations, contracts, and who works under whom.

mod contract;
mod organisation;
mod subcontractor;

pub use contract::Contract;
pub use organisation::Organisation;
pub use subcontractor::Subcontractor;
