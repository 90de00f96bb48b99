//! Everything about a complaint, gathered from the services that hold it, as one evidence bag (ICE-07, ICE-15).
//!
//! | module | what it holds |
//! |---|---|
//! | [`sources`] | the services that are asked |
//! | [`gather`] | the questions: papers on behalf of the caller, journal entries with their proofs |
//! | [`render`] | the answers as the plain values of a bag; pure |
//! | [`asked`] | which complaint, as of which checkpoints, and what is withheld |
//! | [`rpc`], [`store`] | the rpcs, and the bags that were built |
//!
//! The papers are asked for with the caller's own token, so that a bag holds what its caller may see and no more. The
//! journals, which hold nothing personal, are asked for as a service, once the caller was found to be party to the case.
//! No question is asked in a transaction.

mod asked;
mod gather;
mod papers;
mod render;
mod rpc;
mod sources;
pub(crate) mod store;

use asked::{Asked, Pins};
use gather::{Refused, gather};
use papers::Papers;
use sources::Sources;

pub(crate) use rpc::EvidenceBags;
