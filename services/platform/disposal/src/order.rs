//! Orders that were taken, as they are kept.

use jiff::civil::Date;
use redress_ledger::erasure::base64_bytes;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Remains;

pub(crate) const SELECT: &str =
    "SELECT record_id, done, state, version FROM disposal_orders WHERE record_id = $1";

pub(crate) const SELECT_OPEN: &str = "SELECT record_id, done, state, version FROM disposal_orders WHERE done = FALSE AND record_id > $1 \
     ORDER BY record_id LIMIT 64";

pub(crate) const SAVE: Table =
    Table::save("disposal_orders", &["record_id", "done", "state", "version"], &["record_id"], "version");

/// An order that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The record.
    pub record: Uuid,
    /// Whether keys and objects are gone, and the receipt is given.
    pub done: bool,
    /// What was ordered and found.
    pub state: State,
    /// How often the row was written; also the number of its last entry in the journal.
    pub version: i64,
}

/// What was ordered and found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The disposal.
    pub disposal: Uuid,
    /// Contract of the record.
    pub contract: Uuid,
    /// What was to be destroyed, by the names of this service.
    pub subjects: Vec<String>,
    /// What was taken out, and is still to be destroyed.
    pub remains: Remains,
    /// Day on which it was carried out.
    pub carried_out_on: Option<Date>,
    /// The last day on which copies beyond use may lie in backups.
    pub beyond_use_until: Option<Date>,
    /// The order as it came, for the erasure ledger.
    #[serde(default, with = "base64_bytes")]
    pub order: Vec<u8>,
}

/// The order of a record, if it was taken.
pub(crate) async fn find(tx: &mut Tx, record: Uuid) -> Result<Option<Order>, DbError> {
    tx.query(SELECT).bind(record).optional(read).await
}

/// The order of a record as it came, if it was taken.
pub async fn as_it_came(tx: &mut Tx, record: Uuid) -> Result<Option<Vec<u8>>, DbError> {
    Ok(find(tx, record).await?.map(|order| order.state.order))
}

/// Orders that are not done yet, after that of a record.
pub(crate) async fn find_open(tx: &mut Tx, after: Uuid) -> Result<Vec<Order>, DbError> {
    tx.query(SELECT_OPEN).bind(after).all(read).await
}

/// Writes an order at its next version.
pub(crate) async fn save(tx: &mut Tx, order: &Order) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    batch.push([
        order.record.value(),
        order.done.value(),
        document::write(&order.state)?,
        order.version.value(),
    ]);
    tx.save(batch).await
}

fn read(row: &Row<'_>) -> Result<Order, DbError> {
    Ok(Order {
        record: row.get("record_id")?,
        done: row.get("done")?,
        state: document::read(row)?,
        version: row.get("version")?,
    })
}
