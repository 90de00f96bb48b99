//! The reasons that the rules can give and those that the contract documents are the same, and each explains itself as its
//! example shows.

use std::{collections::BTreeSet, fs, path::Path};

use records_retention_domain::{
    DisposalControlId, ErasureRequestId, HoldReason, PaymentId, RecordClass, Refusal,
    anonymised::Method,
    record::Gap,
    refusal::{Conflict, REASONS, field},
};
use redress_kernel::{Citation, Explanation, Kind, Refusal as _, Violation};
use redress_policy::{Division, Refusal as Policy};
use uuid::Uuid;

use crate::fixture::{CHANGE, CONTRACT, DISPOSAL, RECORD, day, hold, tombstone};

/// A documented value: its name, its code and the keys of its example's metadata.
struct Documented {
    name: String,
    comment: String,
    keys: BTreeSet<String>,
}

fn documented() -> Vec<Documented> {
    let path = "../../../proto/redress/records_retention/v1/error_reason.proto";
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let mut values = Vec::new();
    let mut comment = String::new();
    for line in page.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("// ") {
            comment.push_str(words);
            comment.push('\n');
            continue;
        }
        if let Some((name, _)) = line.strip_prefix("ERROR_REASON_").and_then(|value| value.split_once(" = "))
            && name != "UNSPECIFIED"
        {
            let example = comment.split_once("Example: `").unwrap().1.split('`').next().unwrap();
            let example: serde_json::Value = serde_json::from_str(example).unwrap();
            let keys = example["metadata"].as_object().unwrap().keys().cloned().collect();
            values.push(Documented { name: name.to_owned(), comment: comment.clone(), keys });
        }
        comment.clear();
    }
    values
}

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

fn code(kind: Kind) -> &'static str {
    match kind {
        Kind::Invalid => "INVALID_ARGUMENT",
        Kind::Precondition => "FAILED_PRECONDITION",
        Kind::AlreadyExists => "ALREADY_EXISTS",
        Kind::NotFound => "NOT_FOUND",
        Kind::Forbidden => "PERMISSION_DENIED",
        Kind::LostRace => "ABORTED",
        Kind::NotNow => "UNAVAILABLE",
        Kind::Exhausted => "RESOURCE_EXHAUSTED",
        Kind::OutOfRange => "OUT_OF_RANGE",
    }
}

#[test]
fn the_contract_documents_every_reason_and_no_other() {
    let names: Vec<String> = documented().into_iter().map(|value| value.name).collect();
    assert_eq!(names, REASONS);
    let given: Vec<&str> = refusals().iter().map(Refusal::reason).collect();
    assert_eq!(given, REASONS);
}

#[test]
fn each_refusal_explains_itself_as_its_example_shows() {
    for (refusal, value) in refusals().into_iter().zip(documented()) {
        let Explanation { kind, reason, message, metadata, citations, .. } = refusal.explain();
        let keys: BTreeSet<String> = metadata.iter().map(|(key, _)| (*key).to_owned()).collect();
        assert_eq!(value.keys, keys, "{reason}");
        assert!(value.comment.contains(code(kind)), "{reason} is answered with {}", code(kind));
        assert!(!message.ends_with('.') && message.starts_with(char::is_lowercase), "{message}");
        // Design, decision 3: what a rule refuses names the rule.
        let of_rules = matches!(kind, Kind::Precondition | Kind::Forbidden);
        if of_rules && !["STAGE_REFUSES", "OUTSIDE_CALENDAR"].contains(&reason) {
            assert!(!citations.is_empty(), "{reason}");
        }
    }
}
