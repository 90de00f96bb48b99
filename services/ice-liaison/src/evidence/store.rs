//! The bags that were built.

use jiff::Timestamp;
use redress_journal::{
    Entries,
    append::Origin,
    publish::{About, entry},
};
use redress_kernel::Ids;
use redress_proto::ice_liaison::v1::EvidenceBagBuilt;
use redress_store::{Batch, Db, DbError, Parameter as _, Row, Table, Tx};
use uuid::Uuid;

use super::Pins;

pub(crate) const SELECT_NEWEST: &str = "SELECT checkpoint FROM evidence_bags WHERE complaint_id = $1 ORDER BY built_at DESC, bag_id DESC LIMIT 1";

pub(crate) const SELECT_BUILT: &str =
    "SELECT bag_id FROM evidence_bags WHERE complaint_id = $1 AND digest = $2";

pub(crate) const SELECT_EXAMINATIONS: &str =
    "SELECT examination_id AS id, version FROM examinations WHERE complaint_id = $1 ORDER BY examination_id";

pub(crate) const SELECT_CHARGES: &str =
    "SELECT charge_id AS id, version FROM charges WHERE complaint_id = $1 ORDER BY charge_id";

pub(crate) const INSERT: Table = Table::insert(
    "evidence_bags",
    &["bag_id", "complaint_id", "digest", "position", "checkpoint", "built_at"],
);

/// A bag that is built.
pub(crate) struct Built {
    pub(crate) complaint: Uuid,
    pub(crate) contract: Option<Uuid>,
    pub(crate) pins: Pins,
    pub(crate) event: EvidenceBagBuilt,
}

/// What is known cannot be read.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(crate) struct Failure(#[from] pub(crate) DbError);

/// The cases of a complaint with the examiner and their charges: kind, id, and how much happened to each.
pub(crate) async fn streams(db: &Db, complaint: Uuid) -> Result<Vec<(&'static str, Uuid, i64)>, Failure> {
    let mut tx = db.read().await?;
    let mut all = Vec::new();
    for (kind, select) in [("examinations", SELECT_EXAMINATIONS), ("charges", SELECT_CHARGES)] {
        let read = |row: &Row<'_>| Ok((kind, row.get("id")?, row.get("version")?));
        all.extend(tx.query(select).bind(complaint).all(read).await?);
    }
    Ok(all)
}

/// The checkpoints of the newest bag of a complaint.
pub(crate) async fn newest(db: &Db, complaint: Uuid) -> Result<Option<String>, DbError> {
    let mut tx = db.read().await?;
    tx.query(SELECT_NEWEST).bind(complaint).optional(|row: &Row<'_>| row.get("checkpoint")).await
}

/// Records a bag, with its entry in the journal; one that was built before is on record already.
pub(crate) async fn record(
    db: &Db,
    ids: &dyn Ids,
    now: Timestamp,
    origin: Origin,
    built: &Built,
) -> Result<(), DbError> {
    let mut tx = db.write().await?;
    if is_built(&mut tx, built).await? {
        return Ok(());
    }
    let id = ids.next();
    let mut batch = Batch::new(&INSERT);
    batch.push([
        id.value(),
        built.complaint.value(),
        built.event.digest.as_str().value(),
        built.event.position.value(),
        built.pins.text().value(),
        now.value(),
    ]);
    tx.flush(batch).await?;
    let mut entries = Entries::new(ids, now, origin);
    let about = About { kind: "evidenceBags", id, version: 1, contract: built.contract };
    entries.append(entry(about, &built.event, vec!["ICE-07".to_owned()]));
    entries.flush(&mut tx).await?;
    tx.commit().await
}

async fn is_built(tx: &mut Tx, built: &Built) -> Result<bool, DbError> {
    let query = tx.query(SELECT_BUILT).bind(built.complaint).bind(built.event.digest.as_str());
    Ok(query.optional(|row: &Row<'_>| row.get::<Uuid>("bag_id")).await?.is_some())
}
