//! Taking examinations, and what was learned of complaints, out of the tables at the end of their term. The row of the thing itself is
//! blanked and moved on to its next revision, never deleted: whoever read it before finds that it changed, and cannot write it back.

use ice_liaison_domain::{
    ComplaintId, ContractId, ExaminationId, OrganisationId,
    examination::{StageName, State},
};
use redress_kernel::Id;
use redress_store::{DbError, Document, Row, Tx};
use uuid::Uuid;

use super::examination::{self, Examination};

/// Changes nothing, and holds the row to the end of the transaction: what is found now stays so.
pub(crate) const LOCK_EXAMINATION: &str =
    "UPDATE examinations SET revision = revision WHERE examination_id = $1";

/// The same for what is known of a complaint.
pub(crate) const LOCK_CASE: &str =
    "UPDATE case_records SET revision = revision WHERE complaint_id = $1 AND ended = FALSE";

pub(crate) const SELECT_CHARGE: &str = "SELECT charge_id FROM charges WHERE examination_id = $1";

/// Whether the complaint of an examination was charged or excused, whichever of its examinations that was for.
pub(crate) const SELECT_CHARGED: &str = "SELECT charge_id FROM charges AS c JOIN examinations AS e \
     ON e.complaint_id = c.complaint_id WHERE e.examination_id = $1";

pub(crate) const SELECT_LIVE: &str =
    "SELECT COUNT(*) AS live FROM examinations WHERE complaint_id = $1 AND is_live";

/// Whether anything was ever known of a complaint, also where it ended.
pub(crate) const SELECT_KNOWN: &str =
    "SELECT contract_id, organisation_id FROM case_records WHERE complaint_id = $1";

pub(crate) const DELETE_LETTERS: &str = "DELETE FROM ice_letters WHERE examination_id = $1";

pub(crate) const DELETE_RECOMMENDATIONS: &str = "DELETE FROM recommendations WHERE examination_id = $1";

pub(crate) const DELETE_BAGS: &str = "DELETE FROM evidence_bags WHERE complaint_id = $1";

pub(crate) const BLANK_EXAMINATION: &str = "UPDATE examinations SET stage = $2, is_live = FALSE, charge_standing = NULL, \
     reference = NULL, wake_on = NULL, state = $3, revision = revision + 1 WHERE examination_id = $1";

pub(crate) const BLANK_CASE: &str = "UPDATE case_records SET state = $2, ended = TRUE, revision = revision + 1 \
     WHERE complaint_id = $1";

/// Whether nothing is under way about a complaint.
pub(crate) struct Over(pub(crate) bool);

/// An examination that is here, held until the end of the transaction.
pub(crate) async fn examination(tx: &mut Tx, id: ExaminationId) -> Result<Option<Examination>, DbError> {
    tx.query(LOCK_EXAMINATION).bind(id).execute().await?;
    Ok(examination::find_many(tx, vec![id]).await?.pop())
}

/// The charge of an examination.
pub(crate) async fn charge(tx: &mut Tx, id: ExaminationId) -> Result<Option<Uuid>, DbError> {
    tx.query(SELECT_CHARGE).bind(id).optional(|row| row.get("charge_id")).await
}

/// Whether somebody decided on the charge of an examination, or of another of the same complaint.
pub(crate) async fn is_charged(tx: &mut Tx, id: ExaminationId) -> Result<bool, DbError> {
    let found: Option<Uuid> = tx.query(SELECT_CHARGED).bind(id).optional(|row| row.get("charge_id")).await?;
    Ok(found.is_some())
}

/// Whether a complaint of which something is known is over, held until the end of the transaction.
pub(crate) async fn case(tx: &mut Tx, id: ComplaintId) -> Result<Option<Over>, DbError> {
    if tx.query(LOCK_CASE).bind(id).execute().await? == 0 {
        return Ok(None);
    }
    let live: Option<i64> = tx.query(SELECT_LIVE).bind(id).optional(|row| row.get("live")).await?;
    Ok(Some(Over(live.unwrap_or_default() == 0)))
}

/// Whose a complaint is of which something was ever known.
pub(crate) async fn known(
    tx: &mut Tx,
    id: ComplaintId,
) -> Result<Option<(ContractId, OrganisationId)>, DbError> {
    let read = |row: &Row<'_>| Ok((Id::new(row.get("contract_id")?), Id::new(row.get("organisation_id")?)));
    tx.query(SELECT_KNOWN).bind(id).optional(read).await
}

/// Who sees what an organisation does under a contract.
pub(crate) async fn seen_by(
    tx: &mut Tx,
    contract: ContractId,
    organisation: OrganisationId,
) -> Result<Vec<Uuid>, DbError> {
    let reach = redress_chain::find_reach(tx, vec![contract]).await?;
    let above = reach.into_iter().filter(|reach| reach.below == organisation);
    Ok(above.map(|reach| reach.organisation.uuid()).collect())
}

/// Who sees a complaint.
pub(crate) async fn sees_case(tx: &mut Tx, id: ComplaintId) -> Result<Vec<Uuid>, DbError> {
    match known(tx, id).await? {
        Some((contract, organisation)) => seen_by(tx, contract, organisation).await,
        None => Ok(Vec::new()),
    }
}

/// Deletes what belongs to an examination, and blanks its row.
pub(crate) async fn end_examination(tx: &mut Tx, id: ExaminationId) -> Result<(), DbError> {
    tx.query(DELETE_LETTERS).bind(id).execute().await?;
    tx.query(DELETE_RECOMMENDATIONS).bind(id).execute().await?;
    let query = tx.query(BLANK_EXAMINATION).bind(id).bind(StageName::Unopened.as_str());
    query.bind(Document::of(&State::Unopened, "state")?).execute().await.map(drop)
}

/// Deletes what belongs to a complaint, and blanks its row.
pub(crate) async fn end_case(tx: &mut Tx, id: ComplaintId) -> Result<(), DbError> {
    tx.query(DELETE_BAGS).bind(id).execute().await?;
    tx.query(BLANK_CASE).bind(id).bind(Document::of(&[(); 0], "state")?).execute().await.map(drop)
}
