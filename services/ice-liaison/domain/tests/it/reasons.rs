//! The reasons that the rules can give and those that the contract documents are the same, and each explains itself as its
//! example shows.

use std::collections::BTreeSet;

use ice_liaison_domain::{
    ChargeId, IceYear, Refusal,
    refusal::{Conflict, REASONS, field},
};
use redress_kernel::{Citation, Refusal as _, Violation};
use redress_policy::{Division, Refusal as Policy};
use redress_ruletest::reason::{documented, names, names_its_rule};
use uuid::Uuid;

use crate::fixture::{DOCUMENT, EXAMINATION, day, jets};

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

#[test]
fn the_contract_documents_every_reason_and_no_other() {
    assert_eq!(names(&documented("ice_liaison")), REASONS);
    let given: BTreeSet<&str> = refusals().iter().map(Refusal::reason).collect();
    assert_eq!(given, REASONS.iter().copied().collect());
}

#[test]
fn each_refusal_explains_itself_as_its_example_shows() {
    let values = documented("ice_liaison");
    for refusal in refusals() {
        let explanation = refusal.explain();
        for value in values.iter().filter(|value| value.name == explanation.reason) {
            value.is_shown_by(&explanation);
        }
        names_its_rule(&explanation, &["STAGE_REFUSES", "NOT_DUE", "VALUE_NOT_KNOWN", "OUTSIDE_CALENDAR"]);
    }
}
