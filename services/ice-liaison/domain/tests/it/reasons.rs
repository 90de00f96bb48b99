//! The reasons that the rules can give and those that the contract documents are the same, and each explains itself as its
//! example shows.

use std::{collections::BTreeSet, fs, path::Path};

use ice_liaison_domain::{
    ChargeId, IceYear, Refusal,
    refusal::{Conflict, REASONS, field},
};
use redress_kernel::{Citation, Explanation, Kind, Refusal as _, Violation};
use redress_policy::{Division, Refusal as Policy};
use uuid::Uuid;

use crate::fixture::{DOCUMENT, EXAMINATION, day, jets};

/// A documented value: its name, its comment and the keys of its example's metadata.
struct Documented {
    name: String,
    comment: String,
    keys: BTreeSet<String>,
}

fn documented() -> Vec<Documented> {
    let path = "../../../proto/redress/ice_liaison/v1/error_reason.proto";
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
    let on = day("2024-01-02");
    let citation: Box<Citation> = Box::new(jets().citation(&jets().rules.ice_charge).unwrap());
    let conflict = || {
        Box::new(Conflict {
            subject: EXAMINATION.name(),
            command: "Close",
            current: "REFERRED",
            allowed: vec!["REPORT_ISSUED"],
        })
    };
    let charge = ChargeId::new(Uuid::from_u128(900));
    let year = IceYear::of(on, jets());
    vec![
        Refusal::Invalid(vec![
            Violation::new("a", field::REQUIRED, "must be given"),
            Violation::new("b", field::DUPLICATE, "must differ"),
        ]),
        invalid(field::REQUIRED),
        invalid(field::DATE_IN_FUTURE),
        invalid(field::BEFORE_RECEIPT),
        invalid(field::TOO_EARLY),
        invalid(field::DUPLICATE),
        invalid(field::UNKNOWN_STEP),
        invalid(field::NOT_ON_FILE),
        invalid(field::NOT_ALLOWED),
        invalid(field::LATER_THAN_GUIDANCE),
        invalid(field::DIGEST_MISMATCH),
        invalid(field::OUTCOME_MISMATCH),
        invalid(field::MUST_EQUAL_CHARGE),
        Refusal::NotFound { name: EXAMINATION.name() },
        Refusal::AlreadyThere { name: EXAMINATION.name() },
        Refusal::VersionMismatch { name: EXAMINATION.name() },
        Refusal::StageRefuses(conflict()),
        Refusal::StageOutOfOrder { conflict: conflict(), citation: citation.clone() },
        Refusal::CaseClosed(conflict()),
        Refusal::StepsNotExhausted { citations: vec![citation.as_ref().clone()] },
        Refusal::BypassNotOpen { opens_on: on, citation: citation.clone() },
        Refusal::IceWindowClosed { due_on: on, citation: citation.clone() },
        Refusal::BothPartiesRequired { citation: citation.clone() },
        Refusal::BundleIncomplete { missing: vec![DOCUMENT], citation: citation.clone() },
        Refusal::ItemQuarantined { papers: vec![DOCUMENT] },
        Refusal::ItemDestroyed { papers: vec![DOCUMENT] },
        Refusal::ChargeNotDue { examination: EXAMINATION, citation: citation.clone() },
        Refusal::ChargeDecisionNeeded { examination: EXAMINATION, citation: citation.clone() },
        Refusal::ExcuseNotInGuidance { citation },
        Refusal::ExceedsOriginal { charge, pence: 500_000 },
        Refusal::AlreadyReversed { charge },
        Refusal::ExceedsBalance { charge, balance: 1 },
        Refusal::PeriodClosed { year },
        Refusal::YearNotOver { year, last_day: on },
        Refusal::NotDue { due_on: None },
        Policy::ValueNotKnown { pack: jets().reference.clone(), rule: "ice_charge" }.into(),
        Policy::OutsideCalendar { division: Division::Scotland, day: on, covers_from: on, covers_until: on }
            .into(),
        Policy::DateOutOfRange.into(),
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
    let given: BTreeSet<&str> = refusals().iter().map(Refusal::reason).collect();
    assert_eq!(given, REASONS.iter().copied().collect());
}

#[test]
fn each_refusal_explains_itself_as_its_example_shows() {
    for refusal in refusals() {
        let Explanation { kind, reason, message, metadata, .. } = refusal.explain();
        let keys: BTreeSet<String> = metadata.iter().map(|(key, _)| (*key).to_owned()).collect();
        for value in documented().into_iter().filter(|value| value.name == reason) {
            assert_eq!(value.keys, keys, "{reason}");
            assert!(value.comment.contains(code(kind)), "{reason} is answered with {}", code(kind));
        }
        assert!(!message.ends_with('.') && message.starts_with(char::is_lowercase), "{message}");
    }
}

#[test]
fn a_refusal_by_a_rule_names_the_rule() {
    // Design, decision 3. What breaks no rule of the guidance, but only of the request, needs none.
    for refusal in refusals() {
        let explanation = refusal.explain();
        let of_guidance = matches!(explanation.kind, Kind::Precondition | Kind::Forbidden);
        let without = ["STAGE_REFUSES", "NOT_DUE", "VALUE_NOT_KNOWN", "OUTSIDE_CALENDAR"];
        if of_guidance && !without.contains(&explanation.reason) {
            assert!(!explanation.citations.is_empty(), "{}", explanation.reason);
        }
    }
}
