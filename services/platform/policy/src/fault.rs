//! What is wrong with a file the library was given.

use std::fmt::Display;

/// A pack, calendar or text that cannot be loaded. The process does not start with one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name} cannot be loaded: {reason}")]
pub struct LoadFault {
    /// Name of the file.
    pub name: String,
    /// What is wrong with it.
    pub reason: String,
}

impl LoadFault {
    pub(crate) fn new(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { name: name.into(), reason: reason.into() }
    }

    pub(crate) fn listing<T: Display>(name: impl Into<String>, reasons: &[T]) -> Self {
        let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
        Self::new(name, reasons.join("; "))
    }
}
