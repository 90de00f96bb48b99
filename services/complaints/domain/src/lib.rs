//! The rules of provider complaints: pure functions, one aggregate a folder.
//!
//! - [`supply_chain`]: organisations, contracts, and who works for whom on which day.
//! - [`participant`]: proof that the process was explained at first contact.
//! - [`procedure`]: a provider's stages and steps, which tighten the policy pack and never loosen it.
//! - [`complaint`]: the complaint itself, from receipt to closure, with its clocks.
//! - [`improvement`]: the provider's own issues and the changes that wait for the Performance Manager.
//!
//! Each aggregate is a [`redress_kernel::Decider`] over a stage enum. Time, actor, pinned policy and facts of other
//! aggregates are handed in as its context. State and events hold identifiers, dates, enum values and digests only,
//! so that a record can be destroyed while the journal stands. Nothing here does IO, reads a clock or draws an id.

pub mod complaint;
pub mod id;
pub mod improvement;
pub mod participant;
pub mod procedure;
pub mod refusal;
pub mod supply_chain;

mod division;

pub use id::{
    ChangeProposalId, ComplaintId, ContractId, DocumentId, IssueId, LetterId, OrganisationId, ParticipantId,
    ProcedureId, SupplyChainLinkId,
};
pub use redress_kernel::{Actor, Channel, Digest};
pub use refusal::Refusal;
