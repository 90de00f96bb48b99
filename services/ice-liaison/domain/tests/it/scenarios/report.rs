//! The report and what follows (ICE-10, ICE-14, ICE-27; A0 7.06, J0 7.05, 7.18).

use ice_liaison_domain::{
    ProcedureId,
    examination::{ChargeStanding, Command, Element, Event, NewReport, Outcome},
};
use uuid::Uuid;

use crate::fixture::{
    DOCUMENT, Desk, PROCEDURE, atw_2024, atw_before_2023, complete, day, jets, recommendation_id, report,
};

#[test]
fn what_is_upheld_in_part_says_which_part() {
    // I31
    let desk = Desk::investigation();
    let bare = |outcome, elements: &[(u8, Outcome)]| {
        Command::IssueReport(NewReport {
            decided_on: desk.today,
            outcome,
            elements: elements
                .iter()
                .map(|(number, outcome)| Element { number: *number, outcome: *outcome })
                .collect(),
            digest: None,
            recommendations: Vec::new(),
        })
    };
    let partial = Outcome::PartiallyUpheld;
    assert_eq!(desk.violations(&bare(partial, &[])), [("report.elements".to_owned(), "REQUIRED")]);
    assert_eq!(
        desk.violations(&bare(Outcome::Upheld, &[(1, Outcome::Upheld), (2, Outcome::NotUpheld)])),
        [("report.outcome".to_owned(), "OUTCOME_MISMATCH")]
    );
    assert_eq!(
        desk.violations(&bare(Outcome::Upheld, &[(1, Outcome::Upheld), (1, Outcome::Upheld)])),
        [("report.elements[1].number".to_owned(), "DUPLICATE")]
    );
    assert!(desk.clone().asks(&bare(Outcome::NotUpheld, &[])).is_ok());
}

#[test]
fn a_charge_is_due_only_for_what_is_upheld_at_investigation() {
    // ICE-10, Q10, domain 3.7 invariant 2
    for (pack, outcome, standing) in [
        (jets(), Outcome::Upheld, ChargeStanding::Due),
        (jets(), Outcome::PartiallyUpheld, ChargeStanding::DecisionNeeded),
        (jets(), Outcome::NotUpheld, ChargeStanding::None),
        (atw_before_2023(), Outcome::Upheld, ChargeStanding::Due),
        (atw_2024(), Outcome::Upheld, ChargeStanding::NotKnown),
    ] {
        let mut desk = Desk::investigation_under(pack);
        let events = desk.asks(&report(desk.today, outcome, 0)).unwrap();
        let Event::ReportIssued(report) = &events[0] else { panic!("{events:?}") };
        assert_eq!(report.charge, standing, "{} {outcome:?}", pack.reference.id);
    }
    let because = Desk::investigation().cites(&report(day("2024-03-04"), Outcome::Upheld, 0));
    assert_eq!(because, ["ICE-27", "ICE-10 (J0 7.05)"]);
}

#[test]
fn the_last_recommendation_closes_the_case() {
    // ICE-14, ICE-28
    let mut desk = Desk::reported(Outcome::Upheld, 2);
    desk.does(complete(2, desk.today));
    assert_eq!(desk.stage(), "RECOMMENDATIONS_OPEN");
    assert_eq!(desk.refuses(&complete(2, desk.today)), "ALREADY_THERE");
    desk.does(complete(1, desk.today));
    assert_eq!(desk.stage(), "CLOSED");
}

#[test]
fn a_recommendation_is_shown_to_be_done_and_names_the_procedure_it_changed() {
    let mut desk = Desk::reported(Outcome::Upheld, 2);
    let with = |number, evidence: Vec<_>, procedure| Command::CompleteRecommendation {
        recommendation: recommendation_id(number),
        completed_on: day("2024-03-04"),
        evidence,
        procedure,
    };
    assert_eq!(desk.violations(&with(1, Vec::new(), None)), [("evidence".to_owned(), "REQUIRED")]);
    let stranger = ProcedureId::new(Uuid::from_u128(99));
    assert_eq!(
        desk.violations(&with(1, vec![DOCUMENT], Some(stranger))),
        [("procedure".to_owned(), "NOT_ON_FILE")]
    );
    assert_eq!(
        desk.violations(&with(2, vec![DOCUMENT], Some(PROCEDURE))),
        [("procedure".to_owned(), "NOT_ALLOWED")]
    );
    desk.does(with(1, vec![DOCUMENT], Some(PROCEDURE)));
    assert_eq!(desk.state.case().unwrap().file.recommendations[0].procedure, Some(PROCEDURE));
}

#[test]
fn somebody_sees_to_a_recommendation_by_a_day() {
    let mut desk = Desk::reported(Outcome::Upheld, 1);
    let assign = |due_on: &str| Command::AssignRecommendation {
        recommendation: recommendation_id(1),
        owner: "manager-1".to_owned(),
        due_on: day(due_on),
    };
    assert_eq!(desk.violations(&assign("2024-03-01")), [("due_on".to_owned(), "TOO_EARLY")]);
    let nobody = Command::AssignRecommendation {
        recommendation: recommendation_id(1),
        owner: String::new(),
        due_on: day("2024-03-28"),
    };
    assert_eq!(desk.violations(&nobody), [("owner".to_owned(), "REQUIRED")]);
    desk.does(assign("2024-03-27"));
    assert!(!desk.asks(&assign("2024-03-28")).unwrap().is_empty(), "another day is another assignment");
    assert!(desk.asks(&assign("2024-03-28")).unwrap().is_empty());
    let in_time = desk.clone().on("2024-03-28");
    assert!(!in_time.state.case().unwrap().file.recommendations[0].is_overdue(in_time.today));
    let events = in_time.clone().asks(&complete(1, in_time.today)).unwrap();
    assert!(matches!(events[0], Event::RecommendationCompleted { late: false, .. }));
    let mut desk = desk.on("2024-04-02");
    assert!(desk.state.case().unwrap().file.recommendations[0].is_overdue(desk.today));
    let events = desk.asks(&complete(1, desk.today)).unwrap();
    assert!(matches!(events[0], Event::RecommendationCompleted { late: true, .. }));
}
