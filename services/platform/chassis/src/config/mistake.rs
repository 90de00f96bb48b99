//! What is wrong with the settings, all of it at once.

use std::fmt;

/// One setting that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The setting, such as `database.url`.
    pub setting: String,
    /// Where its value came from, such as `REDRESS_DATABASE_URL` or the configuration file.
    pub source: String,
    /// What is wrong with it, and what is accepted; never the value, which may be a secret.
    pub problem: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (from {}): {}", self.setting, self.source, self.problem)
    }
}

/// Every mistake that was found; a process that has one does not start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes(pub Vec<Mistake>);

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of the settings cannot be used:", self.0.len())?;
        self.0.iter().try_for_each(|mistake| write!(f, "\n  {mistake}"))
    }
}

impl std::error::Error for Mistakes {}
