//! The provider's own issues, and the changes that wait for the Performance Manager (A0 7.08, 7.09).

pub mod change_proposal;
pub mod issue;
