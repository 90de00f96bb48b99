//! The rpcs of this service. A handler parses, seals what is personal, hands over to a command or reads for its caller,
//! and renders. It decides nothing.

mod letter;
mod mixed;
mod paper;
mod routing;
mod told;

pub(crate) use letter::MemberLetters;
pub(crate) use mixed::MixedComplaints;
pub(crate) use paper::Papers;
pub(crate) use routing::Routing;
