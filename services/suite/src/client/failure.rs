//! Why a command did not do what was asked, whoever said so.

use std::{io, path::PathBuf};

use tonic::{Code, Status};

use super::Problem;

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The service refused.
    #[error("{}", .0.message)]
    Refused(Box<Problem>),
    /// Nothing answers at the address.
    #[error("nothing answers at {address}")]
    Unreachable {
        /// Where an answer was looked for.
        address: String,
    },
    /// What was asked for makes no sense as it was typed.
    #[error("{0}")]
    Usage(String),
    /// A value cannot be used; found before anything was sent.
    #[error("{0}")]
    Invalid(String),
    /// Nothing goes by that name.
    #[error("{0}")]
    NotFound(String),
    /// The settings cannot be used.
    #[error("{0}")]
    Configuration(String),
    /// Something did not hold when it was checked.
    #[error("{0}")]
    Unsound(String),
    /// A file of this machine could not be read or written.
    #[error("cannot {verb} {}", path.display())]
    File {
        /// `read`, `write` and the like.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The suite itself failed while it ran in this process.
    #[error("{0}")]
    Fault(String),
}

impl Failure {
    /// What came back from `address` instead of an answer.
    pub fn of(status: &Status, address: &str) -> Self {
        let problem = Problem::read(status);
        if status.code() == Code::Unavailable && !problem.explained() {
            return Self::Unreachable { address: address.to_owned() };
        }
        Self::Refused(Box::new(problem))
    }

    /// A file that could not be used.
    pub fn file(verb: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { verb, path, source }
    }

    /// The reason the service gave, such as `STEPS_NOT_EXHAUSTED`; empty when it was not the service that refused.
    pub fn reason(&self) -> &str {
        match self {
            Self::Refused(problem) => &problem.reason,
            Self::Unreachable { .. }
            | Self::Usage(_)
            | Self::Invalid(_)
            | Self::NotFound(_)
            | Self::Configuration(_)
            | Self::Unsound(_)
            | Self::File { .. }
            | Self::Fault(_) => "",
        }
    }
}
