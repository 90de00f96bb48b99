//! Processor time: what a call costs, whatever else the machine does meanwhile.

use std::{fs, time::Duration};

/// Ticks of the kernel's clock in a second, on every Linux there is.
const TICKS: u64 = 100;

/// The processes that a measurement keeps busy: this one, and those that answer it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Effort {
    processes: Vec<u32>,
    /// Name of the PostgreSQL database whose sessions count as well.
    database: Option<String>,
}

impl Effort {
    /// This process, `server` beside it, and the sessions of the database at `url`.
    pub(crate) fn of(server: u32, url: Option<&str>) -> Self {
        let name = url.and_then(|url| url.rsplit('/').next()).and_then(|name| name.split('?').next());
        Self { processes: vec![std::process::id(), server], database: name.map(str::to_owned) }
    }

    /// The processor time they have used so far; those that have ended meanwhile do not count.
    pub(crate) fn spent(&self) -> Duration {
        let sessions = self.database.as_deref().map(sessions).unwrap_or_default();
        let ticks: u64 = self.processes.iter().copied().chain(sessions).filter_map(ticks).sum();
        Duration::from_millis(ticks * 1000 / TICKS)
    }
}

/// User and system time of a process (`man 5 proc`: fields 14 and 15).
fn ticks(process: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The program's name, in brackets, may contain anything.
    let mut fields = stat.rsplit(") ").next()?.split_whitespace().skip(11);
    let (user, system) = (fields.next()?, fields.next()?);
    Some(user.parse::<u64>().ok()? + system.parse::<u64>().ok()?)
}

/// The processes that serve a database, by the title that PostgreSQL gives them.
fn sessions(database: &str) -> Vec<u32> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter(|process| {
            let title = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
            let title = String::from_utf8_lossy(&title);
            title.starts_with("postgres:") && title.split_whitespace().any(|word| word == database)
        })
        .collect()
}
