//! Calls that are written before they are made, and answers that nobody takes apart. A caller shares the processors with whom it
//! measures, so it costs as little as it can, alike where the server is measured and where nothing is served.

use anyhow::Context as _;
use bytes::{Buf as _, BufMut as _, Bytes};
use http::uri::PathAndQuery;
use tonic::{
    Request, Status,
    client::Grpc,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    metadata::{Ascii, MetadataValue},
    transport::Channel,
};

/// One who calls an rpc with messages as they go over the wire.
pub(crate) struct Written {
    grpc: Grpc<Channel>,
    rpc: PathAndQuery,
    bearer: Option<MetadataValue<Ascii>>,
}

impl Written {
    pub(crate) fn new(channel: Channel, rpc: &'static str, bearer: Option<MetadataValue<Ascii>>) -> Self {
        Self { grpc: Grpc::new(channel), rpc: PathAndQuery::from_static(rpc), bearer }
    }

    /// The answer to a message.
    pub(crate) async fn call(&mut self, message: Bytes) -> anyhow::Result<Bytes> {
        let mut request = Request::new(message);
        if let Some(bearer) = &self.bearer {
            request.metadata_mut().insert("authorization", bearer.clone());
        }
        self.grpc.ready().await.context("connection")?;
        Ok(self.grpc.unary(request, self.rpc.clone(), AsItIs).await?.into_inner())
    }
}

/// Messages as they are.
#[derive(Clone, Copy)]
struct AsItIs;

impl Codec for AsItIs {
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

impl Encoder for AsItIs {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, message: Bytes, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.put(message);
        Ok(())
    }
}

impl Decoder for AsItIs {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, buffer: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        Ok(Some(buffer.copy_to_bytes(buffer.remaining())))
    }
}
