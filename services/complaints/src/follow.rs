//! What this service follows, and what it does about it.

mod examiner;

pub(crate) use examiner::Examiner;
