//! Forgetting what was answered about a thing that is destroyed. An answer is kept for repetitions of its request, and may hold
//! references by which a person can be found; the entries stay, which hold none (L33).

use redress_store::{DbError, Parameter as _, Tx};
use uuid::Uuid;

use crate::stream::history;

pub(crate) const FORGET: &str =
    "DELETE FROM requests WHERE (caller_organisation, request_id) IN (VALUES {rows UUID, UUID})";

/// Most entries read at a time.
const PAGE: i64 = 256;

/// Forgets every answer to a request that had an effect on a thing. A request that is repeated afterwards is a new one, and
/// meets what is left of the thing.
pub async fn forget(tx: &mut Tx, kind: &str, id: Uuid) -> Result<(), DbError> {
    let mut after = 0;
    loop {
        let entries = history(tx, kind, id, after, PAGE).await?;
        let Some(last) = entries.last() else { return Ok(()) };
        after = last.version;
        let asked = entries.iter().filter_map(|entry| {
            let organisation = Uuid::try_parse(&entry.actor_organisation).unwrap_or_default();
            let request = Uuid::try_parse(&entry.request_id).ok()?;
            Some([organisation.value(), request.value()])
        });
        let asked: Vec<_> = asked.collect();
        if !asked.is_empty() {
            tx.query(FORGET).rows(asked).execute().await?;
        }
    }
}
