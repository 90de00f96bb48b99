//! What a database knows of the ledger. A database that was put back from a copy knows less than the ledger says: that is how a
//! restore is noticed, whoever did it and however.

use redress_journal::merkle::Hash;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};
use uuid::Uuid;

use crate::{Fault, Head, Ledger, reading::Entry};

pub(crate) const INSERT: Table = Table::insert_new("erasures", &["record_id"]);

pub(crate) const SELECT_HEAD: &str = "SELECT number, head FROM erasure_ledger WHERE ledger_id = 1";

pub(crate) const SELECT_KNOWN: &str = "SELECT record_id FROM erasures WHERE record_id IN ({keys})";

pub(crate) const NOTE: &str = "INSERT INTO erasure_ledger (ledger_id, number, head) VALUES (1, $1, $2) \
     ON CONFLICT (ledger_id) DO UPDATE SET number = excluded.number, head = excluded.head \
     WHERE erasure_ledger.number < excluded.number";

/// Records asked about at a time.
const PAGE: usize = 500;

/// What the two came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// Everything that was erased is known here to be.
    Whole,
    /// These were erased, and this database does not know: it is older than they are.
    Older(Vec<Entry>),
}

/// Why the two cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum Disagreement {
    /// The ledger does not reach what the database knows, or is another one.
    #[error(
        "the erasure ledger at {path} is not the one this database knows, which went to number {known}: it was lost, cut or replaced"
    )]
    Lost {
        /// Where it was looked for.
        path: String,
        /// How far it went.
        known: u64,
    },
    /// The ledger cannot be read.
    #[error(transparent)]
    Ledger(#[from] Fault),
    /// The database cannot be read.
    #[error(transparent)]
    Database(#[from] DbError),
}

/// Says, in the transaction that takes something out of the tables, that it is to be erased.
pub async fn begin(tx: &mut Tx, record: Uuid) -> Result<(), DbError> {
    let mut batch = Batch::new(&INSERT);
    batch.push([record.value()]);
    tx.flush(batch).await.map(drop)
}

/// Says, in the transaction that ends an erasure, how far the ledger went when it was written down.
pub async fn note(tx: &mut Tx, head: Head) -> Result<(), DbError> {
    let number = i64::try_from(head.number).unwrap_or(i64::MAX);
    tx.query(NOTE).bind(number).bind(head.hash.bytes().as_slice()).execute().await.map(drop)
}

/// How far the ledger went, as this database knows it.
pub async fn head(tx: &mut Tx) -> Result<Head, DbError> {
    Ok(tx.query(SELECT_HEAD).optional(read).await?.unwrap_or_else(Head::empty))
}

/// Compares the two. An erasure that was begun here and is not finished is known here, and no disagreement; so is the end of a record of
/// which a part was begun here, for the answers of the other holders come by their feeds.
pub async fn compare(tx: &mut Tx, ledger: &Ledger) -> Result<Agreement, Disagreement> {
    let known = head(tx).await?;
    let all = ledger.after(known.number.saturating_sub(1))?;
    let lost = || Disagreement::Lost { path: ledger.path().display().to_string(), known: known.number };
    let later = match all.split_first() {
        _ if known.number == 0 => all.as_slice(),
        Some((at, later)) if at.head == known => later,
        Some(_) | None => return Err(lost()),
    };
    let mut older = Vec::new();
    for page in later.chunks(PAGE) {
        let records = page.iter().map(|entry| entry.erasure.record);
        let found: Vec<Uuid> = tx.query(SELECT_KNOWN).keys(records).all(|row| row.get("record_id")).await?;
        older.extend(page.iter().filter(|entry| !found.contains(&entry.erasure.record)).cloned());
    }
    Ok(if older.is_empty() { Agreement::Whole } else { Agreement::Older(older) })
}

fn read(row: &Row<'_>) -> Result<Head, DbError> {
    let (number, hash): (i64, Vec<u8>) = (row.get("number")?, row.get("head")?);
    let hash = Hash::try_from(hash.as_slice()).map_err(|_| row.inconsistent("head", "is not a hash"))?;
    Ok(Head { number: number.unsigned_abs(), hash })
}
