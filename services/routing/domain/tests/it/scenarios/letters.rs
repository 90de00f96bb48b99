//! Letters of elected members and peers (domain 3.4).

use redress_kernel::{Refusal as _, Violation};
use redress_policy::ClockKind;
use routing_domain::{
    Refusal, Standing,
    letter::{Command, Event, StageName, clocks, quotes},
};

use crate::fixture::{JCP, Letter, PAPER, calendars, day, digest, holding, pack, reply};

fn reason(answer: Result<Vec<Event>, Refusal>) -> &'static str {
    answer.unwrap_err().explain().reason
}

#[test]
fn the_day_after_receipt_is_day_one() {
    // RTE-09, RTE-12, RTE-13: fifteen working days from 3 January 2024, twenty at most.
    let desk = Letter::logged(Standing::Elected);
    let all = clocks(desk.letter(), &desk.pack, calendars()).unwrap();
    let dates: Vec<_> = all.iter().map(|clock| (clock.deadline.kind, clock.deadline.due_on)).collect();
    assert_eq!(
        dates,
        [
            (ClockKind::ElectedMemberReply, day("2024-01-24")),
            (ClockKind::ElectedMemberReplyCap, day("2024-01-31")),
        ]
    );
}

#[test]
fn a_reply_on_the_last_day_is_in_time() {
    // RTE-12: due on 24 January.
    for (on, late) in [("2024-01-24", false), ("2024-01-25", true)] {
        let mut desk = Letter::logged(Standing::Elected);
        assert_eq!(reason(desk.asks(&reply("2024-01-09"))), "DATE_IN_FUTURE");
        desk.today = day(on);
        desk.does(reply(on));
        assert_eq!(
            (desk.letter().late, desk.letter().replied.as_ref().map(|(on, _)| *on)),
            (late, Some(day(on)))
        );
    }
}

#[test]
fn a_promise_of_an_earlier_day_shortens_nothing() {
    // RTE-13: due on 24 January whatever was promised for before it.
    let mut desk = Letter::logged(Standing::Elected);
    desk.does(holding("2024-01-08", Some("2024-01-12")));
    let all = clocks(desk.letter(), &desk.pack, calendars()).unwrap();
    assert_eq!(all[0].deadline.due_on, day("2024-01-24"));
}

#[test]
fn a_transfer_starts_the_clock_at_the_receiver() {
    let mut desk = Letter::logged(Standing::Elected);
    let transfer = |on: &str| Command::Transfer { organisation: JCP, received_on: day(on) };
    assert_eq!(reason(desk.asks(&transfer("2024-01-02"))), "TOO_EARLY");
    desk.does(transfer("2024-01-08"));
    let all = clocks(desk.letter(), &desk.pack, calendars()).unwrap();
    assert_eq!((all[0].number, all[0].deadline.due_on), (2, day("2024-01-29")));
    assert_eq!(reason(desk.asks(&transfer("2024-01-08"))), "NOT_ALLOWED");
}

#[test]
fn a_holding_reply_says_sorry_why_and_when() {
    // RTE-13
    let mut desk = Letter::logged(Standing::Elected);
    desk.today = day("2024-01-24");
    let empty = Command::SendHolding {
        sent_on: day("2024-01-24"),
        apologises: false,
        explains: false,
        new_due_on: None,
        digest: digest('b'),
    };
    let Refusal::Invalid(violations) = desk.asks(&empty).unwrap_err() else { panic!("not refused by field") };
    let fields: Vec<String> = violations.into_iter().map(|it: Violation| it.field).collect();
    assert_eq!(fields, ["apology", "delay_reason", "new_due_on"]);
    assert_eq!(reason(desk.asks(&holding("2024-01-24", Some("2024-01-24")))), "NOT_ALLOWED");
    desk.does(holding("2024-01-24", Some("2024-02-02")));
    let all = clocks(desk.letter(), &desk.pack, calendars()).unwrap();
    assert_eq!(all[0].deadline.due_on, day("2024-02-02"));
    desk.today = day("2024-02-01");
    let events = desk.asks(&reply("2024-02-01")).unwrap();
    // In time by what was promised; the most that is allowed has passed all the same.
    assert!(matches!(events.last(), Some(Event::MemberLetterReplied { late: false, .. })), "{events:?}");
    assert!(matches!(events[0], Event::MemberLetterClockBreached { .. }));
}

#[test]
fn the_reply_quotes_the_offices_reference() {
    let mut desk = Letter::logged(Standing::Elected);
    let silent =
        Command::Reply { replied_on: day("2024-01-08"), quotes_reference: false, digest: digest('c') };
    assert_eq!(reason(desk.asks(&silent)), "REFERENCE_NOT_QUOTED");
    desk.does(reply("2024-01-08"));
    assert_eq!(desk.state.stage_name(), StageName::Replied);
    assert_eq!(reason(desk.asks(&reply("2024-01-08"))), "STAGE_REFUSES");
    desk.does(Command::Close);
    assert!(quotes("Your reference: ABC / 12 34, thank you", "abc/1234"));
    assert!(!quotes("Your letter", "ABC/1234"));
}

#[test]
fn a_peer_needs_the_participants_consent() {
    // RTE-14, RTE-16
    let mut desk = Letter::logged(Standing::Peer);
    assert_eq!(reason(desk.asks(&reply("2024-01-08"))), "AUTHORITY_MISSING");
    let consent = Command::RecordAuthority { on: day("2024-01-08"), paper: Some(PAPER) };
    desk.does(consent.clone());
    assert!(desk.asks(&consent).unwrap().is_empty());
    desk.does(reply("2024-01-08"));
    let mut desk = Letter::logged(Standing::Elected);
    let other = Some(routing_domain::PaperId::new(uuid::Uuid::from_u128(99)));
    let foreign = Command::RecordAuthority { on: day("2024-01-08"), paper: other };
    assert_eq!(reason(desk.asks(&foreign)), "NOT_ON_FILE");
}

#[test]
fn nobody_answers_for_themselves() {
    // R32, CMP-27
    let mut desk = Letter::logged(Standing::Elected);
    let assign = |handler: &str| Command::Assign { handler: handler.to_owned() };
    assert_eq!(reason(desk.asks(&assign("officer-9"))), "HANDLER_CONFLICT");
    desk.does(assign("officer-1"));
    assert!(desk.asks(&assign("officer-1")).unwrap().is_empty());
    assert_eq!(reason(desk.asks(&assign(""))), "REQUIRED");
}

#[test]
fn a_pack_that_knows_no_target_still_has_the_most_that_is_allowed() {
    let mut desk = Letter::unlogged();
    desk.pack = pack("ipes");
    desk.does(crate::fixture::log(Standing::Elected));
    let all = clocks(desk.letter(), &desk.pack, calendars()).unwrap();
    assert_eq!(all.len(), 1);
    desk.today = day("2024-03-01");
    let events = desk.asks(&reply("2024-03-01")).unwrap();
    assert!(matches!(events.last(), Some(Event::MemberLetterReplied { late: true, .. })), "{events:?}");
}
