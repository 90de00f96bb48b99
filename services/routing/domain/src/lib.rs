//! The rules of routing: pure functions, one aggregate a folder.
//!
//! - [`route`]: where a contact goes and what everyone must do, by the table of the pack. It records nothing.
//! - [`member`]: as what somebody counts who writes under a title, on the date of the letter.
//! - [`contact`]: the contact itself: routed, offered, handed over, directed, routed again.
//! - [`mixed`]: a complaint against both the provider and Jobcentre Plus (domain 3.2).
//! - [`letter`]: an elected member's or peer's letter (domain 3.4).
//!
//! Each aggregate is a [`redress_kernel::Decider`] over a stage enum. Time, actor, pinned policy and facts of other
//! aggregates are handed in as its context. State and events hold identifiers, dates, enum values and digests only,
//! so that a record can be destroyed while the journal stands. Nothing here does IO, reads a clock or draws an id.

pub mod breach;
pub mod contact;
pub mod contract;
pub mod id;
pub mod letter;
pub mod member;
pub mod mixed;
pub mod refusal;
pub mod route;

mod division;

pub use contract::Contract;
pub use id::{ContactId, MemberLetterId, MixedComplaintId, PaperId};
pub use member::Standing;
pub use redress_kernel::{
    Actor, Channel, Digest,
    noun::{ComplaintId, ContractId, OrganisationId, ParticipantId},
};
pub use refusal::Refusal;
pub use route::{Fate, Question, Representative, RerouteReason, Route, Told};
