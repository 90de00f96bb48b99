//! The life of a case, from acknowledgement to closure.

mod close;
mod examiner;
mod handling;
mod passing_on;

pub use close::{Close, Withdraw};
pub use examiner::{Examiner, Reopen};
pub use handling::{Acknowledge, Assign, Step};
pub use passing_on::{Escalate, Redirect};
