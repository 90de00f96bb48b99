//! The rpcs of this service. A handler parses, seals what is personal, hands over to a command or reads for its caller,
//! and renders. It decides nothing.

mod complaint;
mod document;
mod improvement;
mod participant;
mod procedure;
mod supply_chain;

pub(crate) use complaint::Complaints;
pub(crate) use document::Documents;
pub(crate) use improvement::Improvement;
pub(crate) use participant::Participants;
pub(crate) use procedure::Procedures;
pub(crate) use supply_chain::SupplyChain;
