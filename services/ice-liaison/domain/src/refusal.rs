//! Every way in which this service's rules say no: a closed set, each documented in `error_reason.proto`.

mod explain;
pub mod field;
mod reason;

use jiff::civil::Date;
use redress_kernel::{Citation, Violation};

use crate::{ChargeId, ExaminationId, IceYear, PaperRef};

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
    /// A stage of the examination would be left out, or gone back to (ICE-15).
    #[error("the stages of the examination are taken in order, unless ICE gives its reason")]
    StageOutOfOrder {
        /// The stage, and those that take the command.
        conflict: Box<Conflict>,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The case is over.
    #[error("the case is closed")]
    CaseClosed(Box<Conflict>),
    /// There was no final response, and the guidance gives no right to come without one (CMP-05).
    #[error("there is no final response, and no right to go to ICE without one")]
    StepsNotExhausted {
        /// The rules.
        citations: Vec<Citation>,
    },
    /// There was no final response, and the eight weeks were not over (CMP-08).
    #[error("there is no final response, and the eight weeks are not over")]
    BypassNotOpen {
        /// First day of the right.
        opens_on: Date,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The person came after the window (ICE-01).
    #[error("the time to go to ICE has passed")]
    IceWindowClosed {
        /// Its last day.
        due_on: Date,
        /// The rule.
        citation: Box<Citation>,
    },
    /// An agreement takes both sides.
    #[error("an agreement needs the person and the provider")]
    BothPartiesRequired {
        /// The rule.
        citation: Box<Citation>,
    },
    /// Papers are neither included nor withheld (ICE-07).
    #[error("every paper of the complaint must be included or withheld")]
    BundleIncomplete {
        /// The papers.
        missing: Vec<PaperRef>,
        /// The rule.
        citation: Box<Citation>,
    },
    /// Something harmful was found in a paper.
    #[error("a paper that was found harmful cannot be sent")]
    ItemQuarantined {
        /// The papers.
        papers: Vec<PaperRef>,
    },
    /// A paper was destroyed.
    #[error("a paper that was destroyed cannot be sent")]
    ItemDestroyed {
        /// The papers.
        papers: Vec<PaperRef>,
    },
    /// Nothing was upheld at investigation, or the guidance has no charge (ICE-10).
    #[error("no charge is due")]
    ChargeNotDue {
        /// The examination.
        examination: ExaminationId,
        /// The rule.
        citation: Box<Citation>,
    },
    /// Upheld in part: somebody with authority decides first (Q10).
    #[error("a complaint upheld in part is charged only by a decision with authority")]
    ChargeDecisionNeeded {
        /// The examination.
        examination: ExaminationId,
        /// The rule.
        citation: Box<Citation>,
    },
    /// The guidance leaves no room to excuse a charge (J0 7.05).
    #[error("the guidance of this contract leaves no room to excuse the charge")]
    ExcuseNotInGuidance {
        /// The rule.
        citation: Box<Citation>,
    },
    /// A reversal of more than was charged.
    #[error("more than the charge cannot be reversed")]
    ExceedsOriginal {
        /// The charge.
        charge: ChargeId,
        /// What was charged.
        pence: u64,
    },
    /// The charge was taken back before.
    #[error("the charge was reversed before")]
    AlreadyReversed {
        /// The charge.
        charge: ChargeId,
    },
    /// A payment of more than is owed.
    #[error("more than is owed cannot be paid")]
    ExceedsBalance {
        /// The charge.
        charge: ChargeId,
        /// What is owed.
        balance: i64,
    },
    /// The year of the ledger is closed for good.
    #[error("this year of the ledger is closed")]
    PeriodClosed {
        /// The year.
        year: IceYear,
    },
    /// The year of the ledger is not over.
    #[error("this year of the ledger is not over")]
    YearNotOver {
        /// The year.
        year: IceYear,
        /// Its last day.
        last_day: Date,
    },
    /// What a clock, or the complaint's own course, would make happen is not due.
    #[error("nothing is due")]
    NotDue {
        /// The day on which it is; none where nothing waits.
        due_on: Option<Date>,
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
    /// Kind of the command, such as `Accept`.
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
