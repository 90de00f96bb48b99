//! A procedure may tighten and never loosen.

use redress_policy::{
    Overlay,
    overlay::{Stage, reason, validate_overlay, validate_under},
};

use crate::fixture::{jets, library, pack, term};

fn stage(limit: &str) -> Stage {
    Stage { respond_within: Some(term(limit)), escalate_within: None }
}

fn stages(limits: &[&str]) -> Overlay {
    Overlay { stages: limits.iter().map(|limit| stage(limit)).collect(), ..Overlay::default() }
}

fn breaches(id: &str, overlay: &Overlay) -> Vec<(String, &'static str, String)> {
    let library = library();
    let breaches = validate_overlay(pack(library, id), overlay).err().unwrap_or_default();
    breaches
        .into_iter()
        .map(|breach| (breach.violation.field, breach.violation.reason, breach.citation.short()))
        .collect()
}

fn single(field: &str, reason: &'static str, cited: &str) -> Vec<(String, &'static str, String)> {
    vec![(field.to_owned(), reason, cited.to_owned())]
}

#[test]
fn procedures_that_providers_publish_are_accepted() {
    // Domain rules 1.1, the table of published procedures
    let serco = Overlay {
        acknowledge_within: Some(term("1 day")),
        stages: vec![
            Stage {
                respond_within: Some(term("5 working days")),
                escalate_within: Some(term("6 months"))
            };
            3
        ],
        ..Overlay::default()
    };
    let shaw_trust = Overlay {
        acknowledge_within: Some(term("2 working days")),
        stages: vec![
            Stage { respond_within: Some(term("15 working days")), escalate_within: Some(term("1 month")) },
            stage("10 working days"),
            stage("10 working days"),
        ],
        ..Overlay::default()
    };
    for overlay in
        [serco, shaw_trust, stages(&["10 working days"]), stages(&["1 week", "2 weeks", "1 month"])]
    {
        assert_eq!(breaches("jets-scotland", &overlay), []);
    }
}

#[test]
fn stages_that_cannot_end_in_eight_weeks_are_refused_where_there_is_such_a_right() {
    // J0 7.01 tail
    let slow = stages(&["20 working days", "16 working days"]);
    assert_eq!(
        breaches("jets-scotland", &slow),
        single("stages", reason::CANNOT_END_IN_TIME, "CMP-08 (J0 7.01 tail)")
    );
    assert_eq!(breaches("atw-ha-pre-2023", &slow), []);
    assert_eq!(breaches("jets-scotland", &stages(&["8 weeks"])), []);
    assert_eq!(
        breaches("jets-scotland", &stages(&["8 weeks", "1 day"])),
        single("stages", reason::CANNOT_END_IN_TIME, "CMP-08 (J0 7.01 tail)")
    );
}

#[test]
fn a_stage_without_a_limit_is_refused_where_stated_timescales_bind() {
    // J0 7.01 action 3
    let mut overlay = stages(&["5 working days", "5 working days"]);
    overlay.stages[1].respond_within = None;
    let expected = single("stages[1].respond_within", reason::NOT_STATED, "CMP-06 (J0 7.01 action 3)");
    assert_eq!(breaches("jets-scotland", &overlay), expected);
    assert_eq!(breaches("atw-ha-pre-2023", &overlay), []);
}

#[test]
fn each_number_may_get_tighter_and_no_looser() {
    let with = |change: fn(&mut Overlay)| {
        let mut overlay = stages(&["5 working days"]);
        change(&mut overlay);
        overlay
    };
    for (id, overlay, expected) in [
        ("jets-scotland", with(|o| o.final_response_within = Some(term("8 weeks"))), vec![]),
        (
            "jets-scotland",
            with(|o| o.final_response_within = Some(term("57 days"))),
            single("final_response_within", reason::TOO_LONG, "CMP-08 (J0 7.01 tail)"),
        ),
        ("jets-scotland", with(|o| o.contribution_within = Some(term("3 working days"))), vec![]),
        (
            "jets-scotland",
            with(|o| o.contribution_within = Some(term("6 working days"))),
            single("contribution_within", reason::TOO_LONG, "RTE-04 (J0 7.08 action 1)"),
        ),
        (
            // From a Saturday, seven days end after five working days.
            "jets-scotland",
            with(|o| o.ice_correspondence_within = Some(term("1 week"))),
            single("ice_correspondence_within", reason::TOO_LONG, "ICE-05 (J0 7.16)"),
        ),
        ("jets-scotland", with(|o| o.ice_correspondence_within = Some(term("5 days"))), vec![]),
        ("jets-scotland", with(|o| o.ice_window = Some(term("1 year"))), vec![]),
        (
            "jets-scotland",
            with(|o| o.ice_window = Some(term("26 weeks"))),
            single("ice_window", reason::TOO_SHORT, "CMP-09 (J0 7.15)"),
        ),
        (
            "jets-scotland",
            with(|o| o.first_contact_explanation = Some(false)),
            single("first_contact_explanation", reason::SWITCHED_OFF, "CMP-02 (J0 7.02)"),
        ),
        ("jets-scotland", with(|o| o.draft_approval = Some(true)), vec![]),
        (
            "atw-ha-2023",
            with(|o| o.draft_approval = Some(false)),
            single("draft_approval", reason::SWITCHED_OFF, "CMP-16 (A1 7.03)"),
        ),
        (
            "atw-ha-pre-2023",
            with(|o| o.reports_kept_at_most = Some(term("7 months"))),
            single("reports_kept_at_most", reason::TOO_LONG, "RET-03 (A0 7.12)"),
        ),
        (
            "atw-ha-pre-2023",
            with(|o| o.anonymised_reports_kept_at_most = Some(term("73 months"))),
            single("anonymised_reports_kept_at_most", reason::TOO_LONG, "RET-03 (A0 7.12)"),
        ),
        ("atw-ha-pre-2023", with(|o| o.anonymised_reports_kept_at_most = Some(term("72 months"))), vec![]),
        ("pip-ap", with(|_| {}), single("stages", reason::TOO_FEW_STAGES, "CMP-24 (PQ 55085)")),
        (
            "jets-scotland",
            with(|o| o.acknowledge_within = Some(term("0 days"))),
            single("acknowledge_within", reason::EMPTY, "CMP-06"),
        ),
    ] {
        assert_eq!(breaches(id, &overlay), expected, "{id} {overlay:?}");
    }
}

