//! What a service said no with, read back from the details of its status.

use std::collections::BTreeMap;

use prost::{Message as _, Name as _};
use redress_proto::r#type::v1::Citation;
use tonic::{Code, Status};
use tonic_types::pb;

/// A refusal as the service explained it.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The status code.
    pub code: Code,
    /// Stable, documented reason, such as `STEPS_NOT_EXHAUSTED`; empty when the answer carried none.
    pub reason: String,
    /// Who refused, such as `complaints.redress`.
    pub domain: String,
    /// One sentence.
    pub message: String,
    /// Names and values that help to act on it, in order.
    pub metadata: BTreeMap<String, String>,
    /// Every field in breach.
    pub violations: Vec<FieldViolation>,
    /// The stage the thing is in; empty when the stage does not matter.
    pub current_stage: String,
    /// The stages that would have accepted the command.
    pub allowed_stages: Vec<String>,
    /// The resource it is about; empty when there is none.
    pub resource: String,
    /// The rules that refused.
    pub citations: Vec<Citation>,
    /// What to tell those who operate the service.
    pub trace: String,
}

/// A field that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldViolation {
    /// Path of the field.
    pub field: String,
    /// Stable code of the breach.
    pub reason: String,
    /// What to do about it.
    pub description: String,
}

/// Metadata that is shown in a place of its own.
const SHOWN_ELSEWHERE: [&str; 4] = ["current_stage", "allowed_stages", "citations", "policy_pack"];

impl Problem {
    /// What cannot be done just now, where that was said in an answer and not by a status.
    pub fn not_now(message: String) -> Self {
        Self {
            code: Code::Unavailable,
            reason: "NOT_AVAILABLE".to_owned(),
            domain: String::new(),
            message,
            metadata: BTreeMap::new(),
            violations: Vec::new(),
            current_stage: String::new(),
            allowed_stages: Vec::new(),
            resource: String::new(),
            citations: Vec::new(),
            trace: String::new(),
        }
    }

    /// Reads `status`. Details that cannot be read are left out: the code and the sentence always stand.
    pub fn read(status: &Status) -> Self {
        let mut problem = Self {
            code: status.code(),
            reason: String::new(),
            domain: String::new(),
            message: status.message().to_owned(),
            metadata: BTreeMap::new(),
            violations: Vec::new(),
            current_stage: String::new(),
            allowed_stages: Vec::new(),
            resource: String::new(),
            citations: Vec::new(),
            trace: String::new(),
        };
        let details = pb::Status::decode(status.details()).map(|status| status.details).unwrap_or_default();
        for detail in details {
            let name = detail.type_url.rsplit('/').next().unwrap_or_default();
            problem.take(name, &detail.value);
        }
        for key in SHOWN_ELSEWHERE {
            let value = problem.metadata.remove(key).unwrap_or_default();
            match key {
                "current_stage" => problem.current_stage = value,
                "allowed_stages" => {
                    problem.allowed_stages =
                        value.split(',').filter(|stage| !stage.is_empty()).map(str::to_owned).collect();
                }
                // The citations themselves say it in full.
                _ => {}
            }
        }
        problem
    }

    /// Whether the service itself answered, and not something on the way to it.
    pub fn explained(&self) -> bool {
        !self.reason.is_empty()
    }

    fn take(&mut self, name: &str, value: &[u8]) {
        match name {
            "google.rpc.ErrorInfo" => {
                if let Ok(info) = pb::ErrorInfo::decode(value) {
                    self.reason = info.reason;
                    self.domain = info.domain;
                    self.metadata.extend(info.metadata);
                }
            }
            "google.rpc.BadRequest" => {
                if let Ok(request) = pb::BadRequest::decode(value) {
                    self.violations.extend(request.field_violations.into_iter().map(|violation| {
                        FieldViolation {
                            field: violation.field,
                            reason: violation.reason,
                            description: violation.description,
                        }
                    }));
                }
            }
            "google.rpc.PreconditionFailure" => {
                if let Ok(failure) = pb::PreconditionFailure::decode(value)
                    && let Some(violation) = failure.violations.into_iter().next()
                    && self.resource.is_empty()
                {
                    self.resource = violation.subject;
                }
            }
            "google.rpc.ResourceInfo" => {
                if let Ok(info) = pb::ResourceInfo::decode(value) {
                    self.resource = info.resource_name;
                }
            }
            "google.rpc.RequestInfo" => {
                if let Ok(info) = pb::RequestInfo::decode(value) {
                    self.trace = info.request_id;
                }
            }
            name if name == Citation::full_name() => {
                if let Ok(citation) = Citation::decode(value) {
                    self.citations.push(citation);
                }
            }
            // A detail of a later version: not understood, and not needed to act.
            _ => {}
        }
    }
}
