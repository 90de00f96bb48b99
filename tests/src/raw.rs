//! A client that can call any rpc with any bytes, as a stranger would who has read the contract badly or too well.

use std::time::Duration;

use bytes::{Buf as _, BufMut as _, Bytes};
use futures::{StreamExt as _, stream};
use http::uri::{PathAndQuery, Uri};
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::{net::TcpStream, task::JoinSet};
use tonic::{
    Request, Status,
    body::Body,
    client::Grpc,
    codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder},
    metadata::MetadataMap,
    transport::{Channel, Endpoint},
};

/// Most messages to take from one answer; a feed that stays open would otherwise never end.
const MOST: usize = 3;
/// Longest a test waits for any answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection over which bytes go as they are. It has no deadlines of its own: tonic's channel would end a call by the
/// `grpc-timeout` that is sent, and the server's answer would never be seen.
#[derive(Debug)]
pub struct Peer {
    sender: SendRequest<Body>,
    origin: Uri,
    channel: Channel,
    _connection: JoinSet<()>,
}

/// What to send.
#[derive(Clone, Debug, Default)]
pub struct Sending {
    /// Messages, in order.
    pub messages: Vec<Bytes>,
    /// Bearer token; none leaves the header out.
    pub token: Option<String>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

impl Sending {
    /// One message with a token.
    pub fn new(message: impl Into<Bytes>, token: &str) -> Self {
        Self { messages: vec![message.into()], token: Some(token.to_owned()), headers: Vec::new() }
    }

    /// With one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl Peer {
    /// Connects to `address`, such as `http://127.0.0.1:7400`.
    pub async fn connect(address: &str) -> anyhow::Result<Self> {
        let origin: Uri = address.parse()?;
        let authority = origin.authority().map(ToString::to_string).unwrap_or_default();
        let stream = TokioIo::new(TcpStream::connect(authority).await?);
        let (sender, connection) = http2::handshake(TokioExecutor::new(), stream).await?;
        let mut running = JoinSet::new();
        running.spawn(async move {
            // How it ended shows in the calls that were on it.
            let _ended = connection.await;
        });
        let channel = Endpoint::from_shared(address.to_owned())?.connect().await?;
        Ok(Self { sender, origin, channel, _connection: running })
    }

    /// The connection, for typed clients.
    pub fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// Calls the rpc at `path`, whatever its kind: on the wire a unary call is a stream of one.
    pub async fn call(&self, path: &str, sending: Sending) -> Result<Vec<Bytes>, Status> {
        let mut request = Request::new(stream::iter(sending.messages));
        fill(request.metadata_mut(), sending.token.as_deref(), &sending.headers);
        let path: PathAndQuery = path.parse().map_err(|_| gone("no such path"))?;
        let exchange = async {
            let sender = self.sender.clone();
            let service = tower::service_fn(move |request| sender.clone().send_request(request));
            let mut client = Grpc::with_origin(service, self.origin.clone());
            client.ready().await.map_err(|error| gone(&error.to_string()))?;
            let mut answer = client.streaming(request, path, Raw).await?.into_inner();
            let mut messages = Vec::new();
            while messages.len() < MOST {
                match answer.next().await {
                    Some(message) => messages.push(message?),
                    None => break,
                }
            }
            Ok(messages)
        };
        tokio::time::timeout(PATIENCE, exchange).await.map_err(|_| gone("no answer"))?
    }
}

fn fill(metadata: &mut MetadataMap, token: Option<&str>, headers: &[(&'static str, String)]) {
    if let Some(value) = token.and_then(|token| format!("Bearer {token}").parse().ok()) {
        metadata.insert("authorization", value);
    }
    for (name, value) in headers {
        if let Ok(value) = value.parse() {
            metadata.insert(*name, value);
        }
    }
}

/// A fault of the test's own side, told apart from any answer of a server by its text.
#[expect(clippy::disallowed_methods, reason = "this is a client: the status never reaches a wire")]
fn gone(why: &str) -> Status {
    Status::unknown(format!("client: {why}"))
}

/// Bytes in, bytes out.
#[derive(Clone, Copy, Debug, Default)]
struct Raw;

impl Codec for Raw {
    type Encode = Bytes;
    type Decode = Bytes;
    type Encoder = Self;
    type Decoder = Self;

    fn encoder(&mut self) -> Self {
        Self
    }

    fn decoder(&mut self) -> Self {
        Self
    }
}

impl Encoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, into: &mut EncodeBuf<'_>) -> Result<(), Status> {
        into.put(item);
        Ok(())
    }
}

impl Decoder for Raw {
    type Item = Bytes;
    type Error = Status;

    fn decode(&mut self, from: &mut DecodeBuf<'_>) -> Result<Option<Bytes>, Status> {
        let length = from.remaining();
        Ok(Some(from.copy_to_bytes(length)))
    }
}
