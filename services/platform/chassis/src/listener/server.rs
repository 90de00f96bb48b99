//! The HTTP/2 server and its limits, each set on purpose: two of them are off where nobody sets them (fact 0.7).

use std::{fs, future::Future, io, time::Duration};

use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::{
    service::Routes,
    transport::{Certificate, Identity, Server, ServerTlsConfig, server::Router},
};
use tower::layer::layer_fn;

use super::guard::Guarded;
use crate::{
    config::{Limits, Tls},
    edge::Edge,
};

/// Resets that a connection may cause before it is closed.
const MOST_LOCAL_RESETS: usize = 256;
/// Streams that a peer may open and reset before they are accepted.
const MOST_PENDING_RESETS: usize = 20;
/// Bytes of headers of a call; the token has its own limit of 8 KiB within.
const HEADERS: u32 = 16 * 1024;
/// Bytes on their way in one stream, and on one connection.
const STREAM_WINDOW: u32 = 64 * 1024;
const CONNECTION_WINDOW: u32 = 512 * 1024;
const PING_EVERY: Duration = Duration::from_secs(20);
const PING_ANSWER: Duration = Duration::from_secs(10);

/// The listener cannot be set up.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unusable {
    #[error("a certificate file cannot be read")]
    Certificate(#[source] io::Error),
    #[error("the certificate and key cannot be used")]
    Tls(#[source] tonic::transport::Error),
}

/// Serves the edge on accepted connections until `stop` resolves, then lets running calls end.
pub(crate) fn serve(
    edge: Edge,
    limits: &Limits,
    tls: Option<&Tls>,
    age: Duration,
    connections: mpsc::Receiver<io::Result<Guarded>>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<impl Future<Output = Result<(), tonic::transport::Error>> + Send + 'static, Unusable> {
    let mut server = Server::builder()
        // For callers of the Connect protocol; gRPC itself is HTTP/2 alone.
        .accept_http1(true)
        .max_concurrent_streams(limits.streams)
        .http2_max_local_error_reset_streams(Some(MOST_LOCAL_RESETS))
        .http2_max_pending_accept_reset_streams(Some(MOST_PENDING_RESETS))
        .http2_max_header_list_size(HEADERS)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .http2_keepalive_interval(Some(PING_EVERY))
        .http2_keepalive_timeout(Some(PING_ANSWER))
        .max_connection_age(age)
        .max_connection_age_grace(limits.connection_grace);
    if let Some(tls) = tls {
        server = server.tls_config(tls_config(tls)?).map_err(Unusable::Tls)?;
    }
    // The edge finds the answerer by itself; the router that the server would put behind it stays empty.
    let mut server = server.layer(layer_fn(move |_: Routes| edge.clone()));
    let router: Router<_> = server.add_routes(Routes::default());
    Ok(router.serve_with_incoming_shutdown(ReceiverStream::new(connections), stop))
}

fn tls_config(tls: &Tls) -> Result<ServerTlsConfig, Unusable> {
    let read = |path| fs::read(path).map_err(Unusable::Certificate);
    let identity = Identity::from_pem(read(&tls.certificate)?, read(&tls.key)?);
    let config = ServerTlsConfig::new().identity(identity).timeout(tls.handshake);
    Ok(match &tls.client_authorities {
        Some(path) => config.client_ca_root(Certificate::from_pem(read(path)?)),
        None => config,
    })
}
