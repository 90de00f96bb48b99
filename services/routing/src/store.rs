//! What is kept, table by table: statements, row readers, and nothing that decides.
//!
//! A function that reads for a caller takes the caller's organisation and joins `parties` with it; only the world, which
//! decides, reads by bare id.

pub(crate) mod contact;
pub(crate) mod due;
pub(crate) mod ended;
pub(crate) mod letter;
pub(crate) mod list;
pub(crate) mod mixed;
pub(crate) mod open;
pub(crate) mod paper;
pub(crate) mod party;
pub(crate) mod texts;

use redress_store::Table;

/// Every statement, for the test that prepares each on both databases.
pub const STATEMENTS: &[&str] = &[
    contact::SELECT,
    contact::SELECT_BY_REFERENCE,
    contact::SELECT_BY_COMPLAINT,
    contact::SELECT_VISIBLE,
    ended::LOCK_CONTACT,
    ended::LOCK_MIXED,
    ended::LOCK_LETTERS,
    ended::SELECT_MIXED,
    ended::SELECT_LETTERS,
    ended::SELECT_PAPERS,
    ended::SELECT_PARTIES,
    ended::DELETE_PAPERS,
    ended::DELETE_PARTIES,
    ended::BLANK_CONTACT,
    ended::BLANK_MIXED,
    ended::BLANK_LETTERS,
    letter::SELECT,
    letter::SELECT_VISIBLE,
    letter::SELECT_AWAKE,
    list::SELECT_CONTACTS,
    list::SELECT_CONTACTS_STAGE,
    list::SELECT_CONTACTS_CONTRACT,
    list::SELECT_CONTACTS_REFERENCE,
    list::SELECT_MIXED,
    list::SELECT_MIXED_STAGE,
    list::SELECT_LETTERS,
    list::SELECT_LETTERS_STAGE,
    mixed::SELECT,
    mixed::SELECT_BY_COMPLAINT,
    mixed::SELECT_VISIBLE,
    mixed::SELECT_AWAKE,
    open::SELECT_CONTRIBUTIONS,
    open::SELECT_LETTERS,
    open::SELECT_REPLIES,
    open::SELECT_STAGES,
    paper::SELECT_VISIBLE,
    paper::SELECT_AMONG,
    paper::SELECT_PAGE,
    paper::SELECT_OF_CONTACTS,
    paper::SELECT_BLOBS,
    paper::SELECT_BLOB_PAGE,
    party::SELECT,
    party::SELECT_AMONG,
];

/// Every table that is written, for the same test.
pub const TABLES: &[&Table] = &[&contact::SAVE, &letter::SAVE, &mixed::SAVE, &paper::INSERT, &party::SAVE];
