//! The reasons that the rules can give and those that the contract documents are the same, and each explains itself as its
//! example shows.

use records_retention_domain::{
    DisposalControlId, ErasureRequestId, HoldReason, PaymentId, RecordClass, Refusal,
    anonymised::Method,
    record::Gap,
    refusal::{Conflict, REASONS, field},
};
use redress_kernel::{Citation, Refusal as _, Violation};
use redress_policy::{Division, Refusal as Policy};
use redress_ruletest::reason::{documented, names, names_its_rule};
use uuid::Uuid;

use crate::fixture::{CHANGE, CONTRACT, DISPOSAL, RECORD, day, hold, tombstone};

fn invalid(reason: &'static str) -> Refusal {
    Refusal::Invalid(vec![Violation::new("field", reason, "must be right")])
}

/// One refusal of every reason of the rules.
fn refusals() -> Vec<Refusal> {
    let on = day("2026-01-05");
    let (record, disposal) = (RECORD, DISPOSAL);
    let hold = hold(1, HoldReason::Audit, "2026-01-05").id;
    let control = DisposalControlId::new(Uuid::from_u128(1));
    let conflict =
        Conflict { subject: disposal.name(), command: "Veto", current: "ORDERED", allowed: vec!["PROPOSED"] };
    vec![
        Refusal::Invalid(vec![
            Violation::new("a", field::REQUIRED, "must be given"),
            Violation::new("b", field::TOO_EARLY, "must lie in the future"),
        ]),
        invalid(field::REQUIRED),
        invalid(field::DATE_IN_FUTURE),
        invalid(field::TOO_EARLY),
        invalid(field::DUPLICATE),
        invalid(field::NOT_ALLOWED),
        invalid(field::TOO_MANY),
        Refusal::NotFound { name: record.name() },
        Refusal::AlreadyThere { name: record.name() },
        Refusal::VersionMismatch { name: record.name() },
        Refusal::StageRefuses(Box::new(conflict)),
        Refusal::NoSchedule { record, class: RecordClass::Certificate },
        Refusal::TriggerNotMet { record, gap: Gap::NotPaid },
        Refusal::NotDue { record, due_from: on, citation: Box::new(Citation::own("RET-01")) },
        Refusal::OnHold { record, holds: vec![(hold, HoldReason::Audit)] },
        Refusal::HoldRecentlyReleased { record, free_from: on },
        Refusal::HoldEnded { hold },
        Refusal::HeldByCase { hold },
        Refusal::NotYourHold { hold },
        Refusal::NewsContradicts { payment: PaymentId::new(Uuid::from_u128(1)), revision: 1 },
        Refusal::TooMany { record },
        Refusal::Destroyed { tombstone: Box::new(tombstone()) },
        Refusal::PreviouslyDestroyed { record, destroyed_on: on },
        Refusal::Restricted { record },
        Refusal::SeveralContracts,
        Refusal::SamePerson { subject: disposal.into() },
        Refusal::NotIndependent { subject: disposal.name() },
        Refusal::EndingNotProposed { subject: disposal.into() },
        Refusal::BeyondRecall { disposal, record },
        Refusal::ApprovalExpired { subject: disposal.into(), approve_until: on },
        Refusal::ApprovalDigestMismatch { subject: disposal.into() },
        Refusal::ApprovalRequired { contract: CONTRACT },
        Refusal::NotController { contract: CONTRACT },
        Refusal::ScheduleMoved { subject: CHANGE.into() },
        Refusal::VetoOpen { disposal, veto_until: on },
        Refusal::RecordChanged { disposal, record: Some(record) },
        Refusal::DisposalsStopped { control },
        Refusal::StoppedByYou { control },
        Refusal::EnoughForToday { most_a_day: 500 },
        Refusal::DateInDoubt,
        Refusal::MethodNotAllowed { record, class: RecordClass::ComplaintFile, method: Method::Anonymise },
        Refusal::NotAnonymous { fields: vec!["adjustment_codes".to_owned()] },
        Policy::OutsideCalendar { division: Division::Scotland, day: on, covers_from: on, covers_until: on }
            .into(),
        Policy::DateOutOfRange.into(),
        Refusal::KeptForAudit { request: ErasureRequestId::new(Uuid::from_u128(1)) },
    ]
}

#[test]
fn the_contract_documents_every_reason_and_no_other() {
    assert_eq!(names(&documented("records_retention")), REASONS);
    let given: Vec<&str> = refusals().iter().map(Refusal::reason).collect();
    assert_eq!(given, REASONS);
}

#[test]
fn each_refusal_explains_itself_as_its_example_shows() {
    for (refusal, value) in refusals().into_iter().zip(documented("records_retention")) {
        let explanation = refusal.explain();
        value.is_shown_by(&explanation);
        names_its_rule(&explanation, &["STAGE_REFUSES", "OUTSIDE_CALENDAR"]);
    }
}
