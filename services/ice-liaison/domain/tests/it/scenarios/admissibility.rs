//! Who may go to ICE and when (ICE-01, ICE-02, CMP-08; A0 silent, J0 7.01, 7.15), and what is never refused.

use ice_liaison_domain::{
    CaseRecord,
    admissibility::{Admissibility, Finding, admissibility},
    record::Learned,
};
use redress_policy::Pack;

use crate::fixture::{
    Desk, accept, answered, atw_2024, atw_before_2023, calendars, day, jets, pack, registered, response,
};

fn found(record: &CaseRecord, on: &str, pack: &Pack) -> Admissibility {
    admissibility(record, day(on), pack, calendars()).unwrap()
}

fn finding(record: &CaseRecord, on: &str, pack: &Pack) -> Finding {
    found(record, on, pack).finding
}

#[test]
fn six_months_end_on_the_same_day_or_the_last_of_a_shorter_month() {
    // J0 7.15, XCT-08, Q22; I4
    for (issued, last, after) in [
        ("2023-08-31", "2024-02-29", "2024-03-01"),
        ("2024-08-29", "2025-02-28", "2025-03-01"),
        ("2024-02-01", "2024-08-01", "2024-08-02"),
    ] {
        let record = answered(jets(), "2023-07-03", issued, false);
        assert_eq!(finding(&record, last, jets()), Finding::InWindow, "{issued}");
        assert_eq!(finding(&record, after, jets()), Finding::OutOfTime, "{issued}");
    }
}

#[test]
fn a_window_is_not_shut_on_a_day_that_is_not_worked() {
    // Q18: 13 April 2024 + 6 months is Sunday 13 October; it is open to the end of Monday.
    let record = answered(jets(), "2024-01-02", "2024-04-13", false);
    assert_eq!(finding(&record, "2024-10-14", jets()), Finding::InWindow);
    assert_eq!(finding(&record, "2024-10-15", jets()), Finding::OutOfTime);
    let window = found(&record, "2024-10-14", jets()).window.unwrap();
    assert_eq!((window.ends_on, window.due_on), (day("2024-10-13"), day("2024-10-14")));
}

#[test]
fn by_post_the_window_has_the_time_that_post_takes() {
    // Q6: two working days from Monday 8 July 2024's six months, Wednesday 8 January 2025.
    let record = answered(jets(), "2024-06-03", "2024-07-08", true);
    let answer = found(&record, "2025-01-10", jets());
    assert_eq!((answer.finding, answer.no_close_before), (Finding::InWindow, Some(day("2025-01-10"))));
    assert_eq!(finding(&record, "2025-01-13", jets()), Finding::OutOfTime);
}

#[test]
fn without_an_answer_the_way_opens_on_day_fifty_seven() {
    // J0 7.01 tail, Q1; I2 at its three days: received Tuesday 2 January 2024.
    let record = registered(jets(), "2024-01-02");
    for (on, expected) in [
        ("2024-02-26", Finding::Premature),
        ("2024-02-27", Finding::Premature),
        ("2024-02-28", Finding::EarlyAccess),
    ] {
        assert_eq!(finding(&record, on, jets()), expected, "{on}");
    }
    assert_eq!(found(&record, "2024-02-27", jets()).early_access_opens_on, Some(day("2024-02-28")));
    assert_eq!(found(&record, "2024-02-28", jets()).citations[0].short(), "CMP-08 (J0 7.01 tail)");
}

#[test]
fn an_earlier_receipt_in_the_chain_opens_the_way_earlier() {
    // Q2
    let mut record = registered(jets(), "2024-01-02");
    record.learn(Learned::Received(day("2023-12-29")));
    assert_eq!(found(&record, "2024-02-01", jets()).early_access_opens_on, Some(day("2024-02-24")));
}

