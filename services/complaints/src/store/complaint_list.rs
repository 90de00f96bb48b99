//! Lists of complaints: each page one stretch of one index of `complaint_parties`, joined to its rows.

use complaints_domain::{ComplaintId, ContractId, OrganisationId, complaint::StageName};
use jiff::civil::Date;
use redress_kernel::Id;
use redress_store::{DbError, Row, Tx};
use uuid::Uuid;

use super::stage;

pub(crate) const SELECT_DUE: &str = "SELECT c.complaint_id, case_reference, reference, c.contract_id, \
     c.organisation_id, c.stage, stage_number, received_on, next_due_kind, c.next_due_on, handler \
     FROM complaint_parties AS p JOIN complaints AS c ON c.complaint_id = p.complaint_id \
     WHERE p.organisation_id = $1 AND p.next_due_on IS NOT NULL AND (p.next_due_on, p.complaint_id) > ($2, $3) \
     AND (p.next_due_on < $4 OR $4 IS NULL) AND (p.contract_id = $5 OR $5 IS NULL) \
     AND (p.worked_by_id = $6 OR $6 IS NULL) ORDER BY p.next_due_on, p.complaint_id LIMIT $7";

pub(crate) const SELECT_STAGE_DUE: &str = "SELECT c.complaint_id, case_reference, reference, c.contract_id, \
     c.organisation_id, c.stage, stage_number, received_on, next_due_kind, c.next_due_on, handler \
     FROM complaint_parties AS p JOIN complaints AS c ON c.complaint_id = p.complaint_id \
     WHERE p.organisation_id = $1 AND p.stage = $2 AND p.next_due_on IS NOT NULL \
     AND (p.next_due_on, p.complaint_id) > ($3, $4) AND (p.next_due_on < $5 OR $5 IS NULL) \
     AND (p.contract_id = $6 OR $6 IS NULL) AND (p.worked_by_id = $7 OR $7 IS NULL) \
     ORDER BY p.next_due_on, p.complaint_id LIMIT $8";

pub(crate) const SELECT_NEWEST: &str = "SELECT c.complaint_id, case_reference, reference, c.contract_id, \
     c.organisation_id, c.stage, stage_number, received_on, next_due_kind, c.next_due_on, handler \
     FROM complaint_parties AS p JOIN complaints AS c ON c.complaint_id = p.complaint_id \
     WHERE p.organisation_id = $1 AND p.complaint_id < $2 AND (p.next_due_on < $3 OR $3 IS NULL) \
     AND (p.worked_by_id = $4 OR $4 IS NULL) ORDER BY p.complaint_id DESC LIMIT $5";

pub(crate) const SELECT_STAGE_NEWEST: &str = "SELECT c.complaint_id, case_reference, reference, c.contract_id, \
     c.organisation_id, c.stage, stage_number, received_on, next_due_kind, c.next_due_on, handler \
     FROM complaint_parties AS p JOIN complaints AS c ON c.complaint_id = p.complaint_id \
     WHERE p.organisation_id = $1 AND p.stage = $2 AND p.complaint_id < $3 \
     AND (p.contract_id = $4 OR $4 IS NULL) AND (p.next_due_on < $5 OR $5 IS NULL) \
     AND (p.worked_by_id = $6 OR $6 IS NULL) ORDER BY p.complaint_id DESC LIMIT $7";

pub(crate) const SELECT_CONTRACT_NEWEST: &str = "SELECT c.complaint_id, case_reference, reference, c.contract_id, \
     c.organisation_id, c.stage, stage_number, received_on, next_due_kind, c.next_due_on, handler \
     FROM complaint_parties AS p JOIN complaints AS c ON c.complaint_id = p.complaint_id \
     WHERE p.organisation_id = $1 AND p.contract_id = $2 AND p.complaint_id < $3 \
     AND (p.next_due_on < $4 OR $4 IS NULL) AND (p.worked_by_id = $5 OR $5 IS NULL) \
     ORDER BY p.complaint_id DESC LIMIT $6";

/// By either reference. There are few with one, so there are no pages.
pub(crate) const SELECT_REFERENCE: &str = "SELECT c.complaint_id, case_reference, reference, c.contract_id, \
     c.organisation_id, c.stage, stage_number, received_on, next_due_kind, c.next_due_on, handler \
     FROM complaints AS c JOIN complaint_parties AS p ON p.complaint_id = c.complaint_id AND p.organisation_id = $1 \
     WHERE c.case_reference = $2 OR c.reference = $2 ORDER BY c.complaint_id DESC LIMIT 200";

