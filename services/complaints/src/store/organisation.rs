//! Organisations.

use complaints_domain::{
    OrganisationId,
    supply_chain::{OrganisationKind, organisation},
};
use jiff::Timestamp;
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, word};

pub(crate) const SELECT: &str = "SELECT organisation_id, recorded_by, kind, display_name, version, revision, created_at \
     FROM organisations WHERE organisation_id IN ({keys})";

/// Visible are the caller's own, those it recorded, and those above or below it in some chain.
pub(crate) const SELECT_VISIBLE: &str = "SELECT organisation_id, recorded_by, kind, display_name, version, revision, created_at \
     FROM organisations AS o WHERE organisation_id = $1 AND (organisation_id = $2 OR recorded_by = $2 OR EXISTS \
     (SELECT 1 FROM reach AS r WHERE (r.organisation_id = $2 AND r.below_id = o.organisation_id) \
     OR (r.organisation_id = o.organisation_id AND r.below_id = $2)))";

pub(crate) const SELECT_PAGE: &str = "SELECT organisation_id, recorded_by, kind, display_name, version, revision, created_at \
     FROM organisations AS o WHERE organisation_id > $1 AND (organisation_id = $2 OR recorded_by = $2 OR EXISTS \
     (SELECT 1 FROM reach AS r WHERE (r.organisation_id = $2 AND r.below_id = o.organisation_id) \
     OR (r.organisation_id = o.organisation_id AND r.below_id = $2))) ORDER BY organisation_id LIMIT $3";

pub(crate) const SAVE: Table = Table::save(
    "organisations",
    &["organisation_id", "recorded_by", "kind", "display_name", "version", "revision", "created_at"],
    &["organisation_id"],
    "revision",
);

/// An organisation as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Organisation {
    /// Which one.
    pub(crate) id: OrganisationId,
    /// The organisation that recorded it.
    pub(crate) recorded_by: OrganisationId,
    /// What it is.
    pub(crate) kind: OrganisationKind,
    /// Name people know it by.
    pub(crate) display_name: String,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
}

impl Organisation {
    /// What the rules know of it.
    pub(crate) const fn state(&self) -> organisation::State {
        organisation::State::Recorded { id: self.id, kind: self.kind }
    }
}

/// Those with these ids, by bare id: for the world.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<OrganisationId>) -> Result<Vec<Organisation>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// One that `caller` may see.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: OrganisationId,
    caller: OrganisationId,
) -> Result<Option<Organisation>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those after `after` that `caller` may see.
pub(crate) async fn page(
    tx: &mut Tx,
    after: OrganisationId,
    caller: OrganisationId,
    limit: i64,
) -> Result<Vec<Organisation>, DbError> {
    tx.query(SELECT_PAGE).bind(after).bind(caller).bind(limit).all(read).await
}

/// Writes new ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Organisation>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.id.value(),
            row.recorded_by.value(),
            word::of(&row.kind).value(),
            row.display_name.clone().value(),
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
        ]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Organisation, DbError> {
    Ok(Organisation {
        id: Id::new(row.get("organisation_id")?),
        recorded_by: Id::new(row.get("recorded_by")?),
        kind: word::read(row, "kind")?,
        display_name: row.get("display_name")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
    })
}
