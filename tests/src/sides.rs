//! Complaints and routing as processes that follow one another and have nothing in common but the wire: each with databases of its
//! own, each behind a relay, so that either may go away and come back somewhere else.

use std::{fmt, fs, net::SocketAddr, path::Path};

use anyhow::{Context as _, ensure};
use redress_proto::options::v1::Role;
use redress_testkit::Relay;
use uuid::Uuid;

use crate::{
    identity::{Identity, Issuer},
    postgres::Pair,
    server::{Launch, Server},
};

/// Nobody listens here.
const NOWHERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 1);

/// Both.
#[derive(Debug)]
pub struct Sides {
    /// Complaints.
    pub complaints: Side,
    /// Routing.
    pub routing: Side,
}

/// One of them.
#[derive(Debug)]
pub struct Side {
    launch: Launch,
    /// How the other one finds it.
    way: Relay,
    databases: Option<Pair>,
    server: Option<Server>,
}

impl Sides {
    /// Each on SQLite, in a folder of its own below `folder`.
    pub async fn sqlite(folder: &Path, issuer: &Issuer) -> anyhow::Result<Self> {
        let launch = |service| anyhow::Ok(Launch::sqlite(&folder.join(service), issuer)?.of(service));
        Self::of((launch("complaints")?, None), (launch("routing")?, None), issuer).await
    }

    /// Each on PostgreSQL; `name` is unique in the run.
    pub async fn postgres(
        folder: &Path,
        issuer: &Issuer,
        administrator: &str,
        name: &str,
    ) -> anyhow::Result<Self> {
        let launch = async |service| {
            let pair = Pair::make(administrator, &format!("{name}_{service}")).await?;
            let launch = Launch::service(service, &folder.join(service), issuer, &pair)?;
            anyhow::Ok((launch, Some(pair)))
        };
        Self::of(launch("complaints").await?, launch("routing").await?, issuer).await
    }

    async fn of(
        complaints: (Launch, Option<Pair>),
        routing: (Launch, Option<Pair>),
        issuer: &Issuer,
    ) -> anyhow::Result<Self> {
        let mut complaints = Side::new(complaints, issuer, "complaints").await?;
        let mut routing = Side::new(routing, issuer, "routing").await?;
        complaints.launch = complaints.launch.with("REDRESS_PEERS_ROUTING", routing.way.url());
        routing.launch = routing.launch.with("REDRESS_PEERS_COMPLAINTS", complaints.way.url());
        Ok(Self { complaints, routing })
    }

    /// With one more variable for each.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl fmt::Display) -> Self {
        for side in [&mut self.complaints, &mut self.routing] {
            side.launch = side.launch.clone().with(name, &value);
        }
        self
    }

    /// Starts whichever does not run.
    pub async fn up(&mut self) -> anyhow::Result<()> {
        self.complaints.up().await?;
        self.routing.up().await
    }

    /// Ends both as they like to be ended, and takes away their databases.
    pub async fn leave(mut self) -> anyhow::Result<()> {
        for side in [&mut self.routing, &mut self.complaints] {
            side.pause().await?;
            if let Some(pair) = side.databases.take() {
                pair.remove().await?;
            }
        }
        Ok(())
    }
}

impl Side {
    async fn new(
        (launch, databases): (Launch, Option<Pair>),
        issuer: &Issuer,
        service: &str,
    ) -> anyhow::Result<Self> {
        let token = launch.folder().join("service.token");
        // A service belongs to no organisation; tokens of the tests' issuer name one all the same.
        let identity = Identity::service(Uuid::from_u128(0x5e), &format!("redress-{service}"), Role::Service);
        fs::write(&token, issuer.token(&identity)?)?;
        let launch = launch.with("REDRESS_PEERS_TOKEN_FILE", token.display());
        Ok(Self { launch, way: Relay::to(NOWHERE).await?, databases, server: None })
    }

    /// Starts it, where it does not run.
    pub async fn up(&mut self) -> anyhow::Result<()> {
        if self.server.is_none() {
            let server = self.launch.start().await?;
            self.way.turn_to(server.address.trim_start_matches("http://").parse()?);
            self.server = Some(server);
        }
        Ok(())
    }

    /// Asks it to end, where it runs, and waits until it has.
    pub async fn pause(&mut self) -> anyhow::Result<()> {
        let Some(server) = self.server.take() else { return Ok(()) };
        let status = server.stop().await?;
        ensure!(status.success(), "{status}");
        Ok(())
    }

    /// Ends it at once, whatever it does (SIGKILL).
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.server.take().context("it does not run")?.kill()
    }

    /// Its process.
    pub fn server(&self) -> anyhow::Result<&Server> {
        self.server.as_ref().context("it does not run")
    }

    /// The line on which the other one reads it.
    pub const fn way(&self) -> &Relay {
        &self.way
    }
}
