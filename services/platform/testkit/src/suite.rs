//! Services in the test's own process: a real listener, real clients, a folder and a database of their own.

use std::{
    collections::BTreeMap,
    fmt::Display,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use jiff::SignedDuration;
use redress_chassis::{
    Member,
    auth::{Identity, Issuer},
    process::{Running, Settled, Surroundings, migrate_all, settle, start},
};
use redress_kernel::{Clock as _, Ids};
use tempfile::TempDir;
use tonic::{
    Request, Status,
    metadata::{Ascii, MetadataValue},
    service::{Interceptor, interceptor::InterceptedService},
    transport::{Channel, Endpoint},
};

use crate::{
    clock::StillClock,
    database::{Backend, Scratch},
    ids::CountingIds,
};

/// When a suite begins unless its test says otherwise: a Monday in a summer, so that UTC and London differ.
const BEGIN: &str = "2026-06-15T09:00:00Z";

/// Services that run.
pub struct Suite {
    members: Vec<Member>,
    settings: BTreeMap<String, String>,
    /// What is set otherwise while its schemas are brought up to date.
    migrating: BTreeMap<String, String>,
    running: Option<Running>,
    /// The time, which the test moves.
    pub clock: Arc<StillClock>,
    ids: Arc<dyn Ids>,
    issuer: Issuer,
    folder: Folder,
    scratch: Vec<Scratch>,
}

/// Where a suite keeps what it has on local disk.
enum Folder {
    /// A folder that goes with the suite.
    Own(TempDir),
    /// One that stays.
    Given(PathBuf),
}

impl Folder {
    fn path(&self) -> &Path {
        match self {
            Self::Own(folder) => folder.path(),
            Self::Given(folder) => folder,
        }
    }
}

/// What a suite is started with.
pub struct Plan {
    members: Vec<Member>,
    backend: Backend,
    settings: BTreeMap<String, String>,
    migrating: BTreeMap<String, String>,
    clock: Arc<StillClock>,
    ids: Arc<dyn Ids>,
    folder: Option<PathBuf>,
}

impl Suite {
    /// Plans a suite of these services, on SQLite.
    pub fn of(members: impl Into<Vec<Member>>) -> Plan {
        Plan {
            members: members.into(),
            backend: Backend::Sqlite,
            settings: BTreeMap::new(),
            migrating: BTreeMap::new(),
            clock: Arc::new(StillClock::at(BEGIN)),
            ids: Arc::new(CountingIds::apart()),
            folder: None,
        }
    }

    /// What runs.
    ///
    /// # Panics
    /// After the suite was stopped.
    #[expect(clippy::expect_used, reason = "a test that uses a suite it has stopped fails")]
    pub fn running(&self) -> &Running {
        self.running.as_ref().expect("a suite that was not stopped")
    }

    /// Where it is called.
    pub fn url(&self) -> String {
        format!("http://{}", self.running().address())
    }

    /// The folder of everything it keeps on local disk.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A connection of its own.
    pub async fn channel(&self) -> anyhow::Result<Channel> {
        Endpoint::from_shared(self.url())?.connect().await.context("connecting to the suite")
    }

    /// A token that says `identity`, valid for an hour from now on.
    pub fn token(&self, identity: &Identity) -> anyhow::Result<String> {
        Ok(self.issuer.issue(identity, "redress", SignedDuration::from_hours(1), self.clock.now())?)
    }

    /// The issuer whose tokens the suite believes.
    pub const fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// A connection that calls as `identity`, for a generated client.
    pub async fn caller(&self, identity: &Identity) -> anyhow::Result<InterceptedService<Channel, Bearer>> {
        Ok(InterceptedService::new(self.channel().await?, Bearer::new(&self.token(identity)?)?))
    }

    /// Ends the process; [`Suite::restart`] starts it again.
    pub async fn pause(&mut self) {
        if let Some(running) = self.running.take() {
            running.shutdown().await;
        }
    }

    /// Ends the process and starts it again on what it has kept.
    pub async fn restart(&mut self) -> anyhow::Result<()> {
        self.pause().await;
        self.running = Some(self.begin().await?);
        Ok(())
    }

    /// Ends the process, and drops the test's database.
    pub async fn stop(mut self) -> anyhow::Result<()> {
        if let Some(running) = self.running.take() {
            running.shutdown().await;
        }
        for scratch in self.scratch {
            scratch.remove().await?;
        }
        Ok(())
    }

    /// Its settings, as another command of the program reads them.
    pub fn settled(&self) -> anyhow::Result<Settled> {
        Ok(settle(&self.members, &self.settings, None)?)
    }

    /// The same for one of its services.
    pub fn settled_for(&self, service: &str) -> anyhow::Result<Settled> {
        let one: Vec<Member> = self.members.iter().copied().filter(|member| member.name == service).collect();
        // Those of the others are nothing that it knows.
        let others = self.members.iter().filter(|member| member.name != service);
        let foreign: Vec<String> =
            others.map(|member| format!("{}_", variable(&member.name.replace('-', "_")))).collect();
        let mut settings = self.settings.clone();
        settings.retain(|name, _| !foreign.iter().any(|prefix| name.starts_with(prefix.as_str())));
        Ok(settle(&one, &settings, None)?)
    }

    /// The time and the ids of the test.
    pub fn surroundings(&self) -> Surroundings {
        Surroundings { clock: self.clock.clone(), ids: self.ids.clone() }
    }

    /// The database of one of its services, for a test that puts its hand in.
    pub fn database(&self, service: &str) -> String {
        let there = self.scratch.iter().find(|scratch| scratch.url.ends_with(&format!("-{service}")));
        let here = || format!("sqlite:{}", self.folder.path().join(format!("{service}.db")).display());
        there.map_or_else(here, |scratch| scratch.url.clone())
    }

    /// The keyring of one of its services, likewise.
    pub fn keyring(&self, service: &str) -> String {
        format!("sqlite:{}", self.folder.path().join(format!("{service}-keys.db")).display())
    }

    /// Loses the databases, keys and documents of a paused suite, as a disk does that fails. Secrets and the erasure ledger, which
    /// lie on other volumes, are left.
    pub async fn lose(&self, service: &str) -> anyhow::Result<()> {
        for entry in std::fs::read_dir(self.folder.path())? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let database = [".db", "-keys.db"].map(|end| format!("{service}{end}"));
            if database.iter().any(|database| name.starts_with(database.as_str())) {
                std::fs::remove_file(entry.path())?;
            }
        }
        let blobs = self.folder.path().join(service).join("blobs");
        if blobs.exists() {
            std::fs::remove_dir_all(blobs)?;
        }
        for scratch in self.scratch.iter().filter(|scratch| scratch.url.ends_with(&format!("-{service}"))) {
            scratch.empty().await?;
        }
        Ok(())
    }

    async fn begin(&self) -> anyhow::Result<Running> {
        let mut migrating = self.settings.clone();
        migrating.extend(self.migrating.clone());
        migrate_all(&settle(&self.members, &migrating, None)?).await?;
        let settled = settle(&self.members, &self.settings, None)?;
        Ok(Box::pin(start(settled, self.surroundings())).await?)
    }
}

