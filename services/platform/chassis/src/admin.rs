//! What operators ask a process, on a port of its own: metrics, whether it lives, whether it takes calls, and a page that
//! shows all of it to people.

mod html;
mod page;
mod plot;

use std::{future::Future, io, sync::Arc};

use axum::{
    Router,
    extract::{RawQuery, State},
    http::{
        HeaderName, StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
        },
    },
    response::IntoResponse,
    routing::get,
};
use redress_kernel::Clock;
use tokio::net::TcpListener;

use crate::{
    process::Readiness,
    tasks::Tasks,
    telemetry::{History, Metrics, Sample},
};

/// The page needs nothing from anywhere else, and nothing may put it into a frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What operators are answered from. Clones share it.
#[derive(Clone)]
pub(crate) struct Operators {
    metrics: Metrics,
    readiness: Readiness,
    services: Arc<[&'static str]>,
    history: History,
    clock: Arc<dyn Clock>,
}

impl Operators {
    /// Keeps a history from now on.
    pub(crate) fn new(
        metrics: Metrics,
        readiness: Readiness,
        services: Vec<&'static str>,
        tasks: &Tasks,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let history = History::default();
        history.keep(metrics.clone(), tasks, clock.clone());
        Self { metrics, readiness, services: services.into(), history, clock }
    }

    /// Answers operators until `stop` resolves.
    pub(crate) async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        let router = Router::new()
            .route("/", get(operations))
            .route("/style.css", get(async || typed("text/css; charset=utf-8", page::STYLE)))
            .route("/healthz", get(async || "ok\n"))
            .route("/readyz", get(ready))
            .route("/metrics", get(metrics))
            .with_state(self);
        axum::serve(listener, router).with_graceful_shutdown(stop).await
    }
}

async fn operations(State(operators): State<Operators>, RawQuery(query): RawQuery) -> impl IntoResponse {
    let (reading, now) = (operators.metrics.read(), operators.clock.now());
    let samples = operators.history.until(Sample::of(&reading, now));
    let shown = page::Shown {
        services: &operators.services,
        ready: operators.readiness.is_ready(),
        live: query.as_deref() != Some("live=off"),
        now,
        reading: &reading,
        samples: &samples,
    };
    typed("text/html; charset=utf-8", shown.render())
}

async fn ready(State(operators): State<Operators>) -> impl IntoResponse {
    if operators.readiness.is_ready() {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    }
}

async fn metrics(State(operators): State<Operators>) -> impl IntoResponse {
    typed("text/plain; version=0.0.4; charset=utf-8", operators.metrics.scrape())
}

type Headers = [(HeaderName, &'static str); 5];

fn typed<T: IntoResponse>(content: &'static str, body: T) -> (Headers, T) {
    let headers = [
        (CONTENT_TYPE, content),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, body)
}
