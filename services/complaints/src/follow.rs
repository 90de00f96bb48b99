//! What this service follows, and what it does about it.

mod examiner;
mod handover;

pub(crate) use examiner::Examiner;
pub(crate) use handover::Handovers;
