//! An answer of gRPC as one of Connect.

use bytes::Bytes;
use futures::stream;
use http::{HeaderMap, HeaderValue, Response, header::CONTENT_TYPE};
use http_body::Frame;
use http_body_util::{Full, StreamBody};
use tonic::{Code, Status, body::Body};

use super::{
    dialect::{Codec, Dialect},
    envelope::Envelopes,
    error,
    transcode::{Shape, framed},
};

/// Marks the last envelope of a stream, in which the status stands.
const LAST: u8 = 2;

/// The same answer.
pub(super) async fn from_grpc(dialect: Dialect, shape: &Shape, response: Response<Body>) -> Response<Body> {
    let (mut head, body) = response.into_parts();
    let at_once = Status::from_header_map(&head.headers);
    for name in ["grpc-status", "grpc-message", "grpc-status-details-bin", "content-length"] {
        head.headers.remove(name);
    }
    head.headers.insert(CONTENT_TYPE, dialect.content_type());
    let envelopes = Envelopes::of(shape.domain, body, usize::MAX);
    if dialect.streams {
        let body = several(dialect.codec, shape.clone(), at_once, envelopes);
        return Response::from_parts(head, body);
    }
    let answer = match at_once {
        Some(status) if status.code() != Code::Ok => Err(status),
        Some(_) | None => one(dialect.codec, shape, envelopes).await,
    };
    match answer {
        Ok(message) => Response::from_parts(head, Body::new(Full::new(message))),
        Err(status) => {
            head.status = error::http_status(status.code());
            head.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            Response::from_parts(head, Body::new(Full::new(error::json(&status))))
        }
    }
}

/// The one message, once the trailers have said that it stands.
async fn one(codec: Codec, shape: &Shape, mut envelopes: Envelopes) -> Result<Bytes, Status> {
    let message = envelopes.next().await?;
    while envelopes.next().await?.is_some() {}
    ended(envelopes.trailers.as_ref(), shape)?;
    shape.write(codec, message.unwrap_or_default())
}

/// Each message as it comes, then the status.
fn several(codec: Codec, shape: Shape, at_once: Option<Status>, envelopes: Envelopes) -> Body {
    let sending = Some((envelopes, shape, at_once));
    let frames = stream::unfold(sending, move |sending| async move {
        let (mut envelopes, shape, at_once) = sending?;
        let next = match at_once {
            Some(status) => Err(status),
            None => envelopes.next().await,
        };
        let written = match next {
            Ok(Some(message)) => shape.write(codec, message).map(Some),
            Ok(None) => ended(envelopes.trailers.as_ref(), &shape).map(|()| None),
            Err(status) => Err(status),
        };
        Some(match written {
            Ok(Some(message)) => (Frame::data(framed(0, &message)), Some((envelopes, shape, None))),
            Ok(None) => (Frame::data(framed(LAST, b"{}")), None),
            Err(status) => (Frame::data(framed(LAST, &error::last(&status))), None),
        })
    });
    Body::new(StreamBody::new(futures::StreamExt::map(frames, Ok::<_, Status>)))
}

/// What the trailers say.
fn ended(trailers: Option<&HeaderMap>, shape: &Shape) -> Result<(), Status> {
    match trailers.and_then(Status::from_header_map) {
        Some(status) if status.code() == Code::Ok => Ok(()),
        Some(status) => Err(status),
        None => Err(shape.domain.fault()),
    }
}

/// An answer to a call that never became one of gRPC.
pub(super) fn refusal(status: &Status) -> Response<Body> {
    let mut response = Response::new(Body::new(Full::new(error::json(status))));
    *response.status_mut() = error::http_status(status.code());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
