//! The real server as a process of its own, started, watched and killed from outside.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use anyhow::{Context as _, bail, ensure};
use tonic::transport::{Channel, Endpoint};

use crate::{
    binary,
    identity::{AUDIENCE, ISSUER, Issuer},
    postgres::Pair,
};

/// Longest a server may take to answer for the first time, and to stop.
const PATIENCE: Duration = Duration::from_mins(1);
/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(2);
/// A master key for tests; any 32 bytes.
const MASTER_KEY: &str = "dGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMhISE=";

/// What a server is started with, again and again on the same data.
#[derive(Clone, Debug)]
pub struct Launch {
    program: PathBuf,
    folder: PathBuf,
    /// The one service that it runs; the whole suite where none is named.
    service: Option<&'static str>,
    variables: Vec<(String, String)>,
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    child: Child,
    said: PathBuf,
    log: PathBuf,
    /// Where it answers calls, such as `http://127.0.0.1:7400`; empty until it serves.
    pub address: String,
    /// Where it answers its operators.
    pub admin: String,
}

impl Launch {
    /// A server of complaints on SQLite in `folder`, which believes `issuer`.
    pub fn sqlite(folder: &Path, issuer: &Issuer) -> anyhow::Result<Self> {
        fs::create_dir_all(folder)?;
        let keys = folder.join("issuer.jwks");
        fs::write(&keys, issuer.key_set().to_string())?;
        let launch = Self {
            program: binary::redress()?,
            folder: folder.to_path_buf(),
            service: Some("complaints"),
            variables: Vec::new(),
        };
        Ok(launch
            .with("REDRESS_DATA_FOLDER", folder.join("data").display())
            .with("REDRESS_AUTH_ISSUER", ISSUER)
            .with("REDRESS_AUTH_AUDIENCE", AUDIENCE)
            .with("REDRESS_AUTH_JWKS_FILE", keys.display())
            .with("REDRESS_KEYRING_MASTER_KEY", MASTER_KEY)
            .with("REDRESS_LISTEN_ADDRESS", "127.0.0.1:0")
            .with("REDRESS_ADMIN_ADDRESS", "127.0.0.1:0"))
    }

    /// A server of the whole suite on SQLite in `folder`, which believes `issuer` and nobody else.
    pub fn whole(folder: &Path, issuer: &Issuer) -> anyhow::Result<Self> {
        let launch = Self { service: None, ..Self::sqlite(folder, issuer)? };
        Ok(launch.with("REDRESS_AUTH_DEVELOPMENT", false))
    }

    /// The same on PostgreSQL.
    pub fn postgres(folder: &Path, issuer: &Issuer, databases: &Pair) -> anyhow::Result<Self> {
        Self::service("complaints", folder, issuer, databases)
    }

    /// A server of one service on PostgreSQL.
    pub fn service(
        name: &'static str,
        folder: &Path,
        issuer: &Issuer,
        databases: &Pair,
    ) -> anyhow::Result<Self> {
        let launch = Self { service: Some(name), ..Self::sqlite(folder, issuer)? };
        launch
            .with("REDRESS_DATABASE_URL", &databases.database)
            .with("REDRESS_KEYRING_URL", &databases.keyring)
            // The one role of a test's cluster may do everything, which the start would otherwise refuse.
            .with("REDRESS_DATABASE_ANY_ROLE", true)
            .migrated()
    }

    /// The same of another service.
    #[must_use]
    pub fn of(self, service: &'static str) -> Self {
        Self { service: Some(service), ..self }
    }

    /// Brings the databases up to date, which a server on PostgreSQL leaves to another role than its own.
    fn migrated(self) -> anyhow::Result<Self> {
        let output = self.command("migrate").output()?;
        let said = [output.stdout, output.stderr].concat();
        ensure!(output.status.success(), "migrate: {}", String::from_utf8_lossy(&said));
        Ok(self)
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(name).args(self.service).env_clear().current_dir(&self.folder).stdin(Stdio::null());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// With one more variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl std::fmt::Display) -> Self {
        self.variables.push((name.to_owned(), value.to_string()));
        self
    }

