//! Assembles the `google.rpc` details of a status.

use std::{fmt::Display, time::Duration};

use prost::Message;
use prost_types::Any;
use redress_kernel::{Citation, StageConflict, Violation};
use tonic::{
    Code, Status,
    metadata::{MetadataMap, MetadataValue},
};
use tonic_types::pb;

use super::{Domain, Reason};

/// Most violations in one answer (reliability 4.0).
const MOST_VIOLATIONS: usize = 20;
/// Most citations in one answer, so that the trailers stay within what clients take.
const MOST_CITATIONS: usize = 8;

/// A status in the making.
pub(crate) struct Details {
    code: Code,
    info: pb::ErrorInfo,
    rest: Vec<Any>,
    metadata: MetadataMap,
}

impl Details {
    pub(crate) fn new(domain: Domain, code: Code, reason: Reason) -> Self {
        Self::because(domain, code, reason.word())
    }

    pub(super) fn because(domain: Domain, code: Code, reason: &str) -> Self {
        let info = pb::ErrorInfo {
            reason: reason.to_owned(),
            domain: domain.name().to_owned(),
            metadata: std::collections::HashMap::new(),
        };
        Self { code, info, rest: Vec::new(), metadata: MetadataMap::new() }
    }

    pub(crate) fn with(mut self, key: &str, value: impl Display) -> Self {
        self.info.metadata.insert(key.to_owned(), value.to_string());
        self
    }

    pub(super) fn violations(self, violations: Vec<Violation>) -> Self {
        let field_violations = violations
            .into_iter()
            .take(MOST_VIOLATIONS)
            .map(|violation| pb::bad_request::FieldViolation {
                field: violation.field,
                description: violation.description,
                reason: violation.reason.to_owned(),
                localized_message: None,
            })
            .collect();
        self.detail("google.rpc.BadRequest", &pb::BadRequest { field_violations })
    }

    pub(super) fn precondition(self, kind: &str, stage: Option<&StageConflict>, message: &str) -> Self {
        // Without a stage the refusal still names its subject, where it has one.
        let named = || self.info.metadata.get("name").cloned().unwrap_or_default();
        let subject = stage.map_or_else(named, |stage| stage.subject.clone());
        let violation = pb::precondition_failure::Violation {
            r#type: kind.to_owned(),
            subject,
            description: message.to_owned(),
        };
        let failure = pb::PreconditionFailure { violations: vec![violation] };
        let with_failure = self.detail("google.rpc.PreconditionFailure", &failure);
        match stage {
            None => with_failure,
            Some(stage) => with_failure
                .with("current_stage", stage.current)
                .with("allowed_stages", stage.allowed.join(",")),
        }
    }

    pub(crate) fn resource(self, kind: &str, name: &str) -> Self {
        let info = pb::ResourceInfo {
            resource_type: kind.to_owned(),
            resource_name: name.to_owned(),
            owner: String::new(),
            description: String::new(),
        };
        self.detail("google.rpc.ResourceInfo", &info)
    }

    pub(crate) fn quota(self, subject: &str, description: &str) -> Self {
        let violation = pb::quota_failure::Violation {
            subject: subject.to_owned(),
            description: description.to_owned(),
            ..pb::quota_failure::Violation::default()
        };
        self.detail("google.rpc.QuotaFailure", &pb::QuotaFailure { violations: vec![violation] })
    }

    /// Says when to come back, to programs that read details and to clients that read push-back.
    pub(crate) fn retry(mut self, after: Duration) -> Self {
        let millis = u64::try_from(after.as_millis()).unwrap_or(u64::MAX);
        self.metadata.insert("grpc-retry-pushback-ms", MetadataValue::from(millis));
        let retry_delay = prost_types::Duration::try_from(after).ok();
        self.detail("google.rpc.RetryInfo", &pb::RetryInfo { retry_delay })
    }

    pub(crate) fn header(mut self, key: &'static str, value: &'static str) -> Self {
        self.metadata.insert(key, MetadataValue::from_static(value));
        self
    }

    pub(super) fn citations(mut self, citations: &[Citation]) -> Self {
        if let Some(first) = citations.first() {
            let short: Vec<String> = citations.iter().take(MOST_CITATIONS).map(Citation::short).collect();
            self = self.with("citations", short.join("; "));
            if !first.pack.is_empty() {
                self = self.with("policy_pack", format!("{}@{}", first.pack, first.pack_version));
            }
        }
        citations.iter().take(MOST_CITATIONS).fold(self, |details, citation| {
            details.detail("redress.type.v1.Citation", &crate::wire::citation(citation))
        })
    }

    fn detail(mut self, name: &str, message: &impl Message) -> Self {
        self.rest.push(any(name, message));
        self
    }

    #[expect(clippy::disallowed_methods, reason = "this is where statuses are made")]
    pub(crate) fn say(self, message: &str) -> Status {
        let mut details = vec![any("google.rpc.ErrorInfo", &self.info)];
        details.extend(self.rest);
        let status = pb::Status { code: self.code as i32, message: message.to_owned(), details };
        Status::with_details_and_metadata(self.code, message, status.encode_to_vec().into(), self.metadata)
    }
}

/// Completes the encoded details of an answer that leaves the process: the request id always, and an `ErrorInfo` when a
/// library made the status without one.
pub(crate) fn complete(
    code: Code,
    message: &str,
    encoded: &[u8],
    domain: Domain,
    request_id: &str,
) -> Vec<u8> {
    let mut status = match pb::Status::decode(encoded) {
        Ok(status) if !status.details.is_empty() => status,
        _ => {
            let reason =
                if code == Code::Unimplemented { Reason::UnknownMethod.word() } else { word_of(code) };
            let info = pb::ErrorInfo {
                reason: reason.to_owned(),
                domain: domain.name().to_owned(),
                metadata: std::collections::HashMap::new(),
            };
            let details = vec![any("google.rpc.ErrorInfo", &info)];
            pb::Status { code: code as i32, message: message.to_owned(), details }
        }
    };
    let info = pb::RequestInfo { request_id: request_id.to_owned(), serving_data: String::new() };
    status.details.push(any("google.rpc.RequestInfo", &info));
    status.encode_to_vec()
}

fn any(name: &str, message: &impl Message) -> Any {
    Any { type_url: format!("type.googleapis.com/{name}"), value: message.encode_to_vec() }
}

fn word_of(code: Code) -> &'static str {
    match code {
        Code::Ok => "OK",
        Code::Cancelled => "CANCELLED",
        Code::Unknown => "UNKNOWN",
        Code::InvalidArgument => "INVALID_REQUEST",
        Code::DeadlineExceeded => "DEADLINE_EXCEEDED",
        Code::NotFound => "NOT_FOUND",
        Code::AlreadyExists => "ALREADY_EXISTS",
        Code::PermissionDenied => "PERMISSION_DENIED",
        Code::ResourceExhausted => "RESOURCE_EXHAUSTED",
        Code::FailedPrecondition => "FAILED_PRECONDITION",
        Code::Aborted => "LOST_RACE",
        Code::OutOfRange => "OUT_OF_RANGE",
        Code::Unimplemented => "UNIMPLEMENTED",
        Code::Internal => "INTERNAL",
        Code::Unavailable => "UNAVAILABLE",
        Code::DataLoss => "DATA_LOSS",
        Code::Unauthenticated => "UNAUTHENTICATED",
    }
}
