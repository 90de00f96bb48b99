//! What is kept, table by table: statements, row readers, and nothing that decides.
//!
//! A function that reads for a caller takes the caller's organisation and joins what is known of the supply chain with it;
//! only the world, which decides, reads by bare id.

mod block;
pub(crate) mod charge;
pub(crate) mod ended;
pub(crate) mod examination;
pub(crate) mod fact;
pub(crate) mod figure;
pub(crate) mod index;
pub(crate) mod ledger;
pub(crate) mod open;
pub(crate) mod procedure;
pub(crate) mod record;
pub(crate) mod routed;

use redress_store::Table;

use crate::evidence::store as bag;

/// Every statement, for the test that prepares each on both databases.
pub const STATEMENTS: &[&str] = &[
    block::SELECT_MARK,
    block::MARK,
    block::SUM_FACTS,
    block::SUM_BLOCKS,
    block::ADD,
    charge::SELECT,
    charge::SELECT_OF_EXAMINATIONS,
    charge::SELECT_OF_COMPLAINTS,
    charge::SELECT_VISIBLE,
    charge::SELECT_PAGE,
    charge::SELECT_DUE,
    bag::SELECT_NEWEST,
    bag::SELECT_BUILT,
    ended::LOCK_EXAMINATION,
    ended::LOCK_CASE,
    ended::SELECT_CHARGE,
    ended::SELECT_CHARGED,
    ended::SELECT_LIVE,
    ended::SELECT_KNOWN,
    ended::DELETE_LETTERS,
    ended::DELETE_RECOMMENDATIONS,
    ended::DELETE_BAGS,
    ended::BLANK_EXAMINATION,
    ended::BLANK_CASE,
    bag::SELECT_EXAMINATIONS,
    bag::SELECT_CHARGES,
    examination::SELECT,
    examination::SELECT_LIVE,
    examination::SELECT_VISIBLE,
    examination::SELECT_KEY,
    examination::SELECT_PAGE,
    examination::SELECT_AWAKE,
    fact::PLACE,
    fact::ADD_UP,
    fact::ADD,
    fact::SELECT_HEAD,
    figure::SELECT_MONTHS,
    figure::SELECT_SUMS,
    figure::SELECT_FACTS,
    index::SELECT_LETTER,
    index::SELECT_RECOMMENDATION,
    index::SELECT_LETTERS,
    index::SELECT_RECOMMENDATIONS,
    ledger::SELECT_YEARS,
    ledger::MEET,
    ledger::SELECT_BALANCES,
    ledger::SELECT_UNBALANCED,
    ledger::SELECT_OPENING,
    ledger::SELECT_STATEMENT,
    open::SELECT_LETTERS,
    open::SELECT_RECOMMENDATIONS,
    open::SELECT_STAGES,
    procedure::SELECT,
    record::SELECT,
    record::SELECT_VISIBLE,
    record::MEET,
    routed::SELECT,
];

/// Every table that is written, for the same test.
pub const TABLES: &[&Table] = &[
    &charge::SAVE,
    &bag::INSERT,
    &examination::SAVE,
    &fact::INSERT,
    &index::LETTERS,
    &index::RECOMMENDATIONS,
    &ledger::POSTINGS,
    &ledger::LINES,
    &ledger::YEARS,
    &procedure::INSERT,
    &record::SAVE,
    &routed::COMPLAINTS,
    &routed::STREAMS,
];
