//! A collector of spans in the test's process, so that what leaves a service can be asserted.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

pub use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::{
    collector::trace::v1::{
        ExportTraceServiceRequest, ExportTraceServiceResponse,
        trace_service_server::{TraceService, TraceServiceServer},
    },
    common::v1::any_value::Value,
    trace::v1::ResourceSpans,
};
use tokio::{net::TcpListener, task::JoinHandle};
use tonic::{
    Request, Response, Status,
    transport::{Server, server::TcpIncoming},
};

/// Keeps the spans it is sent.
#[derive(Debug)]
pub struct Collector {
    address: SocketAddr,
    spans: Spans,
    server: JoinHandle<()>,
}

#[derive(Clone, Debug, Default)]
struct Spans(Arc<Mutex<Vec<ResourceSpans>>>);

impl Collector {
    /// Starts one on a free port.
    #[expect(clippy::disallowed_methods, reason = "it lives as long as its test and holds nothing")]
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let spans = Spans::default();
        let service = TraceServiceServer::new(spans.clone());
        let serving = Server::builder().add_service(service).serve_with_incoming(TcpIncoming::from(listener));
        let server = tokio::spawn(async move { drop(serving.await) });
        Ok(Self { address, spans, server })
    }

    /// What `OTEL_EXPORTER_OTLP_ENDPOINT` is set to.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The spans that have come so far.
    pub fn spans(&self) -> Vec<Span> {
        self.kept(|_| true)
    }

    /// Those of them that a process sent, by the name that it says of itself, such as `redress-routing`.
    pub fn spans_of(&self, process: &str) -> Vec<Span> {
        self.kept(|sent| name(sent) == Some(process))
    }

    fn kept(&self, wanted: impl Fn(&ResourceSpans) -> bool) -> Vec<Span> {
        let all = self.spans.0.lock().unwrap_or_else(PoisonError::into_inner);
        let scopes = all.iter().filter(|sent| wanted(sent)).flat_map(|sent| &sent.scope_spans);
        scopes.flat_map(|scope| scope.spans.iter().cloned()).collect()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn name(sent: &ResourceSpans) -> Option<&str> {
    let attributes = &sent.resource.as_ref()?.attributes;
    let value = attributes.iter().find(|one| one.key == "service.name")?.value.as_ref()?.value.as_ref()?;
    if let Value::StringValue(name) = value { Some(name) } else { None }
}

#[tonic::async_trait]
impl TraceService for Spans {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(request.into_inner().resource_spans);
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}
