//! Every file in which something may be left: of the suite, and of the database server.

use std::{
    fs,
    io::BufRead as _,
    path::{Path, PathBuf},
    process::Command,
};

use redress_testkit::Backend;
use redress_tests::workspace;

use super::super::ground::Ground;

/// What nobody writes by accident.
pub(super) const CANARY: &str = "goldammerlied";

/// Where files are.
pub(super) struct Files(Vec<PathBuf>);

impl Files {
    /// Of the suite, and of the server where there is one.
    pub(super) fn of(ground: &Ground, backend: &Backend) -> Self {
        let mut folders = vec![ground.suite.as_ref().unwrap().folder().to_owned()];
        if let Backend::Postgres(administrator) = backend {
            folders.push(asked(administrator, "SHOW data_directory").trim().into());
        }
        Self(folders)
    }

    /// The files in which the canary is.
    pub(super) fn sightings(&self) -> Vec<String> {
        self.with(CANARY.as_bytes())
    }

    /// The files in which these bytes are, in letters of either case.
    pub(super) fn with(&self, bytes: &[u8]) -> Vec<String> {
        self.0.iter().flat_map(|folder| sightings(folder, bytes)).collect()
    }
}

/// The clean-up that the runbook describes, of every database of this test. On SQLite there is nothing to do: pages are overwritten as
/// they are freed, and the log is emptied with each order.
pub(super) fn clean_up(backend: &Backend) {
    let Backend::Postgres(administrator) = backend else { return };
    let ours =
        format!("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_{}\\_%'", std::process::id());
    let script = workspace::root().join("deploy/postgres/clean-up.psql");
    let (server, _) = administrator.rsplit_once('/').unwrap();
    for database in asked(administrator, &ours).lines() {
        let url = format!("{server}/{database}");
        psql(&url, &["--file", script.to_str().unwrap()]);
    }
}

fn asked(url: &str, question: &str) -> String {
    psql(url, &["--command", question])
}

fn psql(url: &str, arguments: &[&str]) -> String {
    let told = Command::new("psql")
        .args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"])
        .args(["--dbname", url])
        .args(arguments)
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8(told.stdout).unwrap()
}

fn sightings(folder: &Path, wanted: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return found };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sightings(&path, wanted));
            continue;
        }
        // A server's own file may be gone again; others it is using at this moment.
        let Ok(mut bytes) = fs::read(&path) else { continue };
        bytes.make_ascii_lowercase();
        if holds(&bytes, &wanted.to_ascii_lowercase()) {
            found.push(path.display().to_string());
        }
    }
    found
}

/// Whether one is in the other. A reader passes over bytes many times faster than an iterator does where nothing is optimised.
fn holds(mut bytes: &[u8], wanted: &[u8]) -> bool {
    let (first, others) = wanted.split_first().unwrap();
    while bytes.skip_until(*first).unwrap() > 0 {
        if bytes.starts_with(others) {
            return true;
        }
    }
    false
}
