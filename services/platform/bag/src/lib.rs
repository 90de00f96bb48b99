//! Evidence bags: everything about one complaint in one file that a stranger can read and check.
//!
//! The guidance has the provider send *all* papers when the Independent Case Examiner asks (ICE-07, A0 7.05, J0 7.05),
//! and lets it give its account at every stage (ICE-15, J0 7.19). A bag is how they travel: a BagIt 1.0 package (RFC
//! 8493) as an uncompressed tar, with an index that needs no program but a browser or a PDF reader, a statement of what
//! is inside and what is not, and proofs that need no word of the sender.
//!
//! | module | what it holds |
//! |---|---|
//! | [`case`] | what goes into a bag, as plain values |
//! | [`plan`] | every file with its size and digest, and the signed manifest, before the first byte is sent |
//! | [`pack`] | the stream: a plan and the documents, in constant memory |
//! | [`statement`] | what is inside and what is withheld, with reason and authority |
//! | [`index`] | the case for a person: HTML and PDF |
//! | [`verify`] | what holds of a bag and what does not, with no network and no database |
//! | [`tar`], [`path`] | the archive format, as little of it as is needed, and the names in it |
//!
//! The promise: the same case as of the same entry, with the same items withheld, is the same bytes, so that a bag can
//! be named by its digest before it is made; nothing leaves that is not what the plan said; and no bag, whoever made
//! it, makes the verifier write a file, follow a link or hold more than it set out to.

pub mod case;
mod day;
mod hashing;
pub mod index;
pub mod pack;
pub mod path;
pub mod plan;
pub mod statement;
pub mod tar;
pub mod verify;

pub use case::Case;
pub use pack::{Part, write};
pub use plan::Plan;
pub use statement::Statement;
pub use verify::{Report, Verdict};
