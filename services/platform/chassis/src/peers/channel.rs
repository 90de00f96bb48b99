//! The way to a peer.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::{Arc, OnceLock},
    task::{Context, Poll},
};

use http::{HeaderValue, Request, Response};
use tonic::{body::Body, transport::Channel};
use tower::{Service, ServiceExt as _};

use crate::{
    edge::{NOWHERE, WeakEdge},
    grpc::SERVICE,
    status::Reason,
};

/// The edge of this process, once it is there. It is held weakly: what stands behind it asks through it.
pub(crate) type Inside = Arc<OnceLock<WeakEdge>>;

/// A way to a peer, for its generated clients. Clones share the connection.
#[derive(Clone)]
pub struct PeerChannel {
    service: &'static str,
    way: Way,
}

#[derive(Clone)]
pub(crate) enum Way {
    /// Through the process' own edge.
    Inside(Inside),
    /// Over the network.
    Outside(Channel),
    /// There is none.
    Nowhere,
}

impl PeerChannel {
    pub(crate) const fn new(service: &'static str, way: Way) -> Self {
        Self { service, way }
    }
}

impl Service<Request<Body>> for PeerChannel {
    type Response = Response<Body>;
    type Error = tonic::transport::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, tonic::transport::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        // A connection is waited for in the call, so that waiting for it is part of the call's time.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        // Several services may share the listener that is asked.
        request.headers_mut().insert(SERVICE, HeaderValue::from_static(self.service));
        let (service, way) = (self.service, self.way.clone());
        Box::pin(async move {
            match way {
                Way::Outside(mut channel) => channel.ready().await?.call(request).await,
                Way::Inside(edge) => match edge.get().and_then(WeakEdge::upgrade) {
                    Some(mut edge) => match edge.call(request).await {
                        Ok(response) => Ok(response),
                        Err(never) => match never {},
                    },
                    None => Ok(unavailable(&format!("{service} does not take calls yet, or any more"))),
                },
                Way::Nowhere => Ok(unavailable(&format!("it is not known where {service} is"))),
            }
        })
    }
}

fn unavailable(why: &str) -> Response<Body> {
    NOWHERE.answer(Reason::Unavailable, why).into_http()
}

impl fmt::Debug for PeerChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PeerChannel").field(&self.service).finish()
    }
}
