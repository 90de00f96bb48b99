//! What this service follows: the complaints service, of which it knows nothing else; routing, for what it keeps about a
//! complaint; and its own journal, whose positions place what events counted for.

mod case;
mod complaints;
mod own;
mod routing;

pub(crate) use complaints::Complaints;
pub(crate) use own::Own;
pub(crate) use routing::Routing;
