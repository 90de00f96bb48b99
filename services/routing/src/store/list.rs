//! Lists: each page one stretch of one index of `parties`, joined to its rows.

use jiff::civil::Date;
use redress_kernel::Id;
use redress_policy::route::Writer;
use redress_store::{DbError, Row, Tx, word};
use routing_domain::{ComplaintId, ContactId, ContractId, MemberLetterId, MixedComplaintId, OrganisationId};
use uuid::Uuid;

pub(crate) const SELECT_CONTACTS: &str = "SELECT c.contact_id, reference, c.contract_id, recorded_by_id, writer, \
     c.outcome, c.stage, fate, received_on, complaint_id FROM parties AS p JOIN contacts AS c ON c.contact_id = p.thing_id \
     WHERE p.organisation_id = $1 AND p.kind = 'CONTACT' AND p.thing_id < $2 AND (p.outcome = $3 OR $3 IS NULL) \
     ORDER BY p.thing_id DESC LIMIT $4";

pub(crate) const SELECT_CONTACTS_STAGE: &str = "SELECT c.contact_id, reference, c.contract_id, recorded_by_id, writer, \
     c.outcome, c.stage, fate, received_on, complaint_id FROM parties AS p JOIN contacts AS c ON c.contact_id = p.thing_id \
     WHERE p.organisation_id = $1 AND p.kind = 'CONTACT' AND p.stage = $2 AND p.thing_id < $3 \
     AND (p.outcome = $4 OR $4 IS NULL) AND (p.contract_id = $5 OR $5 IS NULL) ORDER BY p.thing_id DESC LIMIT $6";

pub(crate) const SELECT_CONTACTS_CONTRACT: &str = "SELECT c.contact_id, reference, c.contract_id, recorded_by_id, writer, \
     c.outcome, c.stage, fate, received_on, complaint_id FROM parties AS p JOIN contacts AS c ON c.contact_id = p.thing_id \
     WHERE p.organisation_id = $1 AND p.kind = 'CONTACT' AND p.contract_id = $2 AND p.thing_id < $3 \
     AND (p.outcome = $4 OR $4 IS NULL) ORDER BY p.thing_id DESC LIMIT $5";

/// By the reference of the caller's own organisation, of which there is one.
pub(crate) const SELECT_CONTACTS_REFERENCE: &str = "SELECT contact_id, reference, contract_id, recorded_by_id, writer, \
     outcome, stage, fate, received_on, complaint_id FROM contacts WHERE recorded_by_id = $1 AND reference = $2";

pub(crate) const SELECT_MIXED: &str = "SELECT m.mixed_complaint_id, m.contract_id, m.organisation_id, m.stage, received_on, \
     next_due_kind, next_due_on FROM parties AS p JOIN mixed_complaints AS m ON m.mixed_complaint_id = p.thing_id \
     WHERE p.organisation_id = $1 AND p.kind = 'MIXED' AND p.thing_id < $2 AND (p.contract_id = $3 OR $3 IS NULL) \
     ORDER BY p.thing_id DESC LIMIT $4";

pub(crate) const SELECT_MIXED_STAGE: &str = "SELECT m.mixed_complaint_id, m.contract_id, m.organisation_id, m.stage, \
     received_on, next_due_kind, next_due_on FROM parties AS p JOIN mixed_complaints AS m ON m.mixed_complaint_id = p.thing_id \
     WHERE p.organisation_id = $1 AND p.kind = 'MIXED' AND p.stage = $2 AND p.thing_id < $3 \
     AND (p.contract_id = $4 OR $4 IS NULL) ORDER BY p.thing_id DESC LIMIT $5";

pub(crate) const SELECT_LETTERS: &str = "SELECT l.member_letter_id, l.contract_id, l.organisation_id, l.stage, standing, \
     received_on, next_due_kind, next_due_on FROM parties AS p JOIN member_letters AS l ON l.member_letter_id = p.thing_id \
     WHERE p.organisation_id = $1 AND p.kind = 'LETTER' AND p.thing_id < $2 AND (p.contract_id = $3 OR $3 IS NULL) \
     ORDER BY p.thing_id DESC LIMIT $4";

pub(crate) const SELECT_LETTERS_STAGE: &str = "SELECT l.member_letter_id, l.contract_id, l.organisation_id, l.stage, \
     standing, received_on, next_due_kind, next_due_on FROM parties AS p JOIN member_letters AS l \
     ON l.member_letter_id = p.thing_id WHERE p.organisation_id = $1 AND p.kind = 'LETTER' AND p.stage = $2 \
     AND p.thing_id < $3 AND (p.contract_id = $4 OR $4 IS NULL) ORDER BY p.thing_id DESC LIMIT $5";

/// What a list shows of a contact; words as they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContactRow {
    pub(crate) id: ContactId,
    pub(crate) reference: Option<String>,
    pub(crate) contract: ContractId,
    pub(crate) recorded_by: OrganisationId,
    pub(crate) writer: Writer,
    pub(crate) outcome: String,
    pub(crate) stage: String,
    pub(crate) fate: Option<String>,
    pub(crate) received_on: Date,
    pub(crate) complaint: Option<ComplaintId>,
}

