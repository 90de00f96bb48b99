//! What is kept, table by table: statements, row readers, and nothing that decides.
//!
//! A function that reads for a caller takes the caller's organisation and joins the reach that `redress-chain` keeps; only
//! the world, which decides, reads by bare id.

pub(crate) mod case;
pub(crate) mod change;
pub(crate) mod content;
pub(crate) mod control;
pub(crate) mod disposal;
pub(crate) mod erasure;
pub(crate) mod figures;
pub(crate) mod gone;
pub(crate) mod person;
pub(crate) mod promise;
pub(crate) mod record;
pub(crate) mod recount;
pub(crate) mod subject;

use redress_store::Table;

/// Every statement, for the test that prepares each on both databases.
pub const STATEMENTS: &[&str] = &[
    case::SELECT,
    change::SELECT,
    change::SELECT_VISIBLE,
    change::SELECT_PAGE,
    change::SELECT_AWAKE,
    content::SELECT,
    content::SELECT_BLOBS,
    content::SELECT_BLOB_PAGE,
    content::DELETE,
    control::SELECT,
    disposal::SELECT,
    disposal::SELECT_VISIBLE,
    disposal::SELECT_PAGE,
    disposal::SELECT_AWAKE,
    figures::SELECT_DUE,
    figures::SELECT_DUE_HELD,
    figures::SELECT_PAST_REVIEW,
    figures::SELECT_WITHOUT_BASIS,
    figures::SELECT_DISPOSALS,
    figures::SELECT_ERASURES,
    figures::SELECT_JUDGE,
    figures::SELECT_WITHHELD,
    gone::SELECT,
    erasure::SELECT,
    erasure::SELECT_OF_PERSONS,
    erasure::SELECT_VISIBLE,
    erasure::SELECT_PAGE,
    erasure::SELECT_AWAKE,
    person::SELECT,
    promise::SELECT,
    record::SELECT,
    record::SELECT_OF_PERSONS,
    record::SELECT_OF_COMPLAINTS,
    record::SELECT_BY_REFERENCE,
    record::SELECT_VISIBLE,
    record::SELECT_PAGE,
    record::SELECT_DUE_PAGE,
    record::SELECT_AWAKE,
    record::SELECT_OF_CONTRACT,
    record::SELECT_ANY,
    recount::SELECT,
    recount::DELETE,
    subject::SELECT,
];

/// Every table that is written, for the same test.
pub const TABLES: &[&Table] = &[
    &case::SAVE,
    &change::SAVE,
    &content::INSERT,
    &control::SAVE,
    &disposal::SAVE,
    &erasure::SAVE,
    &gone::INSERT,
    &person::SAVE,
    &promise::SAVE,
    &record::SAVE,
    &recount::SET,
    &subject::INSERT,
];