#[test]
fn silence_in_the_guidance_gives_no_early_way_and_ends_no_window() {
    // A0 has neither eight weeks nor six months: tri-state, not zero.
    let pack = atw_before_2023();
    assert_eq!(finding(&registered(pack, "2024-01-02"), "2024-06-03", pack), Finding::Premature);
    let record = answered(pack, "2024-01-02", "2024-02-01", false);
    assert_eq!(finding(&record, "2025-06-02", pack), Finding::NoWindow);
}

#[test]
fn a_window_that_is_not_known_shuts_nobody_out() {
    let ipes = pack("ipes", "2023-05-10");
    let record = answered(ipes, "2024-01-02", "2024-02-01", false);
    assert_eq!(finding(&record, "2025-06-02", ipes), Finding::WindowNotKnown);
    assert_eq!(
        finding(&answered(atw_2024(), "2024-06-03", "2024-07-01", false), "2025-01-01", atw_2024()),
        Finding::InWindow
    );
}

#[test]
fn an_answer_or_an_end_on_the_last_of_the_eight_weeks_is_in_time() {
    // ICE-02, CMP-08: received on 2 January 2024; the fifty-sixth day is 27 February.
    for (on, finding_after) in [("2024-02-27", Finding::Premature), ("2024-02-28", Finding::EarlyAccess)] {
        let mut ended = registered(jets(), "2024-01-02");
        ended.learn(Learned::Ended(day(on)));
        assert_eq!(finding(&ended, "2024-03-08", jets()), finding_after, "ended on {on}");
        // The answer counts for whoever goes to ICE before it.
        let mut answered = registered(jets(), "2024-01-02");
        answered.learn(response(1, on, false));
        let opens_on = (finding_after == Finding::EarlyAccess).then(|| day("2024-02-28"));
        let before = found(&answered, "2024-02-26", jets());
        assert_eq!(before.early_access_opens_on, opens_on, "answered on {on}");
    }
}

#[test]
fn a_late_final_response_takes_the_early_right_from_nobody_who_used_it() {
    let mut record = registered(jets(), "2024-01-02");
    record.learn(response(1, "2024-03-11", false));
    assert_eq!(finding(&record, "2024-03-08", jets()), Finding::EarlyAccess);
    // What ended before the eight weeks did leaves none.
    let mut ended = registered(jets(), "2024-01-02");
    ended.learn(Learned::Ended(day("2024-02-01")));
    assert_eq!(finding(&ended, "2024-03-08", jets()), Finding::Premature);
}

#[test]
fn what_ice_took_up_is_recorded_whatever_the_calculation_says() {
    // ICE-20, CMP-05. No blanket refusal: the contact is recorded with the finding, and acceptance needs a right or ICE's discretion.
    for (record, on, reason) in [
        (registered(jets(), "2024-01-02"), "2024-02-01", "BYPASS_NOT_OPEN"),
        (registered(atw_before_2023(), "2024-01-02"), "2024-06-03", "STEPS_NOT_EXHAUSTED"),
        (answered(jets(), "2024-01-02", "2024-02-01", false), "2024-08-02", "ICE_WINDOW_CLOSED"),
    ] {
        let pack = if record.pack == jets().reference { jets() } else { atw_before_2023() };
        let mut desk = Desk::of(pack, record).on(on).opened();
        assert_eq!(desk.stage(), "REFERRED");
        assert_eq!(desk.refuses(&accept(desk.today, false)), reason);
        desk.does(accept(desk.today, true));
        let file = &desk.state.case().unwrap().file;
        assert!(file.discretion && !file.finding.is_right());
        assert_eq!(desk.stage(), "ACCEPTED");
    }
}

#[test]
fn discretion_is_recorded_only_where_there_was_no_right_and_with_a_reason() {
    let mut desk = Desk::at_gateway();
    let unreasoned = ice_liaison_domain::examination::Command::Accept {
        accepted_on: desk.today,
        discretion: true,
        reasoned: false,
    };
    assert_eq!(desk.violations(&unreasoned), [("reason".to_owned(), "REQUIRED")]);
    desk.does(accept(desk.today, true));
    assert!(!desk.state.case().unwrap().file.discretion, "there was a right");
}
