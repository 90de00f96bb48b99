//! The last touch on an answer: the request id on every one, complete details on every refusal.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use http::{HeaderMap, HeaderValue, Response};
use tonic::{Code, Status, body::Body};

use super::answer::{Answer, Ending};
use crate::status::{self, Domain};

const DETAILS: &str = "grpc-status-details-bin";

/// Finishes an answer. One that is complete already is ended here; one with a body ends with its trailers.
pub(super) fn finish(response: Response<Body>, mut answer: Answer) -> Response<Body> {
    let (mut head, body) = response.into_parts();
    head.headers.insert("x-request-id", answer.observation.request_id.clone());
    match code_in(&head.headers) {
        Some(code) => {
            complete(&mut head.headers, code, answer.domain, &answer.observation.trace.trace());
            answer.observation.end(code);
            Response::from_parts(head, Body::empty())
        }
        None => Response::from_parts(head, Body::new(Ending::new(body, answer))),
    }
}

/// The status code, where the headers or trailers carry one.
pub(super) fn code_in(headers: &HeaderMap) -> Option<Code> {
    headers.get("grpc-status").map(|code| Code::from_bytes(code.as_bytes()))
}

/// Completes the details of a refusal in headers or trailers.
pub(super) fn complete(headers: &mut HeaderMap, code: Code, domain: Domain, request_id: &str) {
    if code == Code::Ok {
        return;
    }
    let encoded = headers.get(DETAILS).and_then(|value| STANDARD_NO_PAD.decode(value.as_bytes()).ok());
    let message =
        Status::from_header_map(headers).map(|status| status.message().to_owned()).unwrap_or_default();
    let details = status::complete(code, &message, &encoded.unwrap_or_default(), domain, request_id);
    if let Ok(value) = HeaderValue::from_str(&STANDARD_NO_PAD.encode(details)) {
        headers.insert(DETAILS, value);
    }
}

/// A status as trailers.
pub(super) fn trailers(status: &Status) -> HeaderMap {
    let mut trailers = HeaderMap::new();
    // It fails only for metadata that is no header, of which we make none.
    let _ = status.add_header(&mut trailers);
    trailers
}
