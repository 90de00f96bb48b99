//! What the object store could not do, as a status.

use std::time::Duration;

use redress_chassis::Domain;
use redress_kernel::{Explanation, Kind};
use redress_store::blob::BlobFault;
use tonic::Status;

use crate::Refusal;

/// A failure of the object store. Neither paths nor causes are told.
pub fn blob(domain: Domain, fault: &BlobFault) -> Status {
    match fault {
        BlobFault::TooLong { most } => domain.refuse(&Refusal::TooLarge { most: *most }),
        BlobFault::Exhausted(_) => {
            tracing::error!(error = %fault, "the object store is full");
            let said = "there is no space left to keep documents";
            domain.explain(&Explanation::new(Kind::Exhausted, "STORAGE_FULL", said))
        }
        BlobFault::Unavailable(_) => {
            tracing::warn!(error = %fault, "the object store could not serve a call");
            domain.unavailable("the documents cannot be reached; try again", Duration::from_secs(1))
        }
        BlobFault::Missing | BlobFault::Tampered | BlobFault::PastEnd | BlobFault::Refused(_) => {
            domain.internal(fault)
        }
    }
}