pub(crate) const SELECT_ROW: &str = "SELECT c.complaint_id, case_reference, reference, c.contract_id, \
     c.organisation_id, c.stage, stage_number, received_on, next_due_kind, c.next_due_on, handler \
     FROM complaints AS c JOIN complaint_parties AS p ON p.complaint_id = c.complaint_id AND p.organisation_id = $1 \
     WHERE c.complaint_id IN ({keys})";

/// What a list shows of a complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListRow {
    /// Which one.
    pub(crate) id: ComplaintId,
    /// Reference people can read out.
    pub(crate) case_reference: String,
    /// Reference in the caller's own system.
    pub(crate) reference: Option<String>,
    /// Its contract.
    pub(crate) contract: ContractId,
    /// Who works it.
    pub(crate) organisation: OrganisationId,
    /// Its stage.
    pub(crate) stage: StageName,
    /// Number of the procedure's stage.
    pub(crate) stage_number: i64,
    /// Day of receipt.
    pub(crate) received_on: Date,
    /// Kind of the next clock.
    pub(crate) next_due_kind: Option<String>,
    /// When the next clock falls due.
    pub(crate) next_due_on: Option<Date>,
    /// Who handles it.
    pub(crate) handler: Option<String>,
}

/// Which of those that a caller may see are wanted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    /// In this stage.
    pub(crate) stage: Option<StageName>,
    /// Due before this day.
    pub(crate) due_before: Option<Date>,
    /// Worked by this organisation.
    pub(crate) worked_by: Option<OrganisationId>,
    /// Under this contract.
    pub(crate) contract: Option<ContractId>,
}

/// Open ones by their next clock, after the one at `after`.
pub(crate) async fn due(
    tx: &mut Tx,
    caller: OrganisationId,
    filter: &Filter,
    after: (Date, ComplaintId),
    limit: i64,
) -> Result<Vec<ListRow>, DbError> {
    let query = match &filter.stage {
        None => tx.query(SELECT_DUE).bind(caller),
        Some(stage) => tx.query(SELECT_STAGE_DUE).bind(caller).bind(stage.as_str()),
    };
    query
        .bind(after.0)
        .bind(after.1)
        .bind(filter.due_before)
        .bind(filter.contract)
        .bind(filter.worked_by)
        .bind(limit)
        .all(read)
        .await
}

/// All of them, the newest first, before the one at `before`.
pub(crate) async fn newest(
    tx: &mut Tx,
    caller: OrganisationId,
    filter: &Filter,
    before: Uuid,
    limit: i64,
) -> Result<Vec<ListRow>, DbError> {
    let query = match (&filter.stage, filter.contract) {
        (Some(stage), contract) => {
            tx.query(SELECT_STAGE_NEWEST).bind(caller).bind(stage.as_str()).bind(before).bind(contract)
        }
        (None, Some(contract)) => tx.query(SELECT_CONTRACT_NEWEST).bind(caller).bind(contract).bind(before),
        (None, None) => tx.query(SELECT_NEWEST).bind(caller).bind(before),
    };
    query.bind(filter.due_before).bind(filter.worked_by).bind(limit).all(read).await
}

/// Those with a reference, their own or the caller's.
pub(crate) async fn by_reference(
    tx: &mut Tx,
    caller: OrganisationId,
    reference: String,
) -> Result<Vec<ListRow>, DbError> {
    tx.query(SELECT_REFERENCE).bind(caller).bind(reference).all(read).await
}

/// Those of these that `caller` may see.
pub(crate) async fn rows(
    tx: &mut Tx,
    caller: OrganisationId,
    ids: Vec<ComplaintId>,
) -> Result<Vec<ListRow>, DbError> {
    tx.query(SELECT_ROW).bind(caller).keys(ids).all(read).await
}

fn read(row: &Row<'_>) -> Result<ListRow, DbError> {
    Ok(ListRow {
        id: Id::new(row.get("complaint_id")?),
        case_reference: row.get("case_reference")?,
        reference: row.get("reference")?,
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        stage: stage::read(row)?,
        stage_number: row.get("stage_number")?,
        received_on: row.get("received_on")?,
        next_due_kind: row.get("next_due_kind")?,
        next_due_on: row.get("next_due_on")?,
        handler: row.get("handler")?,
    })
}
