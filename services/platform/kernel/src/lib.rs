//! What every domain stands on: typed ids and the nouns that all services share, civil time, the decider, refusals
//! that explain themselves, citations, and text that is safe to keep.
//!
//! Nothing here does IO, reads a clock or draws a random number: time, ids and randomness are handed in.

pub mod actor;
pub mod chain;
pub mod channel;
pub mod checks;
pub mod citation;
pub mod clock;
pub mod decided;
pub mod decider;
pub mod digest;
pub mod hexadecimal;
pub mod id;
pub mod noun;
pub mod refusal;
pub mod text;

pub use actor::Actor;
pub use chain::{Link, Member, Members, Sight};
pub use channel::Channel;
pub use checks::Checks;
pub use citation::Citation;
pub use clock::{Clock, Moment, london_date};
pub use decided::Decided;
pub use decider::{Decider, Decision};
pub use digest::{Digest, InvalidDigest};
pub use hexadecimal::hexadecimal;
pub use id::{Id, Ids};
pub use refusal::{Explanation, Kind, Refusal, StageConflict, Violation};
