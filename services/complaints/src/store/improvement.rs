//! Issues and change proposals. What is wrong, and what is proposed, is sealed.

use complaints_domain::{
    ChangeProposalId, ContractId, IssueId, OrganisationId,
    improvement::{change_proposal, issue},
};
use jiff::Timestamp;
use redress_kernel::Id;
use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx, document};
use uuid::Uuid;

pub(crate) const SELECT_ISSUE: &str = "SELECT issue_id, contract_id, organisation_id, title, state, key_id, \
     version, revision, created_at FROM issues WHERE issue_id IN ({keys})";

/// An issue is seen by the organisation that found it and by those above it.
pub(crate) const SELECT_ISSUE_VISIBLE: &str = "SELECT issue_id, i.contract_id, i.organisation_id, title, state, \
     key_id, version, revision, created_at FROM issues AS i JOIN reach AS r ON r.contract_id = i.contract_id \
     AND r.below_id = i.organisation_id AND r.organisation_id = $2 WHERE issue_id = $1";

/// Newest first.
pub(crate) const SELECT_ISSUE_PAGE: &str = "SELECT issue_id, i.contract_id, i.organisation_id, title, state, \
     key_id, version, revision, created_at FROM issues AS i JOIN reach AS r ON r.contract_id = i.contract_id \
     AND r.below_id = i.organisation_id AND r.organisation_id = $2 WHERE issue_id < $1 \
     AND (i.contract_id = $3 OR $3 IS NULL) ORDER BY issue_id DESC LIMIT $4";

pub(crate) const SELECT_PROPOSAL: &str = "SELECT change_proposal_id, contract_id, organisation_id, title, \
     decision_reference, state, key_id, version, revision, created_at FROM change_proposals \
     WHERE change_proposal_id IN ({keys})";

/// A proposal is seen by the organisation that makes it and by those above it, the department among them.
pub(crate) const SELECT_PROPOSAL_VISIBLE: &str = "SELECT change_proposal_id, c.contract_id, c.organisation_id, title, \
     decision_reference, state, key_id, version, revision, created_at FROM change_proposals AS c \
     JOIN reach AS r ON r.contract_id = c.contract_id AND r.below_id = c.organisation_id AND r.organisation_id = $2 \
     WHERE change_proposal_id = $1";

/// Newest first.
pub(crate) const SELECT_PROPOSAL_PAGE: &str = "SELECT change_proposal_id, c.contract_id, c.organisation_id, title, \
     decision_reference, state, key_id, version, revision, created_at FROM change_proposals AS c \
     JOIN reach AS r ON r.contract_id = c.contract_id AND r.below_id = c.organisation_id AND r.organisation_id = $2 \
     WHERE change_proposal_id < $1 AND (c.contract_id = $3 OR $3 IS NULL) ORDER BY change_proposal_id DESC LIMIT $4";

pub(crate) const SAVE_ISSUE: Table = Table::save(
    "issues",
    &[
        "issue_id",
        "contract_id",
        "organisation_id",
        "title",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
    ],
    &["issue_id"],
    "revision",
);

pub(crate) const SAVE_PROPOSAL: Table = Table::save(
    "change_proposals",
    &[
        "change_proposal_id",
        "contract_id",
        "organisation_id",
        "title",
        "decision_reference",
        "state",
        "key_id",
        "version",
        "revision",
        "created_at",
    ],
    &["change_proposal_id"],
    "revision",
);

/// An issue as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct Issue {
    /// Which one.
    pub(crate) id: IssueId,
    /// Contract whose services it concerns.
    pub(crate) contract: ContractId,
    /// Organisation that found it.
    pub(crate) organisation: OrganisationId,
    /// Title; nothing personal.
    pub(crate) title: String,
    /// Where it stands.
    pub(crate) state: issue::State,
    /// Key of its description.
    pub(crate) key: Uuid,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
}

/// A change proposal as it is kept.
#[derive(Clone, Debug)]
pub(crate) struct ChangeProposal {
    /// Which one.
    pub(crate) id: ChangeProposalId,
    /// Contract whose services it concerns.
    pub(crate) contract: ContractId,
    /// Organisation that makes it.
    pub(crate) organisation: OrganisationId,
    /// Title; nothing personal.
    pub(crate) title: String,
    /// Reference of the last decision at the department, in its one form.
    pub(crate) decision_reference: Option<String>,
    /// Where it stands.
    pub(crate) state: change_proposal::State,
    /// Key of its text.
    pub(crate) key: Uuid,
    /// Version: how many things have happened to it.
    pub(crate) version: i64,
    /// How often the row was written; 0 for one that is new.
    pub(crate) revision: i64,
    /// When it was recorded.
    pub(crate) created_at: Timestamp,
}