#[test]
fn another_period_for_the_contract_record_needs_its_agreement() {
    // A0 7.11, Q13: "as long as may be agreed" goes both ways.
    let mut overlay = stages(&["5 working days"]);
    for other in ["5 years", "10 years"] {
        overlay.contract_record_kept_for = Some(term(other));
        overlay.contract_record_agreement = String::new();
        let expected = single("contract_record_kept_for", reason::AGREEMENT_REQUIRED, "RET-01 (A0 7.11)");
        assert_eq!(breaches("atw-ha-pre-2023", &overlay), expected);
        overlay.contract_record_agreement = "LETTER-7".to_owned();
        assert_eq!(breaches("atw-ha-pre-2023", &overlay), []);
    }
}

#[test]
fn every_breach_is_named_at_once() {
    let overlay = Overlay {
        first_contact_explanation: Some(false),
        stages: vec![Stage { respond_within: None, escalate_within: None }],
        contribution_within: Some(term("2 weeks")),
        ice_window: Some(term("1 month")),
        ..Overlay::default()
    };
    let fields: Vec<String> =
        breaches("jets-scotland", &overlay).into_iter().map(|(field, ..)| field).collect();
    assert_eq!(
        fields,
        ["first_contact_explanation", "stages[0].respond_within", "contribution_within", "ice_window"]
    );
}

#[test]
fn a_procedure_without_stages_is_none() {
    let expected = single("stages", reason::TOO_FEW_STAGES, "CMP-05 (J0 7.03)");
    assert_eq!(breaches("jets-scotland", &Overlay::default()), expected);
}

#[test]
fn what_is_not_known_cannot_be_loosened() {
    let mut overlay = stages(&["30 working days", "30 working days"]);
    overlay.contribution_within = Some(term("1 year"));
    assert_eq!(breaches("restart", &overlay), []);
}

#[test]
fn a_subcontractors_procedure_tightens_the_primes() {
    // J0 7.02, XCT-06
    let library = library();
    let mut upper = stages(&["10 working days", "10 working days"]);
    upper.acknowledge_within = Some(term("2 working days"));
    upper.stages[0].escalate_within = Some(term("3 months"));
    let mut lower = upper.clone();
    assert_eq!(validate_under(jets(library), &upper, &lower), Ok(()));

    lower.acknowledge_within = None;
    lower.stages[0] =
        Stage { respond_within: Some(term("11 working days")), escalate_within: Some(term("1 month")) };
    lower.stages.pop();
    let breaches = validate_under(jets(library), &upper, &lower).unwrap_err();
    let named: Vec<_> =
        breaches.iter().map(|breach| (breach.violation.field.as_str(), breach.violation.reason)).collect();
    assert_eq!(
        named,
        [
            ("acknowledge_within", reason::NOT_STATED),
            ("stages[0].respond_within", reason::TOO_LONG),
            ("stages[0].escalate_within", reason::TOO_SHORT),
            ("stages", reason::TOO_FEW_STAGES),
        ]
    );
    assert!(breaches.iter().all(|breach| breach.citation.short() == "XCT-06 (J0 7.02)"));
}

#[test]
fn an_open_way_to_the_next_stage_cannot_be_shut_below() {
    let library = library();
    let upper = stages(&["10 working days", "10 working days"]);
    let mut lower = upper.clone();
    lower.stages[0].escalate_within = Some(term("6 months"));
    let breaches = validate_under(jets(library), &upper, &lower).unwrap_err();
    assert_eq!(breaches[0].violation.reason, reason::TOO_SHORT);
}
