//! Why a field is refused. Where all breaches of a request are of one reason, that is the reason of the refusal.

/// Fields are wrong in more than one way.
pub const INVALID_REQUEST: &str = "INVALID_REQUEST";
/// Something must be given.
pub const REQUIRED: &str = "REQUIRED";
/// A value that does not fit this command.
pub const NOT_ALLOWED: &str = "NOT_ALLOWED";
/// An organisation is not in the chain.
pub const NOT_IN_CHAIN: &str = "NOT_IN_CHAIN";
/// A contribution is wanted later than the guidance allows (RTE-04).
pub const MAX_FIVE_WORKING_DAYS: &str = "MAX_FIVE_WORKING_DAYS";
/// A day that is not worked in the division of the case.
pub const NON_WORKING_DAY: &str = "NON_WORKING_DAY";
/// No paper of this case that can be read.
pub const NOT_ON_FILE: &str = "NOT_ON_FILE";
