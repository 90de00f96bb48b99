//! What routing keeps about a complaint: the contacts that led to it, and whatever belongs to those.

use ice_liaison_domain::ComplaintId;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};
use uuid::Uuid;

pub(crate) const SELECT: &str = "SELECT DISTINCT stream_kind, stream_id FROM routed_complaints AS c \
     JOIN routed_streams AS s ON s.contact_id = c.contact_id WHERE complaint_id = $1 ORDER BY stream_kind, stream_id";

pub(crate) const COMPLAINTS: Table = Table::insert_new("routed_complaints", &["complaint_id", "contact_id"]);

pub(crate) const STREAMS: Table =
    Table::insert_new("routed_streams", &["contact_id", "stream_kind", "stream_id"]);

/// Notes that a contact led to a complaint.
pub(crate) async fn led_to(tx: &mut Tx, contact: Uuid, complaint: ComplaintId) -> Result<(), DbError> {
    let mut batch = Batch::new(&COMPLAINTS);
    batch.push([complaint.value(), contact.value()]);
    tx.flush(batch).await.map(drop)
}

/// Notes that a stream of routing's journal is about a contact.
pub(crate) async fn belongs(tx: &mut Tx, contact: Uuid, kind: &str, id: Uuid) -> Result<(), DbError> {
    let mut batch = Batch::new(&STREAMS);
    batch.push([contact.value(), kind.value(), id.value()]);
    tx.flush(batch).await.map(drop)
}

/// The streams about a complaint, each as its kind and its id.
pub(crate) async fn streams(tx: &mut Tx, complaint: Uuid) -> Result<Vec<(String, Uuid)>, DbError> {
    let read = |row: &Row<'_>| Ok((row.get("stream_kind")?, row.get("stream_id")?));
    tx.query(SELECT).bind(complaint).all(read).await
}
