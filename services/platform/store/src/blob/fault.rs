//! What can go wrong with a document.

use std::{error::Error as _, io};

use tokio::task::JoinError;

use crate::Cause;

/// Why a document was not kept or not given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlobFault {
    /// The object is not there. Where a row names it, that is lost data.
    #[error("the object is not there")]
    Missing,
    /// The document is longer than it may be.
    #[error("the document is longer than {most} bytes")]
    TooLong {
        /// As long as it may be.
        most: u64,
    },
    /// The object is not what was stored, or the key is another.
    #[error("the object does not open under its key")]
    Tampered,
    /// The reader asked for a place past the end.
    #[error("the document ends before that")]
    PastEnd,
    /// There is no room left.
    #[error("the object store has no room left ({0})")]
    Exhausted(Cause),
    /// The store cannot be reached or would not do it.
    #[error("the object store is not available ({0})")]
    Unavailable(Cause),
    /// The URL or the settings are wrong.
    #[error("the object store cannot be used ({0})")]
    Refused(Cause),
}

impl From<object_store::Error> for BlobFault {
    fn from(error: object_store::Error) -> Self {
        use object_store::Error as E;
        match &error {
            E::NotFound { .. } => Self::Missing,
            E::PermissionDenied { .. } | E::Unauthenticated { .. } => {
                Self::Refused(Cause::new("permission", "the store denied access"))
            }
            E::InvalidPath { .. }
            | E::NotSupported { .. }
            | E::NotImplemented { .. }
            | E::UnknownConfigurationKey { .. } => {
                Self::Refused(Cause::new("request", "the store does not understand the request"))
            }
            E::Generic { .. }
            | E::JoinError { .. }
            | E::AlreadyExists { .. }
            | E::Precondition { .. }
            | E::NotModified { .. }
            // And those still to come.
            | _ => from_io(&error),
        }
    }
}

/// Looks for what the operating system said, however deep.
fn from_io(error: &object_store::Error) -> BlobFault {
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(error) = inner.downcast_ref::<io::Error>() {
            return io(error);
        }
        source = inner.source();
    }
    BlobFault::Unavailable(Cause::new("store", "the request failed"))
}

/// What the operating system said.
pub(super) fn io(error: &io::Error) -> BlobFault {
    let cause = Cause::new("io", error.kind().to_string());
    let is_full = matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded);
    if is_full { BlobFault::Exhausted(cause) } else { BlobFault::Unavailable(cause) }
}

/// The process ends, and a thread that was at it with it.
pub(super) fn cut_off(_: JoinError) -> BlobFault {
    BlobFault::Unavailable(Cause::new("thread", "reading was cut off"))
}
