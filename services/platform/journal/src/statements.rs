//! Every statement of this package, for the test that has both databases check each.

use redress_store::Table;

use crate::{append, audit, feed, log, sequencer, shell, stream, subscription};

/// The texts.
pub const TEXTS: &[&str] = &[
    audit::SELECT_CHECKPOINTS,
    audit::SELECT_ENTRIES,
    audit::SELECT_LOST,
    audit::SELECT_PENDING,
    feed::SELECT,
    feed::SELECT_ONE,
    feed::SELECT_STREAM,
    log::SELECT,
    log::SET_EPOCH,
    log::FOLLOW_SELF,
    log::head::SELECT_NEWEST,
    log::head::SELECT_PENDING,
    log::tree::SELECT,
    sequencer::DELETE_PENDING,
    sequencer::SELECT_ANY,
    sequencer::SELECT_BATCH,
    sequencer::TAKE_TURN,
    shell::forget::FORGET,
    shell::lapse::LAPSE,
    shell::request::SELECT,
    stream::SELECT_HISTORY,
    subscription::CREATE,
    subscription::DELETE,
    subscription::FORGET,
    subscription::MOVE,
    subscription::POSTPONE,
    subscription::QUARANTINE,
    subscription::READMIT,
    subscription::REDRIVE,
    subscription::SELECT,
    subscription::SELECT_AT,
    subscription::SELECT_BLOCKED,
    subscription::SELECT_DUE,
    subscription::SKIP,
    subscription::report::SELECT_ALL,
    subscription::report::SELECT_PARKED,
];

/// The tables into which rows go.
pub const TABLES: &[&Table] = &[
    &append::JOURNAL,
    &append::PENDING,
    &log::INSERT,
    &log::tree::TILES,
    &sequencer::CHECKPOINTS,
    &sequencer::POSITIONS,
    &shell::request::REQUESTS,
    &subscription::HELD,
];
