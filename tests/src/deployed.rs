//! Databases as they are deployed: made by the script of the deployment, on a server of the tests; migrated by the roles that own them, and
//! used by roles that may read and write rows, and nothing else.

use std::{
    fs, process,
    process::Command,
    sync::atomic::{AtomicU64, Ordering},
};

use anyhow::{Context as _, ensure};
use redress_testkit::suite::Plan;
use tempfile::TempDir;

use crate::workspace;

/// The databases of a suite and of its keys, with their roles.
#[derive(Debug)]
pub struct Deployed {
    administrator: String,
    /// Host and port.
    server: String,
    base: String,
    /// Every database, which is the name of its runtime role as well.
    names: Vec<String>,
}

impl Deployed {
    /// Has the script make them for these services.
    pub fn prepare(administrator: &str, services: &[&str]) -> anyhow::Result<Self> {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let base = format!("test_{}_deployed{}", process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let (_, after) = administrator.split_once('@').context("a role in the administrator's URL")?;
        let (server, _) = after.split_once('/').context("a database in the administrator's URL")?;
        let (host, port) = server.split_once(':').context("a port in the administrator's URL")?;
        let of_service = |service: &&str| [format!("{base}-{service}"), format!("{base}-{service}-keys")];
        let names: Vec<String> = services.iter().flat_map(of_service).collect();
        let secrets = secrets(&names).context("secrets")?;
        let made = Command::new("bash")
            .arg(workspace::root().join("deploy/postgres/prepare.sh"))
            .args(&names)
            .env("SECRETS", secrets.path())
            // In place of the names by which containers know them.
            .env("PGHOSTADDR", host)
            .env("PGPORT", port)
            .output()
            .context("bash")?;
        ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Ok(Self { administrator: administrator.to_owned(), server: server.to_owned(), base, names })
    }

    /// A suite on them.
    pub fn suite(&self, plan: Plan) -> Plan {
        let url = |end: &str, role: &str| {
            let (server, name) = (&self.server, format!("{}-{{service}}{end}", self.base));
            format!("postgres://{name}{role}@{server}/{name}")
        };
        plan.with("database.url", url("", ""))
            .with("keyring.url", url("-keys", ""))
            .with("keyring.master_key", "A".repeat(43) + "=")
            .migrated_with("database.url", url("", "-owner"))
            .migrated_with("keyring.url", url("-keys", "-owner"))
            // Who makes tables owns them.
            .migrated_with("database.any_role", true)
    }

    /// The database of a service, which is the name of its runtime role as well.
    pub fn named(&self, service: &str) -> String {
        format!("{}-{service}", self.base)
    }

    /// URL by which a role comes into a database.
    pub fn url(&self, database: &str, role: &str) -> String {
        format!("postgres://{role}@{}/{database}", self.server)
    }

    /// URLs of the databases of keys, for the administrator.
    pub fn keyrings(&self) -> impl Iterator<Item = String> {
        let (server, _) = self.administrator.rsplit_once('/').unwrap_or((self.administrator.as_str(), ""));
        let keyrings = self.names.iter().filter(|name| name.ends_with("-keys"));
        keyrings.map(move |name| format!("{server}/{name}"))
    }

    /// Takes them away again, and their roles.
    pub fn remove(self) -> anyhow::Result<()> {
        for name in &self.names {
            psql(&self.administrator, &format!("DROP DATABASE \"{name}\" WITH (FORCE)"))?;
            psql(&self.administrator, &format!("DROP ROLE \"{name}\", \"{name}-owner\""))?;
        }
        Ok(())
    }
}

/// What a statement of the server's administrator says.
pub fn psql(url: &str, statement: &str) -> anyhow::Result<String> {
    let told = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"])
        .args(["--dbname", url, "--command", statement])
        .output()
        .context("psql")?;
    ensure!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    Ok(String::from_utf8(told.stdout)?)
}

/// Passwords, where the script looks for them. The server of the tests asks for none.
fn secrets(names: &[String]) -> anyhow::Result<TempDir> {
    let folder = tempfile::tempdir()?;
    let put = |path: String| -> anyhow::Result<()> {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().context("a folder")?)?;
        Ok(fs::write(path, "not asked for")?)
    };
    for server in ["postgres", "keyring"] {
        put(format!("{server}/superuser"))?;
    }
    for name in names {
        for role in ["runtime", "owner"] {
            for kind in ["database", "keyring"] {
                put(format!("{name}/{role}/{kind}"))?;
            }
        }
    }
    Ok(folder)
}
