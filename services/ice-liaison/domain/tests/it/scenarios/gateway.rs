//! The gateway (ICE-03, ICE-04, ICE-23, ICE-24; J0 7.16): confirmation from the record, named steps again, a new window.

use ice_liaison_domain::{
    admissibility::Finding,
    examination::{Command, DeclineGround, Event, LetterKind},
    record::{Learned, StepDone},
};

use crate::fixture::{Desk, accept, day, jets, letter, open, registered, response, revisit, step};

#[test]
fn the_question_whether_every_step_was_done_is_the_gateway() {
    let desk = Desk::at_gateway();
    assert_eq!(desk.stage(), "GATEWAY_CHECK");
    let ask = letter(1, LetterKind::ProcessCheck, desk.today, None);
    assert!(Desk::referred().cites(&ask).contains(&"ICE-03 (J0 7.16)".to_owned()));
}

#[test]
fn the_confirmation_is_drawn_from_the_record_and_answers_the_letter() {
    let mut desk = Desk::at_gateway();
    let events = desk.asks(&Command::ConfirmProcess { confirmed_on: desk.today, after_noon: false }).unwrap();
    let [Event::ProcessConfirmed(confirmation), Event::IceLetterAnswered { late: false, .. }] =
        events.as_slice()
    else {
        panic!("{events:?}")
    };
    assert!(confirmation.is_complete());
    assert_eq!(confirmation.steps.len(), 2);
}

#[test]
fn an_incomplete_record_is_confirmed_as_incomplete() {
    let mut desk = Desk::of(jets(), registered(jets(), "2024-01-02")).on("2024-03-04").opened();
    desk.does(letter(1, LetterKind::ProcessCheck, desk.today, None));
    desk.does(Command::ConfirmProcess { confirmed_on: desk.today, after_noon: false });
    assert!(!desk.state.case().unwrap().file.confirmations[0].is_complete());
}

#[test]
fn only_the_named_steps_are_revisited() {
    // CMP-14
    let mut desk = Desk::at_gateway();
    let events = desk.asks(&revisit(desk.today)).unwrap();
    let [Event::StepsToRevisit { steps, .. }] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((steps.as_slice(), desk.stage()), ([step(1, "call")].as_slice(), "PROCESS_INCOMPLETE"));
    let desk = Desk::at_gateway();
    let steps = vec![step(1, "call"), step(3, "unheard-of"), step(1, "call")];
    let unknown = Command::RequestRevisit { steps, requested_on: desk.today, due_on: None };
    assert_eq!(
        desk.violations(&unknown),
        [("steps[1]".to_owned(), "UNKNOWN_STEP"), ("steps[2]".to_owned(), "DUPLICATE")]
    );
}

#[test]
fn a_revisit_ends_in_a_new_final_response_with_a_window_of_its_own() {
    // Q7: the first window closed on 1 August 2024.
    let mut desk = Desk::at_gateway();
    desk.does(revisit(desk.today));
    assert_eq!(desk.refuses(&Command::NoteFinalResponse), "NOT_DUE");
    desk.record.learn(Learned::Reopened(2, vec![step(1, "call")]));
    desk.record.learn(Learned::Step(StepDone { step: step(1, "call"), on: day("2024-09-02"), run: 2 }));
    desk.record.learn(response(2, "2024-09-03", false));
    let mut desk = desk.on("2024-09-04");
    desk.does(Command::NoteFinalResponse);
    let file = &desk.state.case().unwrap().file;
    assert_eq!((desk.stage(), file.finding), ("GATEWAY_CHECK", Finding::InWindow));
    assert_eq!(file.revisits[0].completed_on, Some(day("2024-09-03")));
    desk.does(accept(desk.today, false));
    assert!(!desk.state.case().unwrap().file.discretion);
}

#[test]
fn what_ice_says_in_declining_is_recorded_as_it_says_it() {
    // ICE-21, ICE-24: also where the calculation finds a right.
    for (ground, stage) in [
        (DeclineGround::Premature, "PREMATURE"),
        (DeclineGround::OutOfTime, "UNABLE_TO_ACCEPT"),
        (DeclineGround::OutOfRemit, "UNABLE_TO_ACCEPT"),
        (DeclineGround::AlreadyRemedied, "UNABLE_TO_ACCEPT"),
    ] {
        let mut desk = Desk::at_gateway();
        desk.does(Command::Decline { declined_on: desk.today, ground, reasoned: false });
        assert_eq!(desk.stage(), stage);
    }
    let desk = Desk::at_gateway();
    let other = Command::Decline { declined_on: desk.today, ground: DeclineGround::Other, reasoned: false };
    assert_eq!(desk.violations(&other), [("reason".to_owned(), "REQUIRED")]);
}

#[test]
fn what_ice_gets_after_noon_counts_for_it_as_the_next_working_days() {
    // ICE-23, I13: a noon, a Friday, a Saturday, and Good Friday in Scotland, where Easter Monday is worked.
    for (on, after_noon, effective) in [
        ("2024-03-04", false, "2024-03-04"),
        ("2024-03-04", true, "2024-03-05"),
        ("2024-03-08", true, "2024-03-11"),
        ("2024-03-09", false, "2024-03-11"),
        ("2024-03-29", true, "2024-04-01"),
    ] {
        let mut desk = Desk::answered().on(on);
        desk.does(open(desk.today, after_noon));
        let file = &desk.state.case().unwrap().file;
        // The person's own right is judged by the day on which the person went.
        assert_eq!((file.effective_on, file.referred_on), (day(effective), day(on)), "{on}");
    }
}

#[test]
fn a_complaint_has_one_live_examination() {
    let mut desk = Desk::answered();
    desk.live = Some(crate::fixture::EXAMINATION);
    assert_eq!(desk.refuses(&open(desk.today, false)), "ALREADY_THERE");
    let early = Desk::answered();
    let before = Command::Open {
        id: crate::fixture::EXAMINATION,
        complaint: crate::fixture::COMPLAINT,
        referred_on: day("2024-01-01"),
        after_noon: false,
        notified_on: day("2024-03-05"),
    };
    assert_eq!(
        early.violations(&before),
        [("referred_on".to_owned(), "BEFORE_RECEIPT"), ("notified_on".to_owned(), "DATE_IN_FUTURE")]
    );
}
