//! Raw batched inserts into SQLite through the store: what a registration's rows cost with nothing around them.

use std::path::Path;

use redress_store::{Db, Settings};

use super::rows::{Model, Rows};
use crate::{
    CROWD,
    arguments::Plan,
    measured::Measured,
    report::{Column, Report},
    watch::Watch,
};

/// Writes registrations into `database`, which a server has left, a crowd of them to a transaction.
pub(crate) async fn measure(database: &Path, plan: &Plan, report: &mut Report) -> anyhow::Result<()> {
    report.progress("raw batched inserts");
    let db = Db::open(&format!("sqlite:{}", database.display()), Settings::default()).await?;
    let model = Model::read(&mut db.read().await?).await?;
    let mut seed = plan.seed();
    let mut measured = Measured::new()?;
    let watch = Watch::start();
    while watch.elapsed() < plan.measure {
        let mut rows = Rows::new(&model);
        for _ in 0..CROWD {
            rows.registration(&mut seed);
        }
        let group = Watch::start();
        let mut tx = db.write().await?;
        rows.flush(&mut tx).await?;
        tx.commit().await?;
        for _ in 0..CROWD {
            measured.record(group.elapsed());
        }
    }
    measured.lasted(watch.elapsed());
    db.close().await;
    report.rate("raw inserts, 64 a transaction", Column::Ceiling, &measured);
    Ok(())
}
