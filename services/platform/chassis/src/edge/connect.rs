//! The Connect protocol beside gRPC, on the same listener: JSON or protobuf over plain HTTP, for callers who have no
//! HTTP/2, no trailers or no generated client (lesson L43).
//!
//! A call is turned into one of gRPC before the steps of the edge and its answer back after them, so that identity, access,
//! inspection and limits are the same by construction. JSON is read only when the edge asks for the message, which is
//! after the caller was let in.

mod dialect;
mod envelope;
mod error;
mod request;
mod response;
mod transcode;

use http::{Request, Response};
use tonic::body::Body;

pub(super) use dialect::Dialect;
pub(super) use error::refused;
pub(super) use transcode::Shape;

/// The call of gRPC that a call of Connect stands for.
pub(super) fn into_grpc(dialect: Dialect, shape: &Shape, request: Request<Body>) -> Request<Body> {
    request::into_grpc(dialect, shape, request)
}

/// The answer of Connect that an answer of gRPC stands for.
pub(super) async fn from_grpc(dialect: Dialect, shape: &Shape, response: Response<Body>) -> Response<Body> {
    response::from_grpc(dialect, shape, response).await
}