impl Plan {
    /// Runs on this engine.
    #[must_use]
    pub fn on(mut self, backend: Backend) -> Self {
        self.backend = backend;
        self
    }

    /// Sets a setting, such as `limits.calls`.
    #[must_use]
    pub fn with(mut self, setting: &str, value: impl Display) -> Self {
        self.settings.insert(variable(setting), value.to_string());
        self
    }

    /// Sets a setting to something else while schemas are brought up to date, such as the role that owns them.
    #[must_use]
    pub fn migrated_with(mut self, setting: &str, value: impl Display) -> Self {
        self.migrating.insert(variable(setting), value.to_string());
        self
    }

    /// Begins at this instant.
    #[must_use]
    pub fn at(mut self, instant: &str) -> Self {
        self.clock = Arc::new(StillClock::at(instant));
        self
    }

    /// Keeps what it has in this folder, which stays: a suite that is started there again finds it. Its ids begin anew, so draw them from
    /// somewhere else as well.
    #[must_use]
    pub fn within(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// Draws ids from somewhere else.
    #[must_use]
    pub fn drawing(mut self, ids: Arc<dyn Ids>) -> Self {
        self.ids = ids;
        self
    }

    /// Starts it.
    pub async fn start(self) -> anyhow::Result<Suite> {
        let folder = match self.folder {
            Some(folder) => Folder::Given(folder),
            None => Folder::Own(tempfile::tempdir()?),
        };
        let issuer = Issuer::open_or_make(&folder.path().join("development-issuer.key"))?;
        let names = self.members.iter().map(|member| member.name);
        let (scratch, url) = match &self.backend {
            Backend::Sqlite => (Vec::new(), None),
            Backend::Postgres(administrator) => {
                let (scratch, url) = Scratch::for_each(administrator, names).await?;
                (scratch, Some(url))
            }
        };
        let mut settings = BTreeMap::from([
            (variable("data.folder"), folder.path().display().to_string()),
            (variable("listen.address"), "127.0.0.1:0".to_owned()),
            (variable("admin.address"), "127.0.0.1:0".to_owned()),
            (variable("auth.development"), "true".to_owned()),
        ]);
        if let Some(url) = url {
            // The keyring stays beside the test: it wants a database of its own in any case. The server's role is that
            // of the one who made the database, so it may do more than a service's should.
            settings.insert(variable("database.url"), url);
            settings.insert(variable("database.any_role"), "true".to_owned());
            settings.insert(variable("keyring.master_key"), "A".repeat(43) + "=");
        }
        settings.extend(self.settings);
        let mut suite = Suite {
            members: self.members,
            settings,
            migrating: self.migrating,
            running: None,
            clock: self.clock,
            ids: self.ids,
            issuer,
            folder,
            scratch,
        };
        suite.running = Some(suite.begin().await?);
        Ok(suite)
    }
}

impl std::fmt::Debug for Suite {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Suite").field("members", &self.members).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Plan")
            .field("members", &self.members)
            .field("backend", &self.backend)
            .finish_non_exhaustive()
    }
}

fn variable(setting: &str) -> String {
    format!("REDRESS_{}", setting.to_uppercase().replace('.', "_"))
}

/// Puts a token on every call.
#[derive(Clone, Debug)]
pub struct Bearer(MetadataValue<Ascii>);

impl Bearer {
    /// Calls with `token`.
    pub fn new(token: &str) -> anyhow::Result<Self> {
        Ok(Self(format!("Bearer {token}").parse()?))
    }
}

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        request.metadata_mut().insert("authorization", self.0.clone());
        Ok(request)
    }
}
