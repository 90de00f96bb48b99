//! The mixed complaint (domain 3.2, J0 7.07 to 7.09).

use redress_kernel::{Channel, Refusal as _};
use redress_policy::ClockKind;
use routing_domain::{
    Refusal, breach,
    mixed::{Command, Event, RaisedAt, Stage, StageName, clocks},
};

use crate::fixture::{COMPLAINT, JCP, Mixed, PAPER, PRIME, calendars, day, digest, pack, told};

fn reason(answer: Result<Vec<Event>, Refusal>) -> &'static str {
    answer.unwrap_err().explain().reason
}

pub(crate) fn request(on: &str, due: Option<&str>) -> Command {
    Command::RequestContribution { requested_on: day(on), stated_due_on: due.map(day) }
}

pub(crate) fn send(on: &str) -> Command {
    Command::SendContribution { sent_on: day(on), digest: digest('a'), papers: vec![PAPER] }
}

pub(crate) fn issue(on: &str, letter: char) -> Command {
    Command::IssueJointReply { digest: digest(letter), issued_on: day(on), channel: Channel::Post }
}

pub(crate) fn residual(provider: bool, jobcentre_plus: bool, on: &str) -> Command {
    Command::RecordResidual { provider, jobcentre_plus, on: day(on), complaint: COMPLAINT }
}

/// One with the joint reply out.
pub(crate) fn answered() -> Mixed {
    let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
    desk.on("2024-01-15").does(request("2024-01-08", None)).by(PRIME).does(send("2024-01-15")).by(JCP);
    desk.does(Command::ProposeJointReply { digest: digest('c') }).by(PRIME);
    desk.does(Command::AgreeWording { digest: digest('c') }).by(JCP).on("2024-01-22");
    desk.does(issue("2024-01-22", 'c'));
    desk
}

#[test]
fn a_person_who_brings_it_to_the_provider_is_sent_to_jobcentre_plus() {
    // RTE-03, J0 7.08
    let mut desk = Mixed::raised(RaisedAt::Provider);
    assert_eq!(reason(desk.asks(&request("2024-01-08", None))), "STAGE_REFUSES");
    desk.does(Command::Direct { told: told("2024-01-05") });
    assert_eq!(desk.state.stage_name(), StageName::JcpLeading);
    // The department's fifteen working days run from the day the person was sent there (CMP-22).
    let all = clocks(desk.mixed(), &desk.pack, calendars()).unwrap();
    assert_eq!(all[0].deadline.start_on, day("2024-01-05"));
}

#[test]
fn the_contribution_is_due_on_the_earlier_of_the_stated_day_and_five_working_days() {
    // RTE-04, Q5, Q26: Scotland has 2 January off.
    let due = |stated: Option<&str>| {
        let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
        desk.does(request("2024-01-08", stated));
        desk.mixed().contributions[0].due_on
    };
    assert_eq!(due(None), day("2024-01-15"));
    assert_eq!(due(Some("2024-01-11")), day("2024-01-11"));
    let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
    assert_eq!(reason(desk.asks(&request("2024-01-08", Some("2024-01-16")))), "MAX_FIVE_WORKING_DAYS"); // R16
    assert_eq!(reason(desk.asks(&request("2024-01-08", Some("2024-01-13")))), "NON_WORKING_DAY"); // R17
    assert_eq!(reason(desk.asks(&request("2024-01-08", Some("2024-01-05")))), "TOO_EARLY");
}

#[test]
fn what_is_told_lies_between_the_receipt_and_today() {
    // RTE-02 to RTE-04: received on 3 January, told on the 8th.
    let at_provider = Mixed::raised(RaisedAt::Provider);
    let leading = Mixed::raised(RaisedAt::JobcentrePlus);
    let mut asked = leading.clone();
    asked.does(request("2024-01-08", None)).by(PRIME);
    let direct = |on: &str| Command::Direct { told: told(on) };
    for (desk, tells, first) in [
        (&at_provider, &direct as &dyn Fn(&str) -> Command, "2024-01-03"),
        (&leading, &|on: &str| request(on, None), "2024-01-03"),
        (&asked, &|on: &str| send(on), "2024-01-08"),
    ] {
        let before = day(first).yesterday().unwrap().to_string();
        for (on, refused) in [
            (before.as_str(), Some("TOO_EARLY")),
            (first, None),
            ("2024-01-08", None),
            ("2024-01-09", Some("DATE_IN_FUTURE")),
        ] {
            let told = desk.clone().asks(&tells(on)).err().map(|refusal| refusal.explain().reason);
            assert_eq!(told, refused, "{:?}", tells(on));
        }
    }
}

