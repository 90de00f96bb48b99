//! The rpcs of this service. A handler parses, seals what is personal, hands over to a command or reads for its caller,
//! and renders. It decides nothing.

mod complaint;
mod parse;

pub(crate) use complaint::Complaints;
