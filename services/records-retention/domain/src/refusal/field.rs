//! Why a field is refused. Where all breaches of a request are of one reason, that is the reason of the refusal.

pub use redress_kernel::checks::{DATE_IN_FUTURE, TOO_EARLY};

/// Fields are wrong in more than one way.
pub const INVALID_REQUEST: &str = "INVALID_REQUEST";
/// Something must be given.
pub const REQUIRED: &str = "REQUIRED";
/// The same thing twice.
pub const DUPLICATE: &str = "DUPLICATE";
/// A value that does not fit this command.
pub const NOT_ALLOWED: &str = "NOT_ALLOWED";
/// More items than a disposal may have.
pub const TOO_MANY: &str = "TOO_MANY";
