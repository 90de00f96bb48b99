//! Problems the provider found, and changes it proposes.

mod change;
mod problem;

pub use change::Change;
pub use problem::Problem;
