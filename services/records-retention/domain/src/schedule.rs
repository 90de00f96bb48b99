//! Which class of record is kept how long, and from when, as the pack of the contract has it. What no pack answers for has
//! no schedule and is kept (reliability D2).

use redress_kernel::Citation;
use redress_policy::{Clock, ClockKind, Pack, Refusal as Policy, Term, Unit};

use crate::{RecordClass, contract::Agreed};

/// What sets the clock of a class running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// The end of the contract (RET-01).
    ContractEnd,
    /// Payment in full (RET-03).
    Payment,
    /// Anonymisation (RET-04, Q11).
    Anonymisation,
}

/// How long, from when, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// What sets the clock running.
    pub trigger: Trigger,
    /// Its length and the rule behind it.
    pub clock: Clock,
}

/// The schedule of a class; nothing where the guidance is silent or not known, and then the record is kept.
pub fn schedule(class: RecordClass, pack: &Pack, agreed: Option<&Agreed>) -> Option<Schedule> {
    let (trigger, kind) = match class {
        // RET-01, RET-02, A0 7.11
        RecordClass::ServicesSupplied | RecordClass::ExpenditureReimbursed | RecordClass::PaymentsMade => {
            (Trigger::ContractEnd, ClockKind::ContractRecord)
        }
        // RET-03, A0 7.12
        RecordClass::NeedsAssessmentReferral | RecordClass::NeedsAssessmentReport => {
            (Trigger::Payment, ClockKind::Report)
        }
        // Q14: the file evidences the service, and is kept like the record of the contract.
        RecordClass::ComplaintFile | RecordClass::CorrespondenceFile | RecordClass::ExaminationFile => {
            (Trigger::ContractEnd, ClockKind::ComplaintFile)
        }
        // RET-04, A0 7.12 second bullet
        RecordClass::AnonymisedReports => (Trigger::Anonymisation, ClockKind::AnonymisedReport),
        RecordClass::Certificate => return None,
    };
    let clock = known(pack.clock(kind))?;
    let clock = match (trigger, agreed) {
        (Trigger::ContractEnd, Some(agreed)) => in_place(&clock, agreed),
        (Trigger::ContractEnd | Trigger::Payment | Trigger::Anonymisation, _) => clock,
    };
    Some(Schedule { trigger, clock })
}

/// "Or as long as may be agreed": shorter or longer, on the reference of the agreement (RET-01, A0 7.11, Q13).
fn in_place(clock: &Clock, agreed: &Agreed) -> Clock {
    let citation = clock.citation.clone();
    Clock {
        term: Term::new(agreed.months, Unit::Months),
        citation: Citation { rule: "RET-01".to_owned(), ..citation }
            .with("agreement", &agreed.reference)
            .with("agreed_on", agreed.agreed_on),
        ..clock.clone()
    }
}

/// Neither silence nor ignorance sets a term.
fn known(clock: Result<Clock, Policy>) -> Option<Clock> {
    clock.ok()
}
