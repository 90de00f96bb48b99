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

pub(crate) const SELECT_NEWEST: &str = "SELECT checkpoint FROM evidence_bags WHERE complaint_id = $1 ORDER BY built_at DESC, bag_id DESC LIMIT 1";

pub(crate) const SELECT_BUILT: &str =
    "SELECT bag_id FROM evidence_bags WHERE complaint_id = $1 AND digest = $2";

pub(crate) const INSERT: Table = Table::insert(
    "evidence_bags",
    &["bag_id", "complaint_id", "digest", "position", "checkpoint", "built_at"],
);

/// A bag that is built.
pub(crate) struct Built {
    pub(crate) complaint: Uuid,
    pub(crate) contract: Option<Uuid>,
    pub(crate) checkpoint: String,
    pub(crate) event: EvidenceBagBuilt,
}

/// The checkpoint of the newest bag of a complaint.
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
        built.checkpoint.as_str().value(),
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
