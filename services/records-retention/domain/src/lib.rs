//! The rules of keeping records, and of their end: pure functions, one aggregate a folder.
//!
//! - [`schedule`]: which class of record is kept how long, from when, as the policy pack of the contract has it.
//! - [`record`]: a record with its payments, holds and dates, until the tombstone. [`record::disposable`] is the one
//!   function that says whether it may be destroyed; nothing else does.
//! - [`person`]: what holds everything that is kept about a person, whatever the number of records.
//! - [`anonymised`]: reports that are kept without anyone in them, as a record of its own.
//! - [`disposal`]: records that end together, from proposal to certificate, by two people.
//! - [`promise`]: what was promised of a contract's records, which no news brings nearer by itself; [`change`]: how it is changed, by two
//!   people and after a cooling period where anything would end sooner.
//! - [`erasure`]: a person asks to be erased; what is granted makes their records due.
//! - [`control`]: the switch that stops all destruction, and the most that may be destroyed in a day.
//!
//! Each aggregate is a [`redress_kernel::Decider`]. Time, actor, pinned policy and facts of other aggregates are handed
//! in as its context. State and events hold identifiers, dates, enum values and digests only. Nothing here does IO,
//! reads a clock or draws an id.

pub mod anonymised;
pub mod change;
pub mod class;
pub mod contract;
pub mod control;
pub mod disposal;
pub mod erasure;
pub mod hold;
pub mod id;
mod independence;
pub mod matter;
pub mod payment;
pub mod person;
pub mod promise;
pub mod record;
pub mod refusal;
pub mod schedule;

pub use class::RecordClass;
pub use hold::{Hold, HoldReason};
pub use id::{
    ComplaintId, ContactId, ContractId, DisposalControlId, DisposalId, ErasureRequestId, ExaminationId,
    HoldId, MemberLetterId, MixedComplaintId, OrganisationId, PartId, ParticipantId, PaymentId, RecordId,
    ScheduleChangeId,
};
pub use matter::Matter;
pub use payment::Payment;
pub use redress_kernel::{Actor, Digest};
pub use refusal::Refusal;
