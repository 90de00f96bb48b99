//! Letters: drafts, approval, issue, and reading them.

mod approval;
mod draft;
mod issue;
mod reading;

pub use approval::{Approve, Rework};
pub use draft::Draft;
pub use issue::Issue;
pub use reading::{Letters, Show, Signposting};
