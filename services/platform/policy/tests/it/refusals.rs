//! Every refusal explains itself, and the contract documents its reason.

use jiff::civil::date;
use redress_kernel::{Citation, Kind, Refusal as _};
use redress_policy::{ClockKind, Division, Overlay, Refusal, overlay::validate_overlay};

use crate::fixture::{jets, library, reference};

const REASONS: &str = include_str!("../../../../../proto/redress/policy/v1/error_reason.proto");
const PACK: &str = include_str!("../../../../../proto/redress/policy/v1/pack.proto");

fn every_refusal() -> Vec<Refusal> {
    let library = library();
    let pack = reference("jets-scotland", "2022-02-25");
    let kind = ClockKind::Report;
    let citation = || {
        let citation: Citation = jets(library).citation(&jets(library).rules.signposting).unwrap();
        Box::new(citation)
    };
    let template = || "generic-annex-1".to_owned();
    vec![
        Refusal::UnknownProgramme,
        Refusal::UnknownPack,
        Refusal::ContractNotCovered {
            programme: "restart".to_owned(),
            contract_effective_on: date(2020, 1, 1),
        },
        Refusal::GuidanceNotKnown { pack: pack.clone(), received_on: date(2020, 1, 1) },
        Refusal::ValueNotKnown { pack: pack.clone(), rule: "ice_window" },
        Refusal::NoSuchClock { pack, kind },
        Refusal::ProvidersOwn { kind: ClockKind::Step },
        Refusal::UnknownClock,
        Refusal::OutsideCalendar {
            division: Division::Scotland,
            day: date(2030, 1, 1),
            covers_from: date(2018, 1, 1),
            covers_until: date(2028, 12, 31),
        },
        Refusal::StatedBeforeStart,
        Refusal::StatedNotTaken,
        Refusal::DateOutOfRange,
        Refusal::NoTextInForce { template: template(), on: date(2000, 1, 1) },
        Refusal::TextMissing { template: template(), version: 1, citation: citation() },
        Refusal::TextOutdated { template: template(), version: 2, found: 1, citation: citation() },
        validate_overlay(jets(library), &Overlay::default()).unwrap_err().into(),
    ]
}

#[test]
fn every_reason_is_documented_and_no_other() {
    let reasons: Vec<&str> = every_refusal().iter().map(Refusal::reason).collect();
    let documented = REASONS.lines().filter_map(|line| line.trim().strip_prefix("ERROR_REASON_"));
    let documented: Vec<&str> = documented
        .filter_map(|line| line.split(" = ").next())
        .filter(|name| *name != "UNSPECIFIED")
        .collect();
    assert_eq!(reasons, documented);
}

#[test]
fn an_explanation_says_everything_and_in_the_house_form() {
    for refusal in every_refusal() {
        let explanation = refusal.explain();
        assert_eq!(explanation.reason, refusal.reason());
        assert!(
            explanation.message.starts_with(char::is_lowercase) && !explanation.message.ends_with('.'),
            "{explanation:?}"
        );
        assert_eq!(explanation.kind == Kind::Invalid, !explanation.violations.is_empty(), "{explanation:?}");
    }
}

#[test]
fn an_overlay_that_loosens_names_its_fields_and_rules() {
    let explanation = every_refusal().pop().unwrap().explain();
    assert_eq!(explanation.violations[0].field, "stages");
    assert_eq!(explanation.citations[0].short(), "CMP-05 (J0 7.03)");
}

#[test]
fn every_kind_of_clock_is_in_the_contract() {
    for kind in ClockKind::ALL {
        assert!(PACK.contains(&format!("  CLOCK_KIND_{} = ", kind.name())), "{kind}");
    }
    assert_eq!(PACK.matches("  CLOCK_KIND_").count(), ClockKind::ALL.len() + 1);
}
