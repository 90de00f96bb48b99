//! What every domain stands on: typed ids, civil time, the decider, refusals that explain themselves,
//! citations, and text that is safe to keep.
//!
//! Nothing here does IO, reads a clock or draws a random number: time, ids and randomness are handed in.

pub mod citation;
pub mod clock;
pub mod decider;
pub mod id;
pub mod refusal;
pub mod text;

pub use citation::Citation;
pub use clock::{Clock, london_date};
pub use decider::{Decider, Decision};
pub use id::{Id, Ids};
pub use refusal::{Explanation, Kind, Refusal, StageConflict, Violation};
