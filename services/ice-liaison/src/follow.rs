//! What this service follows: the complaints service, of which it knows nothing else, and its own journal, whose positions
//! place what events counted for.

mod case;
mod complaints;
mod own;

pub(crate) use complaints::Complaints;
pub(crate) use own::Own;
