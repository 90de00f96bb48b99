//! Every way in which this service's rules say no: a closed set, each documented in `error_reason.proto`.

mod explain;
pub mod field;
mod reason;

use jiff::civil::Date;
use redress_kernel::{Citation, Digest, Violation};
use redress_policy::{ClockKind, route::Outcome};

use crate::{ComplaintId, ContractId, MixedComplaintId, OrganisationId};

pub use reason::REASONS;

/// Why the rules say no.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fields are wrong, whatever the state; all of them at once.
    #[error("the request is not valid")]
    Invalid(Vec<Violation>),
    /// It is not there, or not for this caller.
    #[error("there is no such resource")]
    NotFound {
        /// Its resource name.
        name: String,
    },
    /// A contact was recorded under this reference before.
    #[error("a contact was recorded under this reference before")]
    AlreadyThere {
        /// Resource name of what is there.
        name: String,
    },
    /// Someone else changed it in the meantime.
    #[error("it was changed since it was read")]
    VersionMismatch {
        /// Its resource name.
        name: String,
    },
    /// The stage does not take the command.
    #[error("the stage does not allow this")]
    StageRefuses(Box<Conflict>),
    /// The contract was not in force on the day (XCT-01).
    #[error("the contract was not in force on this day")]
    ContractNotInForce {
        /// The contract.
        contract: ContractId,
        /// The day.
        on: Date,
        /// First day of the contract.
        effective_on: Date,
        /// Last day of the contract.
        end_on: Option<Date>,
    },
    /// The contract holder takes what is about its subcontractors first (XCT-06).
    #[error("the contract holder takes this first")]
    PrimeMustAccept {
        /// The contract holder.
        holder: OrganisationId,
    },
    /// The contract holder took it already.
    #[error("the contract holder took this already")]
    AlreadyAccepted {
        /// The complaint it opened.
        complaint: ComplaintId,
    },
    /// What is known now leads through the same door.
    #[error("this leads through the same door")]
    SameRoute {
        /// The door.
        outcome: Outcome,
    },
    /// Jobcentre Plus sends the joint reply (RTE-01).
    #[error("Jobcentre Plus sends the reply to a mixed complaint")]
    JcpIssuesFinal {
        /// Jobcentre Plus.
        jobcentre_plus: OrganisationId,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The joint reply was the first stage (CMP-13).
    #[error("the joint reply was the first stage; what is left over starts at the next")]
    CombinedResponseIsStageOne {
        /// The mixed complaint.
        mixed: MixedComplaintId,
        /// The stage at which it starts.
        stage: u8,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The joint reply is out.
    #[error("the joint reply is out")]
    AlreadyFinal {
        /// The mixed complaint.
        mixed: MixedComplaintId,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The provider has not contributed (RTE-02).
    #[error("the provider agrees after it gave its contribution")]
    ContributionMissing {
        /// The rule.
        citation: Box<Citation>,
    },
    /// There is no wording to agree to (RTE-02).
    #[error("there is no wording to agree to")]
    WordingNotProposed {
        /// The rule.
        citation: Box<Citation>,
    },
    /// The provider has not agreed to the wording (RTE-02).
    #[error("the provider has not agreed to the wording")]
    WordingNotAgreed {
        /// The rule.
        citation: Box<Citation>,
    },
    /// Another wording than the one that counts (RTE-02).
    #[error("this is not the wording that counts")]
    AgreementDigestMismatch {
        /// The digest that counts.
        digest: Digest,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The reply does not quote the office's reference (RTE-13).
    #[error("the reply does not quote the reference of the office it goes to")]
    ReferenceNotQuoted,
    /// Nothing shows that the participant consents (RTE-14).
    #[error("nothing shows that the participant consents to this writer acting for them")]
    AuthorityMissing,
    /// The handler is one of the people complained about (CMP-27).
    #[error("a person complained about cannot answer")]
    HandlerConflict,
    /// What a clock would make happen is not due.
    #[error("nothing is due")]
    NotDue {
        /// The clock.
        clock: ClockKind,
    },
    /// Policy says no: a value that is not known, a day outside the calendar.
    #[error(transparent)]
    Policy(#[from] redress_policy::Refusal),
}

/// A stage that does not take a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// Resource name of the thing.
    pub subject: String,
    /// Kind of the command, such as `DirectPerson`.
    pub command: &'static str,
    /// The stage it is in.
    pub current: &'static str,
    /// The stages that take the command.
    pub allowed: Vec<&'static str>,
}