#[test]
fn a_contribution_on_its_last_day_is_in_time() {
    // RTE-04
    for (on, late) in [("2024-01-15", false), ("2024-01-16", true)] {
        let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
        desk.does(request("2024-01-08", Some("2024-01-15"))).by(PRIME).on(on).does(send(on));
        assert_eq!(desk.mixed().contributions[0].is_late(), late, "{on}");
    }
}

#[test]
fn a_later_day_may_be_stated_where_the_practice_allows_it() {
    // Q5
    let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
    desk.pack.practice.stated_may_extend.value = true;
    desk.does(request("2024-01-08", Some("2024-01-16")));
}

#[test]
fn where_every_holiday_of_the_kingdom_counts_a_contribution_is_due_after_it() {
    // XCT-09, Q4: 18 March 2024 is a holiday in Northern Ireland alone.
    for (any_part, due) in [(false, "2024-03-21"), (true, "2024-03-22")] {
        let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
        desk.pack.practice.any_part_of_uk.value = any_part;
        desk.on("2024-03-14").does(request("2024-03-14", None));
        assert_eq!(desk.mixed().contributions[0].due_on, day(due));
    }
}

#[test]
fn where_nobody_knows_what_the_guidance_allows_a_day_is_stated() {
    let mut desk = Mixed::unraised();
    desk.pack = pack("ipes");
    desk.does(crate::fixture::raise(RaisedAt::JobcentrePlus));
    assert_eq!(reason(desk.asks(&request("2024-01-08", None))), "VALUE_NOT_KNOWN");
    desk.does(request("2024-01-08", Some("2024-01-17")));
    let all = clocks(desk.mixed(), &desk.pack, calendars()).unwrap();
    assert_eq!(all[0].deadline.due_on, day("2024-01-17"));
}

#[test]
fn a_late_contribution_counts_and_its_lateness_is_on_record() {
    // R20
    let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
    desk.does(request("2024-01-08", None)).on("2024-01-17");
    let events = desk.asks(&send("2024-01-16")).unwrap();
    assert!(matches!(events[0], Event::MixedClockBreached { .. }), "{events:?}");
    assert!(matches!(events[1], Event::ContributionSent { late: true, .. }), "{events:?}");
    assert!(desk.mixed().contributions[0].is_late());
}

#[test]
fn a_limit_that_passes_goes_on_record_once() {
    let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
    desk.does(request("2024-01-08", None));
    let tick = Command::RecordBreach { kind: ClockKind::JcpContribution, number: 1 };
    assert_eq!(reason(desk.asks(&tick)), "NOT_DUE");
    desk.on("2024-01-16");
    let all = clocks(desk.mixed(), &desk.pack, calendars()).unwrap();
    assert_eq!(breach::passed(&all, &desk.mixed().breaches, desk.today), [(ClockKind::JcpContribution, 1)]);
    assert_eq!(breach::wake_on(&all, &desk.mixed().breaches).unwrap(), Some(day("2024-01-16")));
    desk.does(tick.clone());
    assert!(desk.asks(&tick).unwrap().is_empty());
    // What is on record is not put there again by the contribution that comes late.
    assert_eq!(desk.asks(&send("2024-01-16")).unwrap().len(), 1);
}

#[test]
fn an_answer_to_a_later_request_answers_those_before_it() {
    // RTE-04: Jobcentre Plus may ask anew, with a later day; the provider answers once.
    let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
    desk.on("2024-01-10").does(request("2024-01-08", None)).does(request("2024-01-10", None));
    let open = |desk: &Mixed| {
        let all = clocks(desk.mixed(), &desk.pack, calendars()).unwrap();
        let asked = all.into_iter().filter(|clock| clock.deadline.kind == ClockKind::JcpContribution);
        asked.filter(breach::Running::is_open).map(|clock| clock.number).collect::<Vec<u8>>()
    };
    assert_eq!(open(&desk), [1, 2]);
    desk.on("2024-01-16").does(send("2024-01-16"));
    assert_eq!(open(&desk), Vec::<u8>::new());
}

