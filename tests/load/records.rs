//! What is kept, among few and among very many: a sweep of what falls due, a schedule counted anew, and how many are destroyed in a second.
//!
//! The services run in this process, because their clock has to be moved to the days on which things are due. Copies of one record that
//! the service wrote are filled in past it, by the database itself.

mod fill;
mod shelf;

use std::{fs, path::Path};

use anyhow::Context as _;
use redress_store::{Db, List, Migration, Settings, mark};

use crate::{
    arguments::Plan,
    report::{Column, Report, SWEEP, SWEEP_AMONG_MANY},
    watch::Watch,
};
pub(crate) use shelf::Engine;
use shelf::{DUE, Shelf};

/// Records among which the same number is due.
const FEW: u64 = 1_000;

/// What a commit of one row writes to.
const COMMITTED: List =
    List { name: "bench", migrations: &[Migration { version: 1, name: "marks", sql: mark::SQL }] };

/// Measures on one database, and what the disk could do at all.
pub(crate) async fn measure(
    folder: &Path,
    engine: &Engine,
    plan: &Plan,
    report: &mut Report,
) -> anyhow::Result<()> {
    let column = engine.column();
    report.progress(&format!("{column}: records destroyed"));
    let mut shelf = Box::pin(Shelf::open(engine, plan.seed())).await.context("a suite")?;
    report.bare_rate("records destroyed", column, shelf.dispose().await.context("disposal")?);
    shelf.close().await?;
    if column == Column::Sqlite {
        let commits = commits(folder, plan).await.context("commits")?;
        report.bare_rate("records destroyed", Column::Ceiling, commits);
    }
    for (stored, sweep, schedule, memory) in [
        (FEW, SWEEP, "schedule, records of few", "its memory, of few"),
        (plan.records, SWEEP_AMONG_MANY, "schedule, records of many", "its memory, of many"),
    ] {
        report.progress(&format!("{column}: {stored} records, of which {DUE} fall due"));
        let mut shelf = Box::pin(Shelf::open(engine, plan.seed())).await.context("a suite")?;
        shelf.fill(stored).await.context("copies")?;
        let before = resident()?;
        report.milliseconds(sweep, column, shelf.sweep().await.context("sweep")?);
        let watch = Watch::start();
        let looked = shelf.simulate().await.context("schedule")?;
        report.bare_rate(schedule, column, f64::from(looked) / watch.elapsed().as_secs_f64());
        report.megabytes(memory, column, resident()?.saturating_sub(before));
        report.count("records among which", column, stored);
        shelf.close().await?;
    }
    Ok(())
}

/// Commits of one row in a second, one after the other: whatever is destroyed is on record before and after.
async fn commits(folder: &Path, plan: &Plan) -> anyhow::Result<f64> {
    let file = folder.join("commits.db");
    let db = Db::open(&format!("sqlite:{}", file.display()), Settings::default()).await?;
    db.migrate(&[COMMITTED]).await?;
    let (watch, mut commits) = (Watch::start(), 0_u32);
    while watch.elapsed() < plan.measure {
        let mut tx = db.write().await?;
        mark::set(&mut tx, "commit", commits.to_string()).await?;
        tx.commit().await?;
        commits += 1;
    }
    let rate = f64::from(commits) / watch.elapsed().as_secs_f64();
    db.close().await;
    Ok(rate)
}

/// Kilobytes of memory of this process.
fn resident() -> anyhow::Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no memory in the status")?;
    let kilobytes = line.split_whitespace().nth(1).context("no number in the status")?;
    Ok(kilobytes.parse()?)
}
