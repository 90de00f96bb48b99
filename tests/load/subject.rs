//! The server that is measured, with a supply chain in it.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::Context as _;
use redress_proto::{
    complaints::v1::{GetComplaintRequest, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
};
use redress_tests::{
    chain::{Chain, JETS, Member, bearing},
    day::today,
    identity::Issuer,
    postgres::Pair,
    seed::Seed,
    server::{Launch, Server},
};
use tonic::transport::Channel;

use crate::{
    effort::Effort,
    report::{Column, Report},
    watch::Watch,
};

/// Callers that share a connection; a connection takes 64 streams.
const SHARING: usize = 16;
/// Names that are remembered.
const NAMES: u64 = 50_000;
/// Starts of which the middle one is shown.
const STARTS: usize = 3;

/// A running server.
pub(crate) struct Subject {
    pub(crate) column: Column,
    pub(crate) chain: Arc<Chain>,
    /// URL of its PostgreSQL database; none on SQLite.
    pub(crate) database: Option<String>,
    launch: Launch,
    server: Server,
    channels: Vec<Channel>,
    registered: Arc<AtomicU64>,
    names: Arc<Mutex<Vec<String>>>,
}

impl Subject {
    pub(crate) async fn sqlite(folder: &Path) -> anyhow::Result<Self> {
        let issuer = Issuer::new()?;
        let launch = Launch::sqlite(folder, &issuer)?;
        Self::start(Column::Sqlite, launch, &issuer).await
    }

    /// The whole suite.
    pub(crate) async fn whole(folder: &Path) -> anyhow::Result<Self> {
        let issuer = Issuer::new()?;
        let launch = Launch::whole(folder, &issuer)?;
        Self::start(Column::Sqlite, launch, &issuer).await
    }

    pub(crate) async fn postgres(folder: &Path, databases: &Pair) -> anyhow::Result<Self> {
        let issuer = Issuer::new()?;
        let launch = Launch::postgres(folder, &issuer, databases)?;
        let started = Self::start(Column::Postgres, launch, &issuer).await?;
        Ok(Self { database: Some(databases.database.clone()), ..started })
    }

    async fn start(column: Column, launch: Launch, issuer: &Issuer) -> anyhow::Result<Self> {
        let launch = launch.with("REDRESS_TELEMETRY_FILTER", "warn");
        let server = launch.start().await?;
        let mut channels = Vec::new();
        for _ in 0..8 {
            channels.push(server.connect().await?);
        }
        let first = channels.first().context("a connection")?;
        let chain = Chain::set_up(first, issuer, JETS, &mut Seed::new(0x5eed_0002)).await?;
        Ok(Self {
            column,
            chain: Arc::new(chain),
            database: None,
            launch,
            server,
            channels,
            registered: Arc::default(),
            names: Arc::default(),
        })
    }

    /// The connection of the caller with this number.
    pub(crate) fn channel(&self, caller: usize) -> Channel {
        self.channels[(caller / SHARING) % self.channels.len()].clone()
    }

    /// Counts what was registered, and remembers names to read.
    pub(crate) fn ledger(&self) -> Ledger {
        Ledger { registered: Arc::clone(&self.registered), names: Arc::clone(&self.names) }
    }

    pub(crate) fn registered(&self) -> u64 {
        self.registered.load(Ordering::Relaxed)
    }

    /// The processes that serve it, and this one.
    pub(crate) fn effort(&self) -> Effort {
        Effort::of(self.server.id(), self.database.as_deref())
    }

    /// Names of complaints that were registered, the first of them.
    pub(crate) fn names(&self) -> Vec<String> {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Memory of the server, in kilobytes.
    pub(crate) fn resident(&self) -> Option<u64> {
        self.server.memory("VmRSS")
    }

    pub(crate) fn memory(&self, name: &str, report: &mut Report) {
        if let Some(kilobytes) = self.resident() {
            report.megabytes(name, self.column, kilobytes);
        }
    }

    /// Ends it and starts it again on what it has, some times, until it answers the first question about its data.
    pub(crate) async fn restart(&mut self, report: &mut Report) -> anyhow::Result<()> {
        let name = self.names().into_iter().next().context("nothing was registered")?;
        let mut times = Vec::new();
        for _ in 0..STARTS {
            self.server.terminate()?;
            self.server.ended().await?;
            let watch = Watch::start();
            self.server = self.launch.spawn()?;
            self.server.serving().await?;
            let channel = self.server.connect().await?;
            self.get(&channel, &name).await?;
            times.push(watch.elapsed());
            self.channels = vec![channel];
        }
        times.sort();
        report.milliseconds("start to first answer", self.column, times[STARTS / 2]);
        Ok(())
    }

    async fn get(&self, channel: &Channel, name: &str) -> anyhow::Result<()> {
        let token = self.chain.people.token(Member::Prime, Role::ComplaintsOfficer)?;
        let request = GetComplaintRequest { name: name.to_owned(), view: 0 };
        ComplaintServiceClient::new(channel.clone()).get_complaint(bearing(&token, request)?).await?;
        Ok(())
    }

    /// Ends it and hands out where its SQLite database lies, which is then nobody's.
    pub(crate) async fn pause(&mut self) -> anyhow::Result<PathBuf> {
        self.server.terminate()?;
        self.server.ended().await?;
        Ok(self.launch.folder().join("data").join("complaints.db"))
    }

    /// Starts it again.
    pub(crate) async fn resume(&mut self) -> anyhow::Result<()> {
        self.server = self.launch.start().await?;
        self.channels = vec![self.server.connect().await?];
        Ok(())
    }

    /// A day on which everything measured is received.
    pub(crate) fn received_on() -> jiff::civil::Date {
        today()
    }
}

/// What callers note of their registrations.
#[derive(Clone, Debug)]
pub(crate) struct Ledger {
    registered: Arc<AtomicU64>,
    names: Arc<Mutex<Vec<String>>>,
}

impl Ledger {
    pub(crate) fn note(&self, name: String) {
        if self.registered.fetch_add(1, Ordering::Relaxed) < NAMES {
            self.names.lock().unwrap_or_else(PoisonError::into_inner).push(name);
        }
    }
}
