//! Calls with bytes of the test's own making, for requests that no client would build.

use bytes::{Buf as _, BufMut as _, Bytes};
use tonic::{
    Request, Response, Status, Streaming,
    client::Grpc,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    transport::Channel,
};

/// Passes messages through as they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct RawCodec;

impl Codec for RawCodec {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        *self
    }

    fn decoder(&mut self) -> Self {
        *self
    }
}

impl Encoder for RawCodec {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put(item);
        Ok(())
    }
}

impl Decoder for RawCodec {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        let length = buffer.remaining();
        Ok(Some(buffer.copy_to_bytes(length)))
    }
}

/// Calls the rpc at `path` with one message.
pub async fn unary(
    channel: &Channel,
    path: &'static str,
    request: Request<Bytes>,
) -> Result<Response<Bytes>, Status> {
    let mut client = ready(channel).await?;
    client.unary(request, http_path(path), RawCodec).await
}

/// Calls the rpc at `path`, which answers with a stream.
pub async fn server_stream(
    channel: &Channel,
    path: &'static str,
    request: Request<Bytes>,
) -> Result<Response<Streaming<Bytes>>, Status> {
    let mut client = ready(channel).await?;
    client.server_streaming(request, http_path(path), RawCodec).await
}

/// Calls the rpc at `path` with these messages, one after the other.
pub async fn client_stream(
    channel: &Channel,
    path: &'static str,
    request: Request<Vec<Bytes>>,
) -> Result<Response<Bytes>, Status> {
    let mut client = ready(channel).await?;
    client.client_streaming(request.map(tokio_stream::iter), http_path(path), RawCodec).await
}

#[expect(
    clippy::disallowed_methods,
    reason = "a connection that is gone has no status of the service's making"
)]
async fn ready(channel: &Channel) -> Result<Grpc<Channel>, Status> {
    let mut client = Grpc::new(channel.clone());
    client.ready().await.map_err(|error| Status::from_error(error.into()))?;
    Ok(client)
}

fn http_path(path: &'static str) -> http::uri::PathAndQuery {
    http::uri::PathAndQuery::from_static(path)
}
