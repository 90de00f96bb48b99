//! Every way in which this service's rules say no: a closed set, each documented in `error_reason.proto`.

mod explain;
pub mod field;
mod reason;

use jiff::civil::Date;
use redress_kernel::{Citation, Violation};
use redress_policy::{ClockKind, overlay::Breach};

use crate::{
    ComplaintId, ContractId, LetterId, OrganisationId,
    complaint::{StepRef, Subject},
};

pub use reason::{REASONS, SUPPLY_CHAIN_REASONS};

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
    /// It is there already.
    #[error("it is there already")]
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
    /// The complaint is with the examiner, where the provider no longer does this by itself.
    #[error("the complaint is with the Independent Case Examiner")]
    WithIce(Box<Conflict>),
    /// A letter that is out never changes.
    #[error("a letter that was issued cannot be changed or issued again; issue a correction")]
    Immutable {
        /// The letter.
        letter: LetterId,
        /// Why it is so.
        conflict: Box<Conflict>,
    },
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
    /// Organisations were not in the supply chain on the day.
    #[error("an organisation was not in the supply chain of the contract on this day")]
    SupplyChainEdgeMissing {
        /// The contract.
        contract: ContractId,
        /// The organisations.
        organisations: Vec<OrganisationId>,
        /// The day.
        on: Date,
    },
    /// The complaint is not the provider's: the person goes to Jobcentre Plus (RTE-03, RTE-08).
    #[error("this is for Jobcentre Plus: direct the person there")]
    RouteToJobcentrePlus {
        /// What it is about.
        subject: Subject,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The same complaint was registered before.
    #[error("this complaint was registered before")]
    DuplicateComplaint {
        /// The first.
        existing: ComplaintId,
    },
    /// The working organisation has no procedure in force on the day, so there are no steps to take.
    #[error("the organisation has no complaints procedure in force on this day")]
    ProcedureMissing {
        /// The organisation.
        organisation: OrganisationId,
        /// The contract.
        contract: ContractId,
        /// The day.
        on: Date,
    },
    /// The handler is one of the people complained about (CMP-27).
    #[error("a person complained about cannot handle the complaint")]
    HandlerConflict,
    /// Another step comes first (CMP-05).
    #[error("the steps of the procedure are taken in order")]
    StepOutOfOrder {
        /// The step that comes next; none when all are done.
        next: Option<StepRef>,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The step counts as done only with a document that shows it.
    #[error("this step needs a document that shows it was done")]
    EvidenceRequired {
        /// The step.
        step: StepRef,
    },
    /// Steps are still open (CMP-05).
    #[error("steps of the procedure are still open")]
    StepsNotExhausted {
        /// The open steps, in order.
        open: Vec<StepRef>,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The last stage is answered by a final response, with the signposting text.
    #[error("the last stage is answered by the final response")]
    FinalResponseDue {
        /// The stage.
        stage_number: u8,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The department approves the draft first (CMP-16).
    #[error("the department must approve the draft before it goes out")]
    ApprovalRequired {
        /// The team that approves.
        approver: String,
        /// The rule.
        citation: Box<Citation>,
    },
    /// Nobody approves drafts here: the pack asks for it only for formal complaints, or not at all.
    #[error("the guidance asks for no approval of this draft")]
    ApprovalNotNeeded {
        /// The rule, where there is one.
        citation: Box<Citation>,
    },
    /// Approval was given to another text, or to another outcome (CMP-16).
    #[error("this is not the text that was approved")]
    ApprovalDigestMismatch {
        /// The draft.
        letter: LetterId,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The final response lacks the signposting text (CMP-07).
    #[error("the final response does not carry the signposting text")]
    SignpostMissing {
        /// Version of the text that must stand in it.
        version: u32,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The final response carries a signposting text that is not in force (CMP-31).
    #[error("the final response carries a signposting text that is not in force on this day")]
    SignpostOutOfDate {
        /// Version of the text that must stand in it.
        version: u32,
        /// Version found.
        found: u32,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The final response does not tell how long the way to the examiner is open (CMP-09).
    #[error("the final response does not advise of the window to go to the examiner")]
    IceWindowNoticeMissing {
        /// The rule.
        citation: Box<Citation>,
    },
    /// A window of the person has passed.
    #[error("the time for this has passed")]
    WindowClosed {
        /// The window.
        clock: ClockKind,
        /// Its last day.
        due_on: Date,
        /// The rule.
        citation: Box<Citation>,
    },
    /// A window of the person is still open, or none is known to have passed.
    #[error("the person still has time to go further")]
    WindowOpen {
        /// The window.
        clock: ClockKind,
        /// Its last day; none where the procedure sets none.
        due_on: Option<Date>,
    },
    /// The early way to the examiner is not open (CMP-08).
    #[error("there is no final response and the early way to the examiner is not open")]
    EarlyAccessNotOpen {
        /// First day of the right; none where the pack gives none.
        opens_on: Option<Date>,
        /// The rule.
        citation: Box<Citation>,
    },
    /// Only the person, or the representative on record, withdraws a complaint.
    #[error("only the person or the representative on record can withdraw a complaint")]
    NotPartyToWithdraw,
    /// What a clock would make happen is not due.
    #[error("nothing is due")]
    NotDue {
        /// The clock.
        clock: ClockKind,
    },
    /// Whose bank holidays count does not change during a case.
    #[error("the division of a case cannot change after its dates were set")]
    DivisionLocked {
        /// The division pinned.
        division: &'static str,
    },
    /// The guidance is of another programme.
    #[error("the guidance is of another programme")]
    OtherProgramme {
        /// The programme of the contract.
        programme: String,
    },
    /// Only an organisation above, or the department, changes the chain below it.
    #[error("only an organisation above in the chain, or the department, can do this")]
    NotAboveInChain,
    /// A provider records providers; the department records everyone.
    #[error("an organisation of this kind is recorded by the department")]
    OrganisationKindNotAllowed,
    /// The procedure is looser than the pack or the prime's procedure.
    #[error("the procedure is looser than the guidance or the procedure above it allows")]
    ProcedureLoosens {
        /// Every place.
        breaches: Vec<Breach>,
    },
    /// A change needs the Performance Manager's approval before it is made (ISS-03).
    #[error("the Performance Manager must approve the change before it is made")]
    ChangeNotApproved {
        /// The rule.
        citation: Box<Citation>,
    },
    /// The guidance changed after approval was given.
    #[error("the approval ended when the guidance changed")]
    ApprovalExpired {
        /// The rule.
        citation: Box<Citation>,
    },
    /// Only the Performance Manager to whom the proposal is addressed decides on it.
    #[error("only the Performance Manager to whom it is addressed can decide")]
    NotAddressee {
        /// The rule.
        citation: Box<Citation>,
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
    /// Kind of the command, such as `CompleteStep`.
    pub command: &'static str,
    /// The stage it is in.
    pub current: &'static str,
    /// The stages that take the command.
    pub allowed: Vec<&'static str>,
}

impl From<Vec<Violation>> for Refusal {
    fn from(violations: Vec<Violation>) -> Self {
        Self::Invalid(violations)
    }
}
