//! A status as Connect writes it: a word for the code, the message, and each detail both as it is and readable.

use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use bytes::Bytes;
use http::{Response, StatusCode};
use prost::Message as _;
use prost_reflect::{DescriptorPool, DynamicMessage};
use serde_json::{Value, json};
use tonic::{Code, Status, body::Body};
use tonic_types::pb;

use super::response::refusal;
use crate::status::{Domain, Reason};

/// The messages that may stand in a detail: those of `google.rpc`, and those of the contract.
static DETAILS: LazyLock<DescriptorPool> = LazyLock::new(|| {
    let mut pool = redress_proto::pool().clone();
    // Where they cannot be added, details are told in their encoded form alone.
    if let Err(fault) = pool.decode_file_descriptor_set(pb::FILE_DESCRIPTOR_SET) {
        tracing::warn!(%fault, "details of refusals will not be readable");
    }
    pool
});

/// The answer to a call for an rpc that is not here.
pub(crate) fn refused(domain: Domain) -> Response<Body> {
    refusal(&domain.answer(Reason::UnknownMethod, "there is no such rpc here"))
}

/// The status as JSON.
pub(super) fn json(status: &Status) -> Bytes {
    value(status).to_string().into()
}

/// The last envelope of a stream that failed.
pub(super) fn last(status: &Status) -> Bytes {
    json!({ "error": value(status) }).to_string().into()
}

fn value(status: &Status) -> Value {
    let details = pb::Status::decode(status.details()).map(|details| details.details).unwrap_or_default();
    let details: Vec<Value> = details
        .iter()
        .map(|detail| {
            let name = detail.type_url.rsplit('/').next().unwrap_or_default();
            json!({
                "type": name,
                "value": STANDARD_NO_PAD.encode(&detail.value),
                "debug": readable(name, &detail.value),
            })
        })
        .collect();
    json!({ "code": word(status.code()), "message": status.message(), "details": details })
}

fn readable(name: &str, encoded: &[u8]) -> Value {
    let read = || {
        let descriptor = DETAILS.get_message_by_name(name)?;
        serde_json::to_value(DynamicMessage::decode(descriptor, encoded).ok()?).ok()
    };
    read().unwrap_or(Value::Null)
}

const fn word(code: Code) -> &'static str {
    match code {
        Code::Ok => "ok",
        Code::Cancelled => "canceled",
        Code::Unknown => "unknown",
        Code::InvalidArgument => "invalid_argument",
        Code::DeadlineExceeded => "deadline_exceeded",
        Code::NotFound => "not_found",
        Code::AlreadyExists => "already_exists",
        Code::PermissionDenied => "permission_denied",
        Code::ResourceExhausted => "resource_exhausted",
        Code::FailedPrecondition => "failed_precondition",
        Code::Aborted => "aborted",
        Code::OutOfRange => "out_of_range",
        Code::Unimplemented => "unimplemented",
        Code::Internal => "internal",
        Code::Unavailable => "unavailable",
        Code::DataLoss => "data_loss",
        Code::Unauthenticated => "unauthenticated",
    }
}

/// The status of HTTP that the protocol gives each code.
pub(super) const fn http_status(code: Code) -> StatusCode {
    match code {
        Code::Ok => StatusCode::OK,
        Code::InvalidArgument | Code::FailedPrecondition | Code::OutOfRange => StatusCode::BAD_REQUEST,
        Code::Unauthenticated => StatusCode::UNAUTHORIZED,
        Code::PermissionDenied => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Cancelled | Code::DeadlineExceeded => StatusCode::GATEWAY_TIMEOUT,
        Code::AlreadyExists | Code::Aborted => StatusCode::CONFLICT,
        Code::ResourceExhausted => StatusCode::TOO_MANY_REQUESTS,
        Code::Unimplemented => StatusCode::NOT_IMPLEMENTED,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::Unknown | Code::Internal | Code::DataLoss => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
