//! Request ids: what each was used for, and what was answered.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use prost::Message as _;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};
use uuid::Uuid;

use super::Request;
use crate::append::Origin;

pub(crate) const SELECT: &str = "SELECT caller_organisation, request_id, method, digests, answer FROM requests \
     WHERE (caller_organisation, request_id) IN (VALUES {rows UUID, UUID})";

pub(crate) const REQUESTS: Table = Table::insert(
    "requests",
    &["caller_organisation", "request_id", "method", "digests", "answer", "recorded_at"],
);

/// Whose request id it is; the suite itself has the nil organisation.
pub(super) type Key = (Uuid, Uuid);

/// One use of a request id that has its answer.
pub(super) struct Use {
    pub(super) method: String,
    pub(super) digests: BTreeMap<String, Vec<u8>>,
    pub(super) answer: Vec<u8>,
}

/// Digests of fields, as they are kept.
#[derive(Clone, PartialEq, Eq, prost::Message)]
struct Digests {
    #[prost(btree_map = "string, bytes", tag = "1")]
    fields: BTreeMap<String, Vec<u8>>,
}

/// The key under which a call's request is kept.
pub(super) fn key(origin: &Origin) -> Option<Key> {
    origin.request.map(|request| (origin.actor.organisation.unwrap_or_default(), request))
}

impl Use {
    /// Whether `request` repeats this one; if not, the fields that differ, none when it is another rpc.
    pub(super) fn repeated_by(&self, request: &Request) -> Result<(), Vec<String>> {
        if self.method != request.method {
            return Err(Vec::new());
        }
        let names: BTreeSet<&String> = self.digests.keys().chain(request.digests.keys()).collect();
        let differing: Vec<String> = names
            .into_iter()
            .filter(|name| self.digests.get(*name) != request.digests.get(*name))
            .cloned()
            .collect();
        if differing.is_empty() { Ok(()) } else { Err(differing) }
    }
}

/// Finds the uses of these request ids.
pub(super) async fn find(tx: &mut Tx, keys: Vec<Key>) -> Result<BTreeMap<Key, Use>, DbError> {
    let rows = keys.into_iter().map(|(organisation, request)| [organisation.value(), request.value()]);
    Ok(tx.query(SELECT).rows(rows).all(read).await?.into_iter().collect())
}

/// Keeps the answers of a group.
///
/// # Errors
/// [`DbError::Conflict`] when a request id was used meanwhile.
pub(super) async fn keep(
    tx: &mut Tx,
    answered: impl IntoIterator<Item = (Key, Use)>,
    now: Timestamp,
) -> Result<(), DbError> {
    let mut batch = Batch::new(&REQUESTS);
    for ((organisation, request), used) in answered {
        let digests = Digests { fields: used.digests }.encode_to_vec();
        batch.push([
            organisation.value(),
            request.value(),
            used.method.value(),
            digests.value(),
            used.answer.value(),
            now.value(),
        ]);
    }
    tx.flush(batch).await.map(drop)
}

fn read(row: &Row<'_>) -> Result<(Key, Use), DbError> {
    let digests: Vec<u8> = row.get("digests")?;
    let digests =
        Digests::decode(digests.as_slice()).map_err(|_| row.inconsistent("digests", "cannot be decoded"))?;
    let key = (row.get("caller_organisation")?, row.get("request_id")?);
    Ok((key, Use { method: row.get("method")?, digests: digests.fields, answer: row.get("answer")? }))
}
