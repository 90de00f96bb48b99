//! An empty tonic server in a process of its own: what the wire alone costs.

use std::time::Duration;

use bytes::Bytes;
use tokio::net::TcpListener;
use tokio_stream::wrappers::TcpListenerStream;
use tonic::transport::Server;

use super::own::Own;
use crate::{
    CROWD,
    arguments::Plan,
    closed::{self, Caller},
    effort::Effort,
    measured::Measured,
    report::{Column, Report},
    written::Written,
};

/// Serves health checks and nothing else, until it is killed. Prints where.
pub(crate) async fn serve() -> anyhow::Result<()> {
    let (_reporter, health) = tonic_health::server::health_reporter();
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    Server::builder().add_service(health).serve_with_incoming(TcpListenerStream::new(listener)).await?;
    Ok(())
}

struct Checker(Written);

impl Caller for Checker {
    async fn call(&mut self) -> anyhow::Result<()> {
        // An empty question is an empty message.
        self.0.call(Bytes::new()).await.map(drop)
    }
}

pub(crate) async fn measure(plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    report.progress("empty echo");
    let echo = Echo::start()?;
    for in_flight in [1, 8, CROWD] {
        let measured = echo.load(in_flight, plan.measure).await?;
        report.rate(&format!("empty echo, {in_flight} in flight"), Column::Ceiling, &measured);
    }
    Ok(())
}

/// The empty server, until this is dropped.
pub(crate) struct Echo(Own);

impl Echo {
    pub(crate) fn start() -> anyhow::Result<Self> {
        Own::start(["--echo"]).map(Self)
    }

    pub(crate) async fn load(&self, in_flight: usize, measure: Duration) -> anyhow::Result<Measured> {
        let mut channels = Vec::new();
        for _ in 0..in_flight.div_ceil(16) {
            channels.push(self.0.connect().await?);
        }
        let checker = |number: usize| {
            Checker(Written::new(channels[number / 16].clone(), "/grpc.health.v1.Health/Check", None))
        };
        let effort = Effort::of(self.0.id(), None);
        closed::run((0..in_flight).map(checker).collect(), measure, &effort).await
    }
}
