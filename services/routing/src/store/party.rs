//! Which organisations may see a thing, with what their lists are filtered by.

use std::collections::HashSet;

use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};
use routing_domain::{ContractId, OrganisationId};
use uuid::Uuid;

pub(crate) const SELECT: &str = "SELECT thing_id, organisation_id FROM parties WHERE thing_id IN ({keys})";

/// Those of these things that an organisation may see.
pub(crate) const SELECT_AMONG: &str =
    "SELECT thing_id FROM parties WHERE organisation_id = $1 AND thing_id IN ({keys})";

pub(crate) const SAVE: Table = Table::replace(
    "parties",
    &["thing_id", "organisation_id", "kind", "contract_id", "stage", "outcome"],
    &["thing_id", "organisation_id"],
);

/// What a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A contact.
    Contact,
    /// A mixed complaint.
    Mixed,
    /// A letter.
    Letter,
}

/// A thing as one organisation's lists have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Party {
    /// The thing.
    pub(crate) thing: Uuid,
    /// The organisation that may see it.
    pub(crate) organisation: OrganisationId,
    /// What it is.
    pub(crate) kind: Kind,
    /// Its contract.
    pub(crate) contract: ContractId,
    /// Its stage.
    pub(crate) stage: &'static str,
    /// Where a contact leads.
    pub(crate) outcome: Option<&'static str>,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Contact => "CONTACT",
            Self::Mixed => "MIXED",
            Self::Letter => "LETTER",
        }
    }
}

/// The organisations that may see these things.
pub(crate) async fn find_many(
    tx: &mut Tx,
    things: Vec<Uuid>,
) -> Result<Vec<(Uuid, OrganisationId)>, DbError> {
    tx.query(SELECT).keys(things).all(read).await
}

/// Those of these things that `caller` may see.
pub(crate) async fn find_among(
    tx: &mut Tx,
    caller: OrganisationId,
    things: Vec<Uuid>,
) -> Result<HashSet<Uuid>, DbError> {
    let found = tx.query(SELECT_AMONG).bind(caller).keys(things);
    Ok(found.all(|row| row.get("thing_id")).await?.into_iter().collect())
}

/// Writes rows, new and changed.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = Party>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE);
    for row in rows {
        batch.push([
            row.thing.value(),
            row.organisation.value(),
            row.kind.as_str().value(),
            row.contract.value(),
            row.stage.value(),
            row.outcome.map(str::to_owned).value(),
        ]);
    }
    tx.flush(batch).await.map(drop)
}

fn read(row: &Row<'_>) -> Result<(Uuid, OrganisationId), DbError> {
    Ok((row.get("thing_id")?, Id::new(row.get("organisation_id")?)))
}