/// Issues with these ids, by bare id: for the world.
pub(crate) async fn find_issues(tx: &mut Tx, ids: Vec<IssueId>) -> Result<Vec<Issue>, DbError> {
    tx.query(SELECT_ISSUE).keys(ids).all(read_issue).await
}

/// Proposals with these ids, by bare id: for the world.
pub(crate) async fn find_proposals(
    tx: &mut Tx,
    ids: Vec<ChangeProposalId>,
) -> Result<Vec<ChangeProposal>, DbError> {
    tx.query(SELECT_PROPOSAL).keys(ids).all(read_proposal).await
}

/// An issue that `caller` may see.
pub(crate) async fn find_visible_issue(
    tx: &mut Tx,
    id: IssueId,
    caller: OrganisationId,
) -> Result<Option<Issue>, DbError> {
    tx.query(SELECT_ISSUE_VISIBLE).bind(id).bind(caller).optional(read_issue).await
}

/// A proposal that `caller` may see.
pub(crate) async fn find_visible_proposal(
    tx: &mut Tx,
    id: ChangeProposalId,
    caller: OrganisationId,
) -> Result<Option<ChangeProposal>, DbError> {
    tx.query(SELECT_PROPOSAL_VISIBLE).bind(id).bind(caller).optional(read_proposal).await
}

/// The issues before `before` that `caller` may see, newest first.
pub(crate) async fn issue_page(
    tx: &mut Tx,
    before: IssueId,
    caller: OrganisationId,
    contract: Option<ContractId>,
    limit: i64,
) -> Result<Vec<Issue>, DbError> {
    tx.query(SELECT_ISSUE_PAGE).bind(before).bind(caller).bind(contract).bind(limit).all(read_issue).await
}

/// The proposals before `before` that `caller` may see, newest first.
pub(crate) async fn proposal_page(
    tx: &mut Tx,
    before: ChangeProposalId,
    caller: OrganisationId,
    contract: Option<ContractId>,
    limit: i64,
) -> Result<Vec<ChangeProposal>, DbError> {
    tx.query(SELECT_PROPOSAL_PAGE)
        .bind(before)
        .bind(caller)
        .bind(contract)
        .bind(limit)
        .all(read_proposal)
        .await
}

/// Writes new and changed issues.
pub(crate) async fn save_issues(tx: &mut Tx, rows: impl Iterator<Item = &Issue>) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE_ISSUE);
    for row in rows {
        batch.push([
            row.id.value(),
            row.contract.value(),
            row.organisation.value(),
            row.title.clone().value(),
            document::write(&row.state)?,
            row.key.value(),
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
        ]);
    }
    tx.save(batch).await
}

/// Writes new and changed proposals.
pub(crate) async fn save_proposals(
    tx: &mut Tx,
    rows: impl Iterator<Item = &ChangeProposal>,
) -> Result<(), DbError> {
    let mut batch = Batch::new(&SAVE_PROPOSAL);
    for row in rows {
        batch.push([
            row.id.value(),
            row.contract.value(),
            row.organisation.value(),
            row.title.clone().value(),
            row.decision_reference.clone().value(),
            document::write(&row.state)?,
            row.key.value(),
            row.version.value(),
            (row.revision + 1).value(),
            row.created_at.value(),
        ]);
    }
    tx.save(batch).await
}

fn read_issue(row: &Row<'_>) -> Result<Issue, DbError> {
    Ok(Issue {
        id: Id::new(row.get("issue_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        title: row.get("title")?,
        state: document::read(row)?,
        key: row.get("key_id")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
    })
}

fn read_proposal(row: &Row<'_>) -> Result<ChangeProposal, DbError> {
    Ok(ChangeProposal {
        id: Id::new(row.get("change_proposal_id")?),
        contract: Id::new(row.get("contract_id")?),
        organisation: Id::new(row.get("organisation_id")?),
        title: row.get("title")?,
        decision_reference: row.get("decision_reference")?,
        state: document::read(row)?,
        key: row.get("key_id")?,
        version: row.get("version")?,
        revision: row.get("revision")?,
        created_at: row.get("created_at")?,
    })
}
