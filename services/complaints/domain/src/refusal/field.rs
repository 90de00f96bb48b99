//! Why a field is refused. Where all breaches of a request are of one reason, that is the reason of the refusal.

pub use redress_kernel::checks::{BEFORE_RECEIPT, DATE_IN_FUTURE, TOO_EARLY};

/// Fields are wrong in more than one way.
pub const INVALID_REQUEST: &str = "INVALID_REQUEST";
/// Something must be given.
pub const REQUIRED: &str = "REQUIRED";
/// The same thing twice.
pub const DUPLICATE: &str = "DUPLICATE";
/// The pinned procedure has no such step.
pub const UNKNOWN_STEP: &str = "UNKNOWN_STEP";
/// No document of this case that can serve as evidence.
pub const NOT_ON_FILE: &str = "NOT_ON_FILE";
/// A value that does not fit this command.
pub const NOT_ALLOWED: &str = "NOT_ALLOWED";
/// A letter that is not out.
pub const NOT_ISSUED: &str = "NOT_ISSUED";
/// An organisation would come to stand above itself.
pub const CYCLE: &str = "CYCLE";
/// The chain would be deeper than ten tiers.
pub const DEPTH: &str = "DEPTH";
/// The organisation has a place in the chain already at that time.
pub const OVERLAP: &str = "OVERLAP";
/// The organisation is not in the chain, or of the wrong kind.
pub const NOT_IN_CHAIN: &str = "NOT_IN_CHAIN";
/// More items than a procedure may have.
pub const TOO_MANY: &str = "TOO_MANY";
