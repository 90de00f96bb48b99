//! What is kept, table by table: statements, row readers, and nothing that decides.
//!
//! A function that reads for a caller takes the caller's organisation and joins `reach` or `complaint_parties` with it;
//! only the world, which decides, reads by bare id.

pub(crate) mod complaint;
pub(crate) mod complaint_list;
pub(crate) mod contract;
pub(crate) mod document;
pub(crate) mod ended;
pub(crate) mod figures;
pub(crate) mod improvement;
pub(crate) mod letter;
pub(crate) mod organisation;
pub(crate) mod participant;
pub(crate) mod party;
pub(crate) mod procedure;
pub(crate) mod reach;
pub(crate) mod stage;

use redress_store::Table;

/// Every statement, for the test that prepares each on both databases.
pub const STATEMENTS: &[&str] = &[
    complaint::SELECT,
    complaint::SELECT_BY_REFERENCE,
    complaint::SELECT_BY_FINGERPRINT,
    complaint::SELECT_VISIBLE,
    complaint::SELECT_AWAKE,
    complaint::SELECT_KEY,
    complaint::SELECT_KEY_PAGE,
    complaint::SELECT_REVISIONS,
    complaint_list::SELECT_DUE,
    complaint_list::SELECT_STAGE_DUE,
    complaint_list::SELECT_NEWEST,
    complaint_list::SELECT_STAGE_NEWEST,
    complaint_list::SELECT_CONTRACT_NEWEST,
    complaint_list::SELECT_REFERENCE,
    complaint_list::SELECT_ROW,
    contract::SELECT,
    contract::SELECT_BY_REFERENCE,
    contract::SELECT_VISIBLE,
    contract::SELECT_PAGE,
    contract::SELECT_OF_LINK,
    document::SELECT_VISIBLE,
    document::SELECT_PAGE,
    document::SELECT_OF_PARENTS,
    document::SELECT_PARENTS,
    document::SELECT_BLOBS,
    document::SELECT_BLOB_PAGE,
    figures::SELECT_OPEN,
    ended::SELECT_PARTIES,
    ended::SELECT_LETTERS,
    ended::SELECT_DOCUMENTS,
    ended::SELECT_STAGE,
    ended::SELECT_STAGES,
    ended::SELECT_RECORDED,
    ended::SELECT_KEY,
    ended::SELECT_ABOVE,
    ended::LOCK_COMPLAINT,
    ended::LOCK_COMPLAINTS,
    ended::SELECT_REFERENCE,
    ended::RENAME_PARTICIPANT,
    ended::DELETE_PARTIES,
    ended::DELETE_LETTERS,
    ended::DELETE_DOCUMENTS,
    ended::BLANK_COMPLAINT,
    ended::BLANK_PARTICIPANT,
    improvement::SELECT_ISSUE,
    improvement::SELECT_ISSUE_VISIBLE,
    improvement::SELECT_ISSUE_PAGE,
    improvement::SELECT_PROPOSAL,
    improvement::SELECT_PROPOSAL_VISIBLE,
    improvement::SELECT_PROPOSAL_PAGE,
    letter::SELECT_COMPLAINT,
    organisation::SELECT,
    organisation::SELECT_VISIBLE,
    organisation::SELECT_PAGE,
    participant::SELECT,
    participant::SELECT_KEY_PAGE,
    participant::SELECT_BY_REFERENCE,
    participant::SELECT_VISIBLE,
    participant::SELECT_PAGE,
    party::SELECT,
    procedure::SELECT,
    procedure::SELECT_OF_CONTRACTS,
    procedure::SELECT_VISIBLE,
    procedure::SELECT_PAGE,
    reach::SELECT,
    reach::SELECT_SCOPES,
];

/// Every table that is written, for the same test.
pub const TABLES: &[&Table] = &[
    &complaint::SAVE,
    &contract::SAVE,
    &contract::LINKS,
    &document::INSERT,
    &improvement::SAVE_ISSUE,
    &improvement::SAVE_PROPOSAL,
    &letter::INSERT,
    &organisation::SAVE,
    &participant::SAVE,
    &party::SAVE,
    &procedure::SAVE,
    &reach::INSERT,
];