/// What a list shows of a mixed complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MixedRow {
    pub(crate) id: MixedComplaintId,
    pub(crate) contract: ContractId,
    pub(crate) organisation: OrganisationId,
    pub(crate) stage: String,
    pub(crate) received_on: Date,
    pub(crate) next_due_kind: Option<String>,
    pub(crate) next_due_on: Option<Date>,
}

/// What a list shows of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LetterRow {
    pub(crate) id: MemberLetterId,
    pub(crate) contract: ContractId,
    pub(crate) organisation: OrganisationId,
    pub(crate) stage: String,
    pub(crate) standing: String,
    pub(crate) received_on: Date,
    pub(crate) next_due_kind: Option<String>,
    pub(crate) next_due_on: Option<Date>,
}

/// Which of those that a caller may see are wanted, the newest first, before the one at `before`.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    /// The caller.
    pub(crate) caller: OrganisationId,
    /// In this stage.
    pub(crate) stage: Option<&'static str>,
    /// Through this door.
    pub(crate) outcome: Option<String>,
    /// Under this contract.
    pub(crate) contract: Option<ContractId>,
    /// Before this one.
    pub(crate) before: Uuid,
    /// How many.
    pub(crate) limit: i64,
}

/// A page of contacts.
pub(crate) async fn contacts(tx: &mut Tx, filter: Filter) -> Result<Vec<ContactRow>, DbError> {
    let Filter { caller, stage, outcome, contract, before, limit } = filter;
    match (stage, contract) {
        (Some(stage), contract) => {
            let query = tx.query(SELECT_CONTACTS_STAGE).bind(caller).bind(stage).bind(before);
            query.bind(outcome).bind(contract).bind(limit).all(read_contact).await
        }
        (None, Some(contract)) => {
            let query = tx.query(SELECT_CONTACTS_CONTRACT).bind(caller).bind(contract).bind(before);
            query.bind(outcome).bind(limit).all(read_contact).await
        }
        (None, None) => {
            let query = tx.query(SELECT_CONTACTS).bind(caller).bind(before).bind(outcome);
            query.bind(limit).all(read_contact).await
        }
    }
}

/// The contact that the caller's organisation recorded under a reference.
pub(crate) async fn by_reference(
    tx: &mut Tx,
    caller: OrganisationId,
    reference: String,
) -> Result<Vec<ContactRow>, DbError> {
    tx.query(SELECT_CONTACTS_REFERENCE).bind(caller).bind(reference).all(read_contact).await
}

/// A page of mixed complaints.
pub(crate) async fn mixed(tx: &mut Tx, filter: Filter) -> Result<Vec<MixedRow>, DbError> {
    let Filter { caller, stage, contract, before, limit, .. } = filter;
    let query = match stage {
        Some(stage) => tx.query(SELECT_MIXED_STAGE).bind(caller).bind(stage),
        None => tx.query(SELECT_MIXED).bind(caller),
    };
    query.bind(before).bind(contract).bind(limit).all(read_mixed).await
}

/// A page of letters.
pub(crate) async fn letters(tx: &mut Tx, filter: Filter) -> Result<Vec<LetterRow>, DbError> {
    let Filter { caller, stage, contract, before, limit, .. } = filter;
    let query = match stage {
        Some(stage) => tx.query(SELECT_LETTERS_STAGE).bind(caller).bind(stage),
        None => tx.query(SELECT_LETTERS).bind(caller),
    };
    query.bind(before).bind(contract).bind(limit).all(read_letter).await
}

fn read_contact(row: &Row<'_>) -> Result<ContactRow, DbError> {
    Ok(ContactRow {
        id: Id::new(row.get("contact_id")?),
        reference: row.get("reference")?,
        contract: Id::new(row.get("contract_id")?),
        recorded_by: Id::new(row.get("recorded_by_id")?),
        writer: word::read(row, "writer")?,
        outcome: row.get("outcome")?,
        stage: row.get("stage")?,
        fate: row.get("fate")?,
        received_on: row.get("received_on")?,
        complaint: row.get::<Option<Uuid>>("complaint_id")?.map(Id::new),
    })
}

fn read_mixed(row: &Row<'_>) -> Result<MixedRow, DbError> {
    Ok(MixedRow {
        id: Id::new(row.get("mixed_complaint_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        stage: row.get("stage")?,
        received_on: row.get("received_on")?,
        next_due_kind: row.get("next_due_kind")?,
        next_due_on: row.get("next_due_on")?,
    })
}

fn read_letter(row: &Row<'_>) -> Result<LetterRow, DbError> {
    Ok(LetterRow {
        id: Id::new(row.get("member_letter_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        stage: row.get("stage")?,
        standing: row.get("standing")?,
        received_on: row.get("received_on")?,
        next_due_kind: row.get("next_due_kind")?,
        next_due_on: row.get("next_due_on")?,
    })
}
