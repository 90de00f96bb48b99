//! A call of Connect as one of gRPC.

use bytes::{Bytes, BytesMut};
use futures::stream;
use http::{
    HeaderMap, HeaderValue, Request,
    header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TE},
};
use http_body::Frame;
use http_body_util::{BodyExt as _, StreamBody};
use tonic::{Status, body::Body};

use super::{
    dialect::{Codec, Dialect},
    envelope::Envelopes,
    transcode::{Shape, framed},
};
use crate::edge::framing;

/// The same call, its messages read when they are asked for.
pub(super) fn into_grpc(dialect: Dialect, shape: &Shape, request: Request<Body>) -> Request<Body> {
    let (mut head, body) = request.into_parts();
    let packed = head.headers.remove(CONTENT_ENCODING);
    translate(&mut head.headers);
    if let Some(packed) = packed.or_else(|| head.headers.remove("connect-content-encoding")) {
        // Refused where compression in gRPC is refused, for the same reason.
        head.headers.insert("grpc-encoding", packed);
    }
    let shape = shape.clone();
    let body =
        if dialect.streams { several(dialect.codec, shape, body) } else { one(dialect.codec, shape, body) };
    Request::from_parts(head, body)
}

fn translate(headers: &mut HeaderMap) {
    headers.remove(CONTENT_LENGTH);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    headers.insert(TE, HeaderValue::from_static("trailers"));
    if let Some(milliseconds) = headers.remove("connect-timeout-ms") {
        // What is no number is refused where a timeout of gRPC that is none is refused.
        let text = [milliseconds.as_bytes(), b"m"].concat();
        if let Ok(timeout) = HeaderValue::from_bytes(&text) {
            headers.insert("grpc-timeout", timeout);
        }
    }
}

fn one(codec: Codec, shape: Shape, body: Body) -> Body {
    let read = async move {
        let written = whole(&shape, codec, body).await?;
        Ok::<_, Status>(Frame::data(framed(0, &shape.read(codec, written)?)))
    };
    Body::new(StreamBody::new(stream::once(read)))
}

fn several(codec: Codec, shape: Shape, body: Body) -> Body {
    let envelopes = Envelopes::of(shape.domain, body, shape.most_written(codec));
    let read = stream::try_unfold((envelopes, shape), move |(mut envelopes, shape)| async move {
        let Some(written) = envelopes.next().await? else { return Ok::<_, Status>(None) };
        let frame = Frame::data(framed(0, &shape.read(codec, written)?));
        Ok(Some((frame, (envelopes, shape))))
    });
    Body::new(StreamBody::new(read))
}

/// The one message of a body, which is not kept beyond what the rpc takes.
async fn whole(shape: &Shape, codec: Codec, mut body: Body) -> Result<Bytes, Status> {
    let most = shape.most_written(codec);
    let mut whole = BytesMut::new();
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data() {
            whole.extend_from_slice(&data);
        }
        if whole.len() > most {
            return Err(framing::too_large(shape.domain, whole.len(), most));
        }
    }
    Ok(whole.freeze())
}
