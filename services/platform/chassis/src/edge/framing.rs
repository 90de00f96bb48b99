//! The frames of gRPC inside the body: five bytes of prefix, then a message. Lengths are judged before anything is kept.

use bytes::{Buf as _, Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header::CONTENT_TYPE};
use http_body_util::{BodyExt as _, Full};
use tonic::{Status, body::Body};

use crate::status::{Details, Domain, Reason};

/// Bytes of the prefix: whether the message is compressed, and its length.
pub(super) const PREFIX: usize = 5;

/// One message with its prefix.
pub(super) struct Message(Bytes);

impl Message {
    pub(super) fn payload(&self) -> &[u8] {
        &self.0[PREFIX..]
    }

    pub(super) fn into_body(self) -> Body {
        Body::new(Full::new(self.0))
    }
}

/// Whether the request is one of gRPC at all.
pub(super) fn is_call(request: &Request<Body>) -> bool {
    let kind = request.headers().get(CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let rest = kind.strip_prefix(b"application/grpc");
    request.method() == Method::POST
        && rest.is_some_and(|rest| matches!(rest.first(), None | Some(b'+' | b';')))
}

/// What the protocol answers to a request that is none of its own, so that no stray client takes it for an answer.
pub(super) fn no_call() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    response
}

/// Refuses compression, of which none is offered: a small message must not unpack into a large one.
pub(super) fn check_encoding(domain: Domain, headers: &HeaderMap) -> Result<(), Status> {
    match headers.get("grpc-encoding") {
        None => Ok(()),
        Some(encoding) if encoding == "identity" => Ok(()),
        Some(_) => {
            Err(Details::new(domain, Reason::CompressionNotOffered.code(), Reason::CompressionNotOffered)
                .header("grpc-accept-encoding", "identity")
                .say("messages must not be compressed"))
        }
    }
}

/// Reads the one message of a call.
pub(super) async fn one_message(domain: Domain, body: &mut Body, most: usize) -> Result<Message, Status> {
    // Nearly always everything is in the first frame, which is then passed on as it came.
    let mut whole = Bytes::new();
    let mut parts: Option<BytesMut> = None;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        if data.is_empty() {
            continue;
        }
        if whole.is_empty() && parts.is_none() {
            whole = data;
        } else {
            let gathered = parts.get_or_insert_with(|| BytesMut::from(whole.as_ref()));
            gathered.extend_from_slice(&data);
        }
        let so_far = parts.as_ref().map_or(whole.as_ref(), AsRef::as_ref);
        let expected = length(domain, so_far, most)?;
        if expected.is_some_and(|expected| so_far.len() > PREFIX + expected) {
            return Err(malformed(domain, "has more than one message"));
        }
    }
    let whole = parts.map_or(whole, BytesMut::freeze);
    match length(domain, &whole, most)? {
        Some(expected) if whole.len() == PREFIX + expected => Ok(Message(whole)),
        None if whole.is_empty() => Err(malformed(domain, "has no message")),
        Some(_) | None => Err(malformed(domain, "ends in the middle of a message")),
    }
}

/// The length that the prefix announces, once the prefix is there.
pub(super) fn length(domain: Domain, bytes: &[u8], most: usize) -> Result<Option<usize>, Status> {
    let Some(mut prefix) = bytes.get(..PREFIX) else { return Ok(None) };
    match prefix.get_u8() {
        0 => {}
        1 => return Err(malformed(domain, "is compressed although no encoding was named")),
        _ => return Err(malformed(domain, "does not begin with a prefix of gRPC")),
    }
    let announced = prefix.get_u32() as usize;
    if announced > most {
        return Err(too_large(domain, announced, most));
    }
    Ok(Some(announced))
}

pub(super) fn malformed(domain: Domain, why: &str) -> Status {
    domain.invalid_field("(body)", Reason::MalformedMessage.word(), why)
}

pub(super) fn too_large(domain: Domain, announced: usize, most: usize) -> Status {
    Details::new(domain, Reason::MessageTooLarge.code(), Reason::MessageTooLarge)
        .with("limit_bytes", most)
        .with("message_bytes", announced)
        .quota("message_bytes", &format!("a message of this rpc has at most {most} bytes"))
        .say(&format!("the message is longer than the {most} bytes that this rpc takes"))
}