#[test]
fn the_wording_is_agreed_at_its_digest() {
    // RTE-02, R22, R23
    let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
    desk.on("2024-01-15");
    let agree = |letter| Command::AgreeWording { digest: digest(letter) };
    let propose = |letter| Command::ProposeJointReply { digest: digest(letter) };
    assert_eq!(reason(desk.asks(&agree('c'))), "CONTRIBUTION_MISSING");
    assert_eq!(reason(desk.asks(&propose('c'))), "CONTRIBUTION_MISSING");
    desk.does(request("2024-01-08", None)).does(send("2024-01-12"));
    assert_eq!(reason(desk.asks(&agree('c'))), "WORDING_NOT_PROPOSED");
    assert_eq!(reason(desk.asks(&issue("2024-01-15", 'c'))), "WORDING_NOT_AGREED");
    desk.does(propose('c'));
    assert_eq!(reason(desk.asks(&agree('d'))), "AGREEMENT_DIGEST_MISMATCH");
    desk.does(agree('c'));
    assert!(desk.asks(&agree('c')).unwrap().is_empty());
    assert_eq!(reason(desk.asks(&issue("2024-01-15", 'd'))), "AGREEMENT_DIGEST_MISMATCH");
    // Another wording ends the agreement to the one before.
    desk.does(propose('d'));
    assert_eq!(reason(desk.asks(&issue("2024-01-15", 'c'))), "WORDING_NOT_AGREED");
}

#[test]
fn jobcentre_plus_sends_the_reply() {
    // RTE-01, R4
    let mut desk = answered();
    assert_eq!(reason(desk.by(PRIME).asks(&issue("2024-01-22", 'c'))), "JCP_ISSUES_FINAL");
    assert_eq!(reason(desk.by(JCP).asks(&issue("2024-01-22", 'c'))), "STAGE_REFUSES");
    // R19
    assert_eq!(reason(desk.asks(&send("2024-01-22"))), "ALREADY_FINAL");
    assert_eq!(reason(desk.asks(&request("2024-01-22", None))), "ALREADY_FINAL");
}

#[test]
fn what_is_left_at_the_provider_starts_at_the_next_stage() {
    // RTE-05, CMP-13, J0 7.08 action 2
    let mut desk = answered();
    let replied_on = desk.on("2024-01-23").mixed().issued.as_ref().unwrap().on;
    let events = desk.asks(&residual(true, false, "2024-01-23")).unwrap();
    let expected = Event::ComplaintHandedOver {
        complaint: COMPLAINT,
        received_on: day("2024-01-23"),
        starts_at_stage: 2,
        joint_reply_on: replied_on,
    };
    assert_ne!(replied_on, day("2024-01-23"));
    assert_eq!(events[1], expected);
    // Both may stand, and be told one after the other (RTE-06, J0 7.09).
    desk.does(residual(false, true, "2024-01-22"));
    let both = Stage::Residual { provider: Some(COMPLAINT), jobcentre_plus: true };
    assert_eq!(desk.mixed().stage, both);
    assert!(desk.asks(&residual(true, true, "2024-01-22")).unwrap().is_empty());
    assert_eq!(reason(desk.asks(&residual(false, false, "2024-01-22"))), "REQUIRED");
}

#[test]
fn a_satisfied_person_may_think_again() {
    let mut desk = answered();
    desk.does(Command::RecordSatisfaction { on: day("2024-01-22") });
    assert_eq!(desk.state.stage_name(), StageName::Satisfied);
    desk.does(residual(true, true, "2024-01-22"));
    assert_eq!(desk.state.stage_name(), StageName::Residual);
}

#[test]
fn papers_are_those_of_the_case() {
    let mut desk = Mixed::raised(RaisedAt::JobcentrePlus);
    desk.does(request("2024-01-08", None));
    let other = routing_domain::PaperId::new(uuid::Uuid::from_u128(99));
    let send =
        Command::SendContribution { sent_on: day("2024-01-08"), digest: digest('a'), papers: vec![other] };
    assert_eq!(reason(desk.asks(&send)), "NOT_ON_FILE");
}
