//! Answers that were encoded before: an rpc whose answer is at hand as bytes sends those, and makes no message of them only
//! to encode it again.

use std::{
    convert::Infallible,
    fmt,
    future::Future,
    marker::PhantomData,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use bytes::{BufMut as _, Bytes};
use futures::future::Either;
use prost::Message;
use tonic::{
    Request, Response, Status,
    body::Body,
    codec::{BufferSettings, Codec, EncodeBuf, Encoder},
    server::{Grpc, NamedService},
};
use tonic_prost::ProstDecoder;
use tower::service_fn;

/// Longest answer for which room is made ahead; longer ones grow.
const ROOM: usize = 8 * 1024;
/// Answers are sent whole, whatever their length.
const WHOLE: usize = 64 * 1024;

/// A service, one rpc of which is answered with bytes.
pub struct Encoded<S, Q, F> {
    inner: S,
    path: &'static str,
    answer: Arc<F>,
    asked: PhantomData<fn(Q)>,
}

/// An encoded answer on its way.
pub type Answered = Pin<Box<dyn Future<Output = Result<Response<Bytes>, Status>> + Send>>;

impl<S, Q, F> Encoded<S, Q, F>
where
    F: Fn(Request<Q>) -> Answered + Send + Sync + 'static,
{
    /// `inner`, but that the rpc at `path` is answered by `answer`: with an encoded message of the type that the contract says.
    pub fn over(inner: S, path: &'static str, answer: F) -> Self {
        Self { inner, path, answer: Arc::new(answer), asked: PhantomData }
    }
}

impl<S: Clone, Q, F> Clone for Encoded<S, Q, F> {
    fn clone(&self) -> Self {
        Self {
            inner: self.inner.clone(),
            path: self.path,
            answer: Arc::clone(&self.answer),
            asked: PhantomData,
        }
    }
}

impl<S: NamedService, Q, F> NamedService for Encoded<S, Q, F> {
    const NAME: &'static str = S::NAME;
}

impl<S, Q, F> tower::Service<http::Request<Body>> for Encoded<S, Q, F>
where
    S: tower::Service<http::Request<Body>, Response = http::Response<Body>, Error = Infallible>,
    Q: Message + Default + 'static,
    F: Fn(Request<Q>) -> Answered + Send + Sync + 'static,
{
    type Response = http::Response<Body>;
    type Error = Infallible;
    type Future =
        Either<S::Future, Pin<Box<dyn Future<Output = Result<http::Response<Body>, Infallible>> + Send>>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        if request.uri().path() != self.path {
            return Either::Left(self.inner.call(request));
        }
        let answer = Arc::clone(&self.answer);
        Either::Right(Box::pin(async move {
            let rpc = service_fn(|request| answer(request));
            Ok(Grpc::new(Bare(PhantomData)).unary(rpc, request).await)
        }))
    }
}

impl<S, Q, F> fmt::Debug for Encoded<S, Q, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Encoded").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Decodes questions and sends answers as they are.
struct Bare<Q>(PhantomData<fn(Q)>);

struct AsItIs;

impl<Q: Message + Default + 'static> Codec for Bare<Q> {
    type Encode = Bytes;
    type Decode = Q;
    type Encoder = AsItIs;
    type Decoder = ProstDecoder<Q>;

    fn encoder(&mut self) -> AsItIs {
        AsItIs
    }

    fn decoder(&mut self) -> ProstDecoder<Q> {
        ProstDecoder::default()
    }
}

impl Encoder for AsItIs {
    type Item = Bytes;
    type Error = Status;

    fn encode(&mut self, item: Bytes, buffer: &mut EncodeBuf<'_>) -> Result<(), Status> {
        buffer.reserve(item.len());
        buffer.put(item);
        Ok(())
    }

    fn buffer_settings(&self) -> BufferSettings {
        BufferSettings::new(ROOM, WHOLE)
    }
}
