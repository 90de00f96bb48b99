//! How much is kept too long or waits, for those who watch: each counted in one stretch of an index.

use jiff::civil::Date;
use redress_store::{DbError, Row, Tx};

/// Past their date, and nothing holds them.
pub(crate) const SELECT_DUE: &str = "SELECT COUNT(*) AS records, MIN(m.due_from) AS oldest FROM records AS m \
     LEFT JOIN persons AS p ON p.participant_id = m.participant_id WHERE m.due_from <= $1 \
     AND (m.held_until IS NULL OR m.held_until < $1) AND (p.held_until IS NULL OR p.held_until < $1)";

/// Past their date, and held, by something of their own or with everything about their person.
pub(crate) const SELECT_DUE_HELD: &str = "SELECT COUNT(*) AS records, MIN(m.due_from) AS oldest FROM records AS m \
     LEFT JOIN persons AS p ON p.participant_id = m.participant_id WHERE m.due_from <= $1 \
     AND (m.held_until >= $1 OR p.held_until >= $1)";

/// With a hold that was to be looked at again: records, and people with everything about them.
pub(crate) const SELECT_PAST_REVIEW: &str = "SELECT (SELECT COUNT(*) FROM records WHERE review_on < $1) \
     + (SELECT COUNT(*) FROM persons WHERE review_on < $1) AS records";

/// Without a term.
pub(crate) const SELECT_WITHOUT_BASIS: &str = "SELECT COUNT(*) AS records FROM records WHERE without_basis";

/// Disposals under way.
pub(crate) const SELECT_DISPOSALS: &str = "SELECT stage, COUNT(*) AS disposals, MIN(since) AS since FROM disposals \
     WHERE stage IN ('PROPOSED', 'APPROVED', 'ORDERED', 'HALTED') GROUP BY stage";

/// Requests to be erased that wait for their answer: all, those of which somebody was to be reminded, and those that are late.
pub(crate) const SELECT_ERASURES: &str = "SELECT COUNT(*) AS waiting, \
     COUNT(CASE WHEN answer_by >= $1 AND remind_on <= $1 THEN 1 END) AS soon, \
     COUNT(CASE WHEN answer_by < $1 THEN 1 END) AS late FROM erasure_requests WHERE answer_by IS NOT NULL";

/// Anonymised sets that somebody is to judge again.
pub(crate) const SELECT_JUDGE: &str = "SELECT COUNT(*) AS records FROM records WHERE judge_on <= $1";

/// Contracts whose last day, as it was told, does not count yet: those of which a change of the schedule is under way, and all of them.
pub(crate) const SELECT_WITHHELD: &str = "SELECT COUNT(*) AS contracts, COUNT(CASE WHEN EXISTS (SELECT 1 FROM schedule_changes AS c \
     WHERE c.contract_id = p.contract_id AND c.act_on IS NOT NULL) THEN 1 END) AS under_way FROM promises AS p WHERE p.withheld";

/// Records past their date.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Due {
    /// How many they are.
    pub(crate) records: i64,
    /// The first day on which the oldest could have been destroyed.
    pub(crate) oldest: Option<Date>,
}

/// Disposals in one stage.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    /// The stage.
    pub(crate) stage: String,
    /// How many they are.
    pub(crate) disposals: i64,
    /// Since when the first of them stands there.
    pub(crate) since: Option<Date>,
}

/// What is past its date by one of the statements above.
pub(crate) async fn due(tx: &mut Tx, statement: &'static str, today: Date) -> Result<Due, DbError> {
    let read = |row: &Row<'_>| Ok(Due { records: row.get("records")?, oldest: row.get("oldest")? });
    Ok(tx.query(statement).bind(today).optional(read).await?.unwrap_or_default())
}

/// How many records have a hold that was to be looked at again.
pub(crate) async fn past_review(tx: &mut Tx, today: Date) -> Result<i64, DbError> {
    let counted = tx.query(SELECT_PAST_REVIEW).bind(today).optional(|row| row.get("records")).await?;
    Ok(counted.unwrap_or_default())
}

/// How many records have no term.
pub(crate) async fn without_basis(tx: &mut Tx) -> Result<i64, DbError> {
    let counted = tx.query(SELECT_WITHOUT_BASIS).optional(|row| row.get("records")).await?;
    Ok(counted.unwrap_or_default())
}

/// Disposals under way, stage by stage.
pub(crate) async fn disposals(tx: &mut Tx) -> Result<Vec<Open>, DbError> {
    let read = |row: &Row<'_>| {
        Ok(Open { stage: row.get("stage")?, disposals: row.get("disposals")?, since: row.get("since")? })
    };
    tx.query(SELECT_DISPOSALS).all(read).await
}

/// Requests to be erased that wait for their answer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Asked {
    /// How many they are.
    pub(crate) waiting: i64,
    /// Of how many somebody was to be reminded, and it is not too late.
    pub(crate) soon: i64,
    /// How many are late.
    pub(crate) late: i64,
}

/// Requests to be erased that wait for their answer.
pub(crate) async fn erasures(tx: &mut Tx, today: Date) -> Result<Asked, DbError> {
    let read = |row: &Row<'_>| {
        Ok(Asked { waiting: row.get("waiting")?, soon: row.get("soon")?, late: row.get("late")? })
    };
    Ok(tx.query(SELECT_ERASURES).bind(today).optional(read).await?.unwrap_or_default())
}

/// How many anonymised sets somebody is to judge again.
pub(crate) async fn to_judge(tx: &mut Tx, today: Date) -> Result<i64, DbError> {
    let counted = tx.query(SELECT_JUDGE).bind(today).optional(|row| row.get("records")).await?;
    Ok(counted.unwrap_or_default())
}

/// Contracts whose last day, as it was told, does not count yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Withheld {
    /// Of how many nobody has proposed anything.
    pub(crate) alone: i64,
    /// Of how many a change of the schedule is under way.
    pub(crate) under_way: i64,
}

/// How many contracts told a last day that does not count yet.
pub(crate) async fn withheld(tx: &mut Tx) -> Result<Withheld, DbError> {
    let read = |row: &Row<'_>| {
        let (contracts, under_way): (i64, i64) = (row.get("contracts")?, row.get("under_way")?);
        Ok(Withheld { alone: contracts - under_way, under_way })
    };
    Ok(tx.query(SELECT_WITHHELD).optional(read).await?.unwrap_or_default())
}
