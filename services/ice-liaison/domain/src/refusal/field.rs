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
/// Not on the file of the complaint, or of the contract.
pub const NOT_ON_FILE: &str = "NOT_ON_FILE";
/// A value that does not fit this command.
pub const NOT_ALLOWED: &str = "NOT_ALLOWED";
/// A day later than the guidance allows.
pub const LATER_THAN_GUIDANCE: &str = "LATER_THAN_GUIDANCE";
/// A digest that the paper does not have.
pub const DIGEST_MISMATCH: &str = "DIGEST_MISMATCH";
/// An outcome that is not what its elements make it.
pub const OUTCOME_MISMATCH: &str = "OUTCOME_MISMATCH";
/// An amount that is not the charge.
pub const MUST_EQUAL_CHARGE: &str = "MUST_EQUAL_CHARGE";
