//! Calls made by hand over HTTP/2, for what no client library would send and none would show.

use std::net::SocketAddr;

use bytes::Bytes;
use http::{HeaderMap, Request};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http2::{SendRequest, handshake};
use hyper_util::rt::{TokioExecutor, TokioIo};
use redress_chassis::auth::Identity;
use redress_testkit::{Refused, Suite};
use tokio::net::TcpStream;
use tonic::{Code, Status};

use crate::puppet::framed;

/// An answer as it came.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) status: Status,
}

impl Answer {
    pub(crate) fn code(&self) -> Code {
        self.status.code()
    }

    pub(crate) fn refused(&self) -> Refused {
        Refused::of(&self.status)
    }

    /// The text of the one message.
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.slice(5..).to_vec()).unwrap()
    }
}

/// A connection, and the token that its calls carry.
pub(crate) struct Wire {
    sender: SendRequest<Full<Bytes>>,
    address: SocketAddr,
    token: Option<String>,
}

impl Wire {
    /// Connects as `identity`.
    pub(crate) async fn of(suite: &Suite, identity: &Identity) -> Self {
        Self::with_token(suite.running().address(), Some(suite.token(identity).unwrap())).await
    }

    /// Connects with this token, or none.
    #[expect(clippy::disallowed_methods, reason = "the connection lives as long as its test")]
    pub(crate) async fn with_token(address: SocketAddr, token: Option<String>) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        let (sender, connection) = handshake(TokioExecutor::new(), TokioIo::new(stream)).await.unwrap();
        tokio::spawn(async move { drop(connection.await) });
        Self { sender, address, token }
    }

    /// Another that calls on the same connection.
    pub(crate) fn share(&self) -> Self {
        Self { sender: self.sender.clone(), address: self.address, token: self.token.clone() }
    }

    /// Calls with one message.
    pub(crate) async fn call(&mut self, path: &str, payload: &[u8]) -> Answer {
        self.send(path, &[], framed(payload)).await
    }

    /// Calls with these headers and exactly these bytes as the body.
    pub(crate) async fn send(&mut self, path: &str, headers: &[(&str, &str)], body: Bytes) -> Answer {
        let mut request = Request::post(format!("http://{}{path}", self.address))
            .header("content-type", "application/grpc")
            .header("te", "trailers");
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.sender.ready().await.unwrap();
        let response = self.sender.send_request(request.body(Full::new(body)).unwrap()).await.unwrap();
        let (head, body) = response.into_parts();
        let collected = body.collect().await.unwrap();
        let trailers = collected.trailers().cloned().unwrap_or_else(|| head.headers.clone());
        let status = Status::from_header_map(&trailers).expect("a status");
        Answer { headers: head.headers, body: collected.to_bytes(), status }
    }

    /// Sends something that is no call, and returns the status of HTTP.
    pub(crate) async fn stray(&mut self, path: &str, kind: &str) -> u16 {
        let request = Request::post(format!("http://{}{path}", self.address)).header("content-type", kind);
        self.sender.ready().await.unwrap();
        let response = self.sender.send_request(request.body(Full::default()).unwrap()).await.unwrap();
        response.status().as_u16()
    }
}
