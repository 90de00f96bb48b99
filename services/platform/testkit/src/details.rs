//! The details of a refusal, taken apart for assertions.

use std::collections::BTreeMap;

use prost::Message;
use prost_types::Any;
use tonic::{Code, Status};
use tonic_types::pb;

/// A status with its details decoded.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The code.
    pub code: Code,
    /// The sentence.
    pub message: String,
    /// The reason of its `ErrorInfo`.
    pub reason: String,
    /// The domain of its `ErrorInfo`.
    pub domain: String,
    /// The metadata of its `ErrorInfo`.
    pub metadata: BTreeMap<String, String>,
    /// Field and reason of each violation, in order.
    pub fields: Vec<(String, String)>,
    /// The id under which the service knows the call.
    pub request_id: String,
    /// Type names of all details.
    pub kinds: Vec<String>,
}

impl Refused {
    /// Takes a status apart.
    pub fn of(status: &Status) -> Self {
        let details = pb::Status::decode(status.details()).unwrap_or_default().details;
        let info: pb::ErrorInfo = find(&details, "google.rpc.ErrorInfo").unwrap_or_default();
        let bad: pb::BadRequest = find(&details, "google.rpc.BadRequest").unwrap_or_default();
        let request: pb::RequestInfo = find(&details, "google.rpc.RequestInfo").unwrap_or_default();
        let kind = |url: &str| url.rsplit('/').next().unwrap_or_default().to_owned();
        Self {
            code: status.code(),
            message: status.message().to_owned(),
            reason: info.reason,
            domain: info.domain,
            metadata: info.metadata.into_iter().collect(),
            fields: bad.field_violations.into_iter().map(|breach| (breach.field, breach.reason)).collect(),
            request_id: request.request_id,
            kinds: details.iter().map(|detail| kind(&detail.type_url)).collect(),
        }
    }

    /// Whether there is a detail of this type, such as `google.rpc.RetryInfo`.
    pub fn has(&self, kind: &str) -> bool {
        self.kinds.iter().any(|known| known == kind)
    }
}

fn find<M: Message + Default>(details: &[Any], name: &str) -> Option<M> {
    let detail = details.iter().find(|detail| detail.type_url.ends_with(name))?;
    M::decode(detail.value.as_slice()).ok()
}