    /// The folder of its data and log.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Starts it; it may not answer yet.
    pub fn spawn(&self) -> anyhow::Result<Server> {
        let (said, log) = (self.folder.join("server.out"), self.folder.join("server.log"));
        let child = self
            .command(if self.service.is_some() { "serve" } else { "up" })
            .stdout(File::create(&said)?)
            .stderr(File::options().create(true).append(true).open(&log)?)
            .spawn()
            .with_context(|| format!("{} does not start", self.program.display()))?;
        Ok(Server { child, said, log, address: String::new(), admin: String::new() })
    }

    /// Starts it and waits until it serves.
    pub async fn start(&self) -> anyhow::Result<Server> {
        let mut server = self.spawn()?;
        server.serving().await?;
        Ok(server)
    }
}

impl Server {
    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has written, for the message of a test that fails.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// A connection to it.
    pub async fn connect(&self) -> anyhow::Result<Channel> {
        Ok(Endpoint::from_shared(self.address.clone())?.connect().await?)
    }

    /// Waits until it says where it listens, and fails when it ends instead.
    pub async fn serving(&mut self) -> anyhow::Result<()> {
        let mut looks = tokio::time::interval(LOOK);
        let all = async {
            loop {
                looks.tick().await;
                if let Some((address, admin)) = listening(&fs::read_to_string(&self.said)?) {
                    (self.address, self.admin) = (format!("http://{address}"), admin);
                    return Ok(());
                }
                if let Some(status) = self.child.try_wait()? {
                    bail!("the server ended with {status}:\n{}", self.log());
                }
            }
        };
        match tokio::time::timeout(PATIENCE, all).await {
            Ok(result) => result,
            Err(_) => bail!("the server does not answer:\n{}", self.log()),
        }
    }

    /// Stops it where it is (SIGSTOP), until it is killed; on return no thread of it runs (Linux).
    pub async fn freeze(&self) -> anyhow::Result<()> {
        self.signal("STOP")?;
        let mut looks = tokio::time::interval(LOOK);
        let all = async {
            while !self.frozen()? {
                looks.tick().await;
            }
            anyhow::Ok(())
        };
        tokio::time::timeout(PATIENCE, all).await.context("the server does not stop")?
    }

    fn frozen(&self) -> anyhow::Result<bool> {
        for thread in fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            let stat = fs::read_to_string(thread?.path().join("stat"))?;
            // After the name, which may hold anything, comes the state.
            if !stat.rsplit_once(')').is_some_and(|(_, rest)| rest.starts_with(" T")) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Ends it at once, whatever it does (SIGKILL).
    pub fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Asks it to end (SIGTERM) without waiting.
    pub fn terminate(&self) -> anyhow::Result<()> {
        self.signal("TERM")
    }

    fn signal(&self, name: &str) -> anyhow::Result<()> {
        let status = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status()?;
        ensure!(status.success(), "the server was gone already:\n{}", self.log());
        Ok(())
    }

    /// Waits until it has ended.
    pub async fn ended(&mut self) -> anyhow::Result<ExitStatus> {
        let mut looks = tokio::time::interval(LOOK);
        let all = async {
            loop {
                looks.tick().await;
                if let Some(status) = self.child.try_wait()? {
                    return anyhow::Ok(status);
                }
            }
        };
        tokio::time::timeout(PATIENCE, all).await.context("the server does not end")?
    }

    /// Asks it to end and waits.
    pub async fn stop(mut self) -> anyhow::Result<ExitStatus> {
        self.terminate()?;
        self.ended().await
    }

    /// A figure of its memory in kilobytes, such as `VmRSS` or `VmHWM` (Linux).
    pub fn memory(&self, figure: &str) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':'))?;
        line.split_whitespace().next()?.parse().ok()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Ended already when it was stopped; killed when a test fails before that.
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The addresses in `listening on 127.0.0.1:7400, operators on http://127.0.0.1:7401`, once the line is whole.
fn listening(said: &str) -> Option<(String, String)> {
    let (line, _) = said.split_once("listening on ")?.1.split_once('\n')?;
    let (address, admin) = line.split_once(", operators on ")?;
    Some((address.to_owned(), admin.to_owned()))
}
