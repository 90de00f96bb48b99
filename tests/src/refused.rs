//! A refusal as a program reads it: code, reason, metadata and every violation.

use std::collections::HashMap;

use tonic::{Code, Status};
use tonic_types::StatusExt as _;

/// What a status says, its details unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Code.
    pub code: Code,
    /// `ErrorInfo.reason`; empty when the answer has none.
    pub reason: String,
    /// `ErrorInfo.domain`.
    pub domain: String,
    /// `ErrorInfo.metadata`.
    pub metadata: HashMap<String, String>,
    /// `BadRequest` violations, as field and reason.
    pub violations: Vec<(String, String)>,
    /// `PreconditionFailure` violations, as type and subject.
    pub preconditions: Vec<(String, String)>,
    /// `ResourceInfo` name.
    pub resource: String,
    /// Whether `RetryInfo` says when to come back.
    pub retry: bool,
    /// Whether `RequestInfo` names the call.
    pub request_info: bool,
    /// The sentence for a person.
    pub message: String,
}

impl Refused {
    /// Whether a violation names `field`.
    pub fn names(&self, field: &str) -> bool {
        self.violations.iter().any(|(named, _)| named == field)
    }
}

impl From<&Status> for Refused {
    fn from(status: &Status) -> Self {
        let details = status.get_error_details();
        let info = details.error_info();
        let violations = details.bad_request().map_or_else(Vec::new, |bad| {
            // The reason of a violation is younger than this library's own type.
            reasons(status).unwrap_or_else(|| {
                bad.field_violations
                    .iter()
                    .map(|violation| (violation.field.clone(), String::new()))
                    .collect()
            })
        });
        let preconditions = details.precondition_failure().map_or_else(Vec::new, |failure| {
            failure
                .violations
                .iter()
                .map(|violation| (violation.r#type.clone(), violation.subject.clone()))
                .collect()
        });
        Self {
            code: status.code(),
            reason: info.map(|info| info.reason.clone()).unwrap_or_default(),
            domain: info.map(|info| info.domain.clone()).unwrap_or_default(),
            metadata: info.map(|info| info.metadata.clone()).unwrap_or_default(),
            violations,
            preconditions,
            resource: details.resource_info().map(|info| info.resource_name.clone()).unwrap_or_default(),
            retry: details.retry_info().is_some(),
            request_info: details.request_info().is_some(),
            message: status.message().to_owned(),
        }
    }
}

fn reasons(status: &Status) -> Option<Vec<(String, String)>> {
    use prost::Message as _;
    let whole = tonic_types::pb::Status::decode(status.details()).ok()?;
    let any = whole.details.iter().find(|any| any.type_url.ends_with("google.rpc.BadRequest"))?;
    let bad = tonic_types::pb::BadRequest::decode(any.value.as_slice()).ok()?;
    Some(bad.field_violations.into_iter().map(|violation| (violation.field, violation.reason)).collect())
}
