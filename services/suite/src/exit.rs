//! Exit codes that a script can act on.

use std::process::ExitCode;

use tonic::Code;

use crate::client::Failure;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Refused: the rules or the state of the case say no.
    Refused = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// A value that was given cannot be used.
    Invalid = 3,
    /// There is no such thing, or not for this caller.
    NotFound = 4,
    /// No identity, or one that may not do this.
    NotPermitted = 5,
    /// Not now; the same command may be tried again with the same request id.
    Unavailable = 6,
    /// Someone else was there first.
    Conflict = 7,
    /// The settings cannot be used.
    Configuration = 64,
    /// A fault of the suite.
    Fault = 70,
    /// A file of this machine cannot be read or written.
    File = 74,
}

/// The table of exit codes as `--help` shows it.
pub const HELP: &str = "\
Exit codes:
   0  done
   1  refused: the rules or the state of the case say no
   2  the command line makes no sense
   3  a value that was given cannot be used
   4  there is no such thing, or not for you
   5  no identity, or one that may not do this
   6  not now; try again with the same --request-id
   7  someone or something else was there first
  64  the settings cannot be used
  69  something the suite needs is not there, such as its address or its database
  70  a fault of the suite
  74  a file of this machine cannot be read or written";

impl Exit {
    /// How a command ends that failed with `failure`.
    pub fn of(failure: &Failure) -> Self {
        match failure {
            Failure::Refused(problem) => Self::of_code(problem.code),
            Failure::Unreachable { .. } => Self::Unavailable,
            Failure::Usage(_) => Self::Usage,
            Failure::Invalid(_) => Self::Invalid,
            Failure::NotFound(_) => Self::NotFound,
            Failure::Configuration(_) => Self::Configuration,
            Failure::Unsound(_) => Self::Refused,
            Failure::File { .. } => Self::File,
            Failure::Fault(_) => Self::Fault,
        }
    }

    /// How a command ends that was answered with `code`.
    pub fn of_code(code: Code) -> Self {
        match code {
            Code::Ok => Self::Done,
            Code::FailedPrecondition => Self::Refused,
            Code::InvalidArgument | Code::OutOfRange => Self::Invalid,
            Code::NotFound => Self::NotFound,
            Code::PermissionDenied | Code::Unauthenticated => Self::NotPermitted,
            Code::Unavailable | Code::ResourceExhausted | Code::DeadlineExceeded | Code::Cancelled => {
                Self::Unavailable
            }
            Code::Aborted | Code::AlreadyExists => Self::Conflict,
            Code::Unknown | Code::Unimplemented | Code::Internal | Code::DataLoss => Self::Fault,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
