//! By which letters and recommendations are found and listed. What each is stands in the state of its examination.

use ice_liaison_domain::{ExaminationId, IceLetterId, OrganisationId, RecommendationId};
use jiff::civil::Date;
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};
use uuid::Uuid;

use super::examination::Examination;

pub(crate) const SELECT_LETTER: &str = "SELECT examination_id FROM ice_letters AS l JOIN known_reach AS r \
     ON r.contract_id = l.contract_id AND r.below_id = l.organisation_id AND r.organisation_id = $2 WHERE letter_id = $1";

pub(crate) const SELECT_RECOMMENDATION: &str = "SELECT examination_id FROM recommendations AS l JOIN known_reach AS r \
     ON r.contract_id = l.contract_id AND r.below_id = l.organisation_id AND r.organisation_id = $2 \
     WHERE recommendation_id = $1";

/// By the day they are due.
pub(crate) const SELECT_LETTERS: &str = "SELECT letter_id AS thing_id, examination_id, due_on FROM ice_letters AS l \
     JOIN known_reach AS r ON r.contract_id = l.contract_id AND r.below_id = l.organisation_id AND r.organisation_id = $1 \
     WHERE (due_on, letter_id) > ($2, $3) AND (is_open OR NOT $4) AND due_on <= $5 \
     ORDER BY due_on, letter_id LIMIT $6";

/// By the day they are due.
pub(crate) const SELECT_RECOMMENDATIONS: &str = "SELECT recommendation_id AS thing_id, examination_id, due_on \
     FROM recommendations AS l JOIN known_reach AS r ON r.contract_id = l.contract_id AND r.below_id = l.organisation_id \
     AND r.organisation_id = $1 WHERE (due_on, recommendation_id) > ($2, $3) AND (is_open OR NOT $4) AND due_on <= $5 \
     ORDER BY due_on, recommendation_id LIMIT $6";

pub(crate) const LETTERS: Table = Table::replace(
    "ice_letters",
    &["letter_id", "examination_id", "contract_id", "organisation_id", "is_open", "due_on"],
    &["letter_id"],
);

pub(crate) const RECOMMENDATIONS: Table = Table::replace(
    "recommendations",
    &["recommendation_id", "examination_id", "contract_id", "organisation_id", "is_open", "due_on"],
    &["recommendation_id"],
);

/// The day under which what has no due day is listed: after all others.
pub(crate) const NEVER: Date = Date::constant(9999, 12, 31);

/// Before every row of a list.
pub(crate) const FIRST: (Date, Uuid) = (Date::constant(1, 1, 1), Uuid::nil());

/// A row of a due-list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Listed {
    /// The letter or recommendation.
    pub(crate) thing: Uuid,
    /// Its examination.
    pub(crate) examination: ExaminationId,
    /// Day it is due; [`NEVER`] for what has none.
    pub(crate) due_on: Date,
}

/// What a due-list is asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// By whom.
    pub(crate) caller: OrganisationId,
    /// After which row.
    pub(crate) after: (Date, Uuid),
    /// Only what is open.
    pub(crate) open_only: bool,
    /// Only what is due by then.
    pub(crate) due_by: Date,
    /// Most rows.
    pub(crate) limit: i64,
}

/// The examination of a letter that `caller` may see.
pub(crate) async fn find_letter(
    tx: &mut Tx,
    id: IceLetterId,
    caller: OrganisationId,
) -> Result<Option<ExaminationId>, DbError> {
    tx.query(SELECT_LETTER).bind(id).bind(caller).optional(examination).await
}

/// The examination of a recommendation that `caller` may see.
pub(crate) async fn find_recommendation(
    tx: &mut Tx,
    id: RecommendationId,
    caller: OrganisationId,
) -> Result<Option<ExaminationId>, DbError> {
    tx.query(SELECT_RECOMMENDATION).bind(id).bind(caller).optional(examination).await
}

/// Letters by the day they are due.
pub(crate) async fn letters(tx: &mut Tx, asked: Asked) -> Result<Vec<Listed>, DbError> {
    list(tx, SELECT_LETTERS, asked).await
}

/// Recommendations by the day they are due.
pub(crate) async fn recommendations(tx: &mut Tx, asked: Asked) -> Result<Vec<Listed>, DbError> {
    list(tx, SELECT_RECOMMENDATIONS, asked).await
}

/// Writes the rows by which the letters and recommendations of changed examinations are found.
pub(crate) async fn save(tx: &mut Tx, rows: impl Iterator<Item = &Examination>) -> Result<(), DbError> {
    let (mut letters, mut recommendations) = (Batch::new(&LETTERS), Batch::new(&RECOMMENDATIONS));
    for row in rows {
        let Some(case) = row.state.case() else { continue };
        let (examination, contract, organisation) = (row.id, row.contract, row.organisation);
        for letter in &case.file.letters {
            letters.push([
                letter.id.value(),
                examination.value(),
                contract.value(),
                organisation.value(),
                letter.is_open().value(),
                letter.due_on.unwrap_or(NEVER).value(),
            ]);
        }
        for recommendation in &case.file.recommendations {
            recommendations.push([
                recommendation.id.value(),
                examination.value(),
                contract.value(),
                organisation.value(),
                recommendation.completed_on.is_none().value(),
                recommendation.due_on.unwrap_or(NEVER).value(),
            ]);
        }
    }
    tx.flush(letters).await?;
    tx.flush(recommendations).await.map(drop)
}

async fn list(tx: &mut Tx, sql: &'static str, asked: Asked) -> Result<Vec<Listed>, DbError> {
    let read = |row: &Row<'_>| {
        Ok(Listed { thing: row.get("thing_id")?, examination: examination(row)?, due_on: row.get("due_on")? })
    };
    let Asked { caller, after, open_only, due_by, limit } = asked;
    let query =
        tx.query(sql).bind(caller).bind(after.0).bind(after.1).bind(open_only).bind(due_by).bind(limit);
    query.all(read).await
}

fn examination(row: &Row<'_>) -> Result<ExaminationId, DbError> {
    Ok(Id::new(row.get("examination_id")?))
}
