//! The recovery ledger: postings and their lines, appended to and never changed, and the years that are closed.

use ice_liaison_domain::{
    ChargeId, ContractId, OrganisationId,
    ledger::{Posting, PostingKind},
};
use jiff::{Timestamp, civil::Date};
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, word};
use uuid::Uuid;

pub(crate) const SELECT_YEARS: &str = "SELECT year FROM ledger_years ORDER BY year";

/// Moves the one row on in which whoever posts and whoever closes a year meet.
pub(crate) const MEET: &str = "INSERT INTO ledger_gate (gate_id, revision) VALUES (1, 1) \
     ON CONFLICT (gate_id) DO UPDATE SET revision = ledger_gate.revision + 1";

/// What each account comes to, of what the caller sees.
pub(crate) const SELECT_BALANCES: &str = "SELECT account, CAST(SUM(pence) AS BIGINT) AS pence FROM ledger_lines AS l \
     JOIN known_reach AS r ON r.contract_id = l.contract_id AND r.below_id = l.liable_id AND r.organisation_id = $1 \
     GROUP BY account ORDER BY account";

/// Postings whose lines do not cancel out: there are none.
pub(crate) const SELECT_UNBALANCED: &str = "SELECT COUNT(*) AS found FROM (SELECT posting_id FROM ledger_lines \
     GROUP BY posting_id HAVING SUM(pence) <> 0 OR COUNT(*) <> 2) AS unbalanced";

/// What an organisation owed before a day.
pub(crate) const SELECT_OPENING: &str = "SELECT CAST(COALESCE(SUM(pence), 0) AS BIGINT) AS pence FROM ledger_lines AS l \
     JOIN ledger_postings AS p ON p.posting_id = l.posting_id JOIN known_reach AS r ON r.contract_id = l.contract_id \
     AND r.below_id = l.liable_id AND r.organisation_id = $1 WHERE l.liable_id = $2 AND account = $3 AND posted_on < $4";

/// What was posted on an organisation between two days, oldest first.
pub(crate) const SELECT_STATEMENT: &str = "SELECT p.posting_id, p.charge_id, kind, posted_on, \
     debit.account AS debit, credit.account AS credit, debit.pence AS pence FROM ledger_postings AS p \
     JOIN ledger_lines AS debit ON debit.posting_id = p.posting_id AND debit.pence > 0 \
     JOIN ledger_lines AS credit ON credit.posting_id = p.posting_id AND credit.pence < 0 \
     JOIN known_reach AS r ON r.contract_id = p.contract_id AND r.below_id = p.liable_id AND r.organisation_id = $1 \
     WHERE p.liable_id = $2 AND posted_on >= $3 AND posted_on <= $4 ORDER BY posted_on, p.posting_id LIMIT $5";

pub(crate) const POSTINGS: Table = Table::insert(
    "ledger_postings",
    &["posting_id", "charge_id", "contract_id", "liable_id", "kind", "posted_on", "recorded_at"],
);

pub(crate) const LINES: Table =
    Table::insert("ledger_lines", &["posting_id", "account", "contract_id", "liable_id", "pence"]);

pub(crate) const YEARS: Table = Table::insert("ledger_years", &["year", "closed_on"]);

/// A posting on its way into the ledger.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Posted {
    /// The posting.
    pub(crate) posting: Posting,
    /// Contract of the charge.
    pub(crate) contract: ContractId,
    /// Who owes the charge.
    pub(crate) liable: OrganisationId,
    /// When it is recorded.
    pub(crate) at: Timestamp,
}

/// A posting as a statement tells it.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    /// Which one.
    pub(crate) id: Uuid,
    /// Its charge.
    pub(crate) charge: ChargeId,
    /// What it is.
    pub(crate) kind: PostingKind,
    /// Account debited.
    pub(crate) debit: String,
    /// Account credited.
    pub(crate) credit: String,
    /// The amount.
    pub(crate) pence: i64,
    /// Day in whose period it stands.
    pub(crate) posted_on: Date,
}

/// The years that are closed, by the calendar years in which they began.
pub(crate) async fn years(tx: &mut Tx) -> Result<Vec<i64>, DbError> {
    tx.query(SELECT_YEARS).all(|row| row.get("year")).await
}

/// What each account comes to, of what `caller` sees.
pub(crate) async fn balances(tx: &mut Tx, caller: OrganisationId) -> Result<Vec<(String, i64)>, DbError> {
    tx.query(SELECT_BALANCES).bind(caller).all(|row| Ok((row.get("account")?, row.get("pence")?))).await
}

/// How many postings do not cancel out.
pub(crate) async fn unbalanced(tx: &mut Tx) -> Result<i64, DbError> {
    Ok(tx.query(SELECT_UNBALANCED).optional(|row| row.get("found")).await?.unwrap_or_default())
}

/// What `liable` owed before `day`, in pence.
pub(crate) async fn opening(
    tx: &mut Tx,
    caller: OrganisationId,
    liable: OrganisationId,
    account: String,
    day: Date,
) -> Result<i64, DbError> {
    let query = tx.query(SELECT_OPENING).bind(caller).bind(liable).bind(account).bind(day);
    Ok(query.optional(|row| row.get("pence")).await?.unwrap_or_default())
}

/// What was posted on `liable` from one day to another.
pub(crate) async fn statement(
    tx: &mut Tx,
    caller: OrganisationId,
    liable: OrganisationId,
    (from, to): (Date, Date),
    limit: i64,
) -> Result<Vec<Told>, DbError> {
    let query = tx.query(SELECT_STATEMENT).bind(caller).bind(liable).bind(from).bind(to).bind(limit);
    query.all(told).await
}

/// Appends postings, each with its two lines.
pub(crate) async fn insert(tx: &mut Tx, rows: &[Posted]) -> Result<(), DbError> {
    let (mut postings, mut lines) = (Batch::new(&POSTINGS), Batch::new(&LINES));
    for Posted { posting, contract, liable, at } in rows {
        postings.push([
            posting.id.value(),
            posting.charge.value(),
            contract.value(),
            liable.value(),
            posting.kind.as_str().to_owned().value(),
            posting.posted_on.value(),
            at.value(),
        ]);
        for line in posting.lines() {
            lines.push([
                posting.id.value(),
                line.account.to_string().value(),
                contract.value(),
                liable.value(),
                line.pence.value(),
            ]);
        }
    }
    tx.flush(postings).await?;
    tx.flush(lines).await.map(drop)
}

/// Meets whoever posts, or closes a year, at the same time: a year that was open when it was decided to post into it is open
/// when it is posted.
///
/// # Errors
/// [`DbError::Conflict`] where another was first.
pub(crate) async fn meet(tx: &mut Tx) -> Result<(), DbError> {
    tx.query(MEET).execute().await.map(drop)
}

/// Closes years.
pub(crate) async fn close(tx: &mut Tx, years: &[(i64, Date)]) -> Result<(), DbError> {
    let mut batch = Batch::new(&YEARS);
    for (year, closed_on) in years {
        batch.push([year.value(), closed_on.value()]);
    }
    tx.flush(batch).await.map(drop)
}

fn told(row: &Row<'_>) -> Result<Told, DbError> {
    Ok(Told {
        id: row.get("posting_id")?,
        charge: Id::new(row.get("charge_id")?),
        kind: word::read(row, "kind")?,
        debit: row.get("debit")?,
        credit: row.get("credit")?,
        pence: row.get("pence")?,
        posted_on: row.get("posted_on")?,
    })
}
