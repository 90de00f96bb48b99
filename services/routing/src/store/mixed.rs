//! Mixed complaints: the state with what it is found by.

use jiff::{Timestamp, civil::Date};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use routing_domain::{ComplaintId, ContactId, ContractId, MixedComplaintId, OrganisationId, mixed};
use uuid::Uuid;

use super::{
    due::{self, Due},
    texts::Texts,
};

pub(crate) const SELECT: &str = "SELECT mixed_complaint_id, contact_id, contract_id, next_due_kind, next_due_on, wake_on, \
     contribution_due_on, reply_due_on, texts, state, key_id, version, revision, created_at, updated_at FROM mixed_complaints WHERE mixed_complaint_id IN ({keys})";

pub(crate) const SELECT_BY_COMPLAINT: &str =
    "SELECT complaint_id, mixed_complaint_id FROM mixed_complaints WHERE complaint_id IN ({keys})";

pub(crate) const SELECT_VISIBLE: &str = "SELECT m.mixed_complaint_id, contact_id, m.contract_id, next_due_kind, \
     next_due_on, wake_on, contribution_due_on, reply_due_on, texts, state, key_id, version, revision, created_at, updated_at FROM mixed_complaints AS m \
     JOIN parties AS p ON p.thing_id = m.mixed_complaint_id AND p.organisation_id = $2 WHERE m.mixed_complaint_id = $1";

/// Those at which it is time to look again, the longest waiting first.
pub(crate) const SELECT_AWAKE: &str = "SELECT mixed_complaint_id, wake_on FROM mixed_complaints \
     WHERE wake_on <= $1 AND (wake_on, mixed_complaint_id) > ($2, $3) ORDER BY wake_on, mixed_complaint_id LIMIT $4";

pub(crate) const SAVE: Table = Table::save(
    "mixed_complaints",
    &[
        "mixed_complaint_id",
        "contact_id",
        "contract_id",
        "organisation_id",
        "stage",
        "received_on",
        "next_due_kind",
        "next_due_on",
        "wake_on",
        "contribution_due_on",
        "reply_due_on",
        "complaint_id",
        "texts",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
        "updated_at",
    ],
    &["mixed_complaint_id"],
    "revision",
);

/// A mixed complaint as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Mixed {
    /// Which one.
    pub(crate) id: MixedComplaintId,
    /// The contact it came with.
    pub(crate) contact: ContactId,
    /// Its contract.
    pub(crate) contract: ContractId,
    /// What the clocks come to.
    pub(crate) due: Due,
    /// The same by whom they bind.
    pub(crate) limits: Limits,
    /// With which versions its texts came.
    pub(crate) texts: Texts,
    /// The machine.
    pub(crate) state: mixed::State,
    /// Key of its contact.
    pub(crate) key: Uuid,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
    /// When it last changed.
    pub(crate) updated_at: Timestamp,
}

/// When the first open clock of each side falls due, for those who watch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Limits {
    /// The provider's contribution.
    pub(crate) contribution_on: Option<Date>,
    /// The reply of Jobcentre Plus.
    pub(crate) reply_on: Option<Date>,
}

/// Those with these ids, by bare id: for the world.
pub(crate) async fn find_many(tx: &mut Tx, ids: Vec<MixedComplaintId>) -> Result<Vec<Mixed>, DbError> {
    tx.query(SELECT).keys(ids).all(read).await
}

/// Which mixed complaints left these complaints over.
pub(crate) async fn find_complaints(
    tx: &mut Tx,
    complaints: Vec<ComplaintId>,
) -> Result<Vec<(ComplaintId, MixedComplaintId)>, DbError> {
    let found =
        |row: &Row<'_>| Ok((Id::new(row.get("complaint_id")?), Id::new(row.get("mixed_complaint_id")?)));
    tx.query(SELECT_BY_COMPLAINT).keys(complaints).all(found).await
}

/// One to which `caller` is a party.
pub(crate) async fn find_visible(
    tx: &mut Tx,
    id: MixedComplaintId,
    caller: OrganisationId,
) -> Result<Option<Mixed>, DbError> {
    tx.query(SELECT_VISIBLE).bind(id).bind(caller).optional(read).await
}

/// Those at which it is time to look on `today`, after the one at `after`.
pub(crate) async fn find_awake(
    tx: &mut Tx,
    today: Date,
    after: (Date, MixedComplaintId),
    limit: i64,
) -> Result<Vec<(Date, MixedComplaintId)>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("wake_on")?, Id::new(row.get("mixed_complaint_id")?)));
    tx.query(SELECT_AWAKE).bind(today).bind(after.0).bind(after.1).bind(limit).all(read).await
}

/// Writes new and changed ones.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Mixed>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        let Some(mixed) = row.state.mixed() else { continue };
        batch.push([
            row.id.value(),
            row.contact.value(),
            row.contract.value(),
            mixed.organisation.value(),
            mixed.stage.name().as_str().value(),
            mixed.received_on.value(),
            row.due.kind.clone().value(),
            row.due.on.value(),
            row.due.wake_on.value(),
            row.limits.contribution_on.value(),
            row.limits.reply_on.value(),
            mixed.residual().value(),
            document::write_as(&row.texts, "texts")?,
            document::write(&row.state)?,
            row.key.value(),
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
            row.updated_at.value(),
        ]);
    }
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Mixed, DbError> {
    Ok(Mixed {
        id: Id::new(row.get("mixed_complaint_id")?),
        contact: Id::new(row.get("contact_id")?),
        contract: Id::new(row.get("contract_id")?),
        due: due::read(row)?,
        limits: Limits {
            contribution_on: row.get("contribution_due_on")?,
            reply_on: row.get("reply_due_on")?,
        },
        texts: document::read_as(row, "texts")?,
        state: document::read(row)?,
        key: row.get("key_id")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
    })
}
