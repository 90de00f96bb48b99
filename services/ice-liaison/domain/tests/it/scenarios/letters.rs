//! Any correspondence from ICE (ICE-05, ICE-06, ICE-23; J0 7.16, Q5), in every stage.

use ice_liaison_domain::examination::{Command, LetterKind, LetterState, NewLetter, clock, due};

use crate::fixture::{Desk, agree, answer, atw_before_2023, calendars, day, letter, letter_id};

fn state(desk: &Desk, number: u128) -> LetterState {
    let letters = &desk.state.case().unwrap().file.letters;
    letters.iter().find(|letter| letter.id == letter_id(number)).unwrap().state(desk.today)
}

fn due_on(desk: &Desk, number: u128) -> Option<jiff::civil::Date> {
    let file = &desk.state.case().unwrap().file;
    let letter = file.letters.iter().find(|letter| letter.id == letter_id(number)).unwrap();
    let computed = clock::of_letter(file, letter, desk.pack, calendars()).unwrap();
    // A stored due date is a cache of what is computed (L11).
    assert_eq!(letter.due_on, computed.as_ref().map(|computed| computed.due_on));
    letter.due_on
}

#[test]
fn a_letter_is_due_on_the_earlier_of_the_stated_day_and_five_working_days() {
    // J0 7.16, Q5; in Scotland, from Monday 4 March 2024 to Monday 11.
    for (stated, due) in
        [(None, "2024-03-11"), (Some("2024-03-06"), "2024-03-06"), (Some("2024-03-20"), "2024-03-11")]
    {
        let mut desk = Desk::referred();
        desk.does(letter(2, LetterKind::InformationRequest, desk.today, stated));
        assert_eq!(due_on(&desk, 2), Some(day(due)), "{stated:?}");
        let later = desk.state.case().unwrap().file.letters[0].stated_later;
        assert_eq!(later, stated == Some("2024-03-20"));
    }
}

#[test]
fn the_division_of_the_contract_counts_the_days() {
    // Scotland works on Easter Monday, 1 April 2024; Good Friday is shut.
    let mut desk = Desk::answered().on("2024-03-28").opened();
    desk.does(letter(2, LetterKind::Other, desk.today, None));
    assert_eq!(due_on(&desk, 2), Some(day("2024-04-05")));
}

#[test]
fn a_call_for_papers_states_no_later_day_than_the_guidance_and_none_in_the_past() {
    // I11
    let desk = Desk::evidence_requested();
    let call = |stated| letter(2, LetterKind::EvidenceRequest, desk.today, Some(stated));
    assert_eq!(
        desk.violations(&call("2024-03-12")),
        [("letter.stated_on".to_owned(), "LATER_THAN_GUIDANCE")]
    );
    assert_eq!(desk.violations(&call("2024-03-01")), [("letter.stated_on".to_owned(), "TOO_EARLY")]);
    assert!(Desk::evidence_requested().asks(&call("2024-03-11")).is_ok());
}

#[test]
fn papers_asked_for_while_ice_brokers_are_no_breach_of_the_provider() {
    // ICE-06, I10: J0 names resolution first, and it needs no evidence.
    let mut desk = Desk::resolution();
    desk.does(letter(2, LetterKind::EvidenceRequest, desk.today, None));
    let desk = desk.on("2024-04-30");
    assert_eq!(state(&desk, 2), LetterState::Open);
    assert!(
        !due::due(&desk.state, desk.today)
            .iter()
            .any(|command| *command == Command::FlagOverdue { letter: letter_id(2) })
    );
}

#[test]
fn a_late_answer_is_taken_and_marked_late() {
    let mut desk = Desk::referred();
    desk.does(letter(2, LetterKind::InformationRequest, desk.today, None));
    let mut desk = desk.on("2024-03-12");
    assert_eq!(state(&desk, 2), LetterState::Overdue);
    assert_eq!(due::wake_on(&desk.state), Some(day("2024-03-12")));
    let fired = due::due(&desk.state, desk.today);
    assert_eq!(fired, [Command::FlagOverdue { letter: letter_id(2) }]);
    desk.does(fired[0].clone());
    assert!(due::due(&desk.state, desk.today).is_empty());
    desk.does(answer(2, desk.today));
    assert_eq!(state(&desk, 2), LetterState::AnsweredLate);
    assert_eq!(desk.refuses(&answer(2, desk.today)), "ALREADY_THERE");
}

#[test]
fn noon_is_on_ices_side_and_makes_no_answer_late() {
    // ICE-23, I13
    let mut desk = Desk::referred();
    desk.does(letter(2, LetterKind::InformationRequest, desk.today, None));
    let mut desk = desk.on("2024-03-11");
    desk.does(Command::AnswerLetter { letter: letter_id(2), answered_on: desk.today, after_noon: true });
    let answered = desk.state.case().unwrap().file.letters[0].answered.unwrap();
    assert_eq!((answered.late, answered.taken_on), (false, day("2024-03-12")));
}

#[test]
fn where_the_guidance_is_silent_only_what_ice_states_is_due() {
    // A0 has no limit for correspondence from ICE.
    let mut desk = Desk::answered_under(atw_before_2023()).opened();
    desk.does(letter(2, LetterKind::Other, desk.today, None));
    desk.does(letter(3, LetterKind::Other, desk.today, Some("2024-04-15")));
    assert_eq!((due_on(&desk, 2), due_on(&desk, 3)), (None, Some(day("2024-04-15"))));
}

#[test]
fn what_is_open_when_the_case_ends_lapses_and_is_not_answered() {
    // I22; but ICE may write again about a case that is over, and that is answered.
    let mut desk = Desk::resolution();
    desk.does(letter(2, LetterKind::InformationRequest, desk.today, None));
    desk.does(agree(desk.today));
    assert_eq!((state(&desk, 2), desk.refuses(&answer(2, desk.today))), (LetterState::Lapsed, "CASE_CLOSED"));
    desk.does(letter(3, LetterKind::Other, desk.today, None));
    desk.does(answer(3, desk.today));
    assert_eq!(state(&desk, 3), LetterState::Answered);
}

#[test]
fn a_letter_for_information_has_no_clock() {
    let mut desk = Desk::referred();
    let new = NewLetter {
        id: letter_id(2),
        kind: LetterKind::Other,
        received_on: desk.today,
        stated_on: None,
        wants_answer: false,
    };
    desk.does(Command::RecordLetter(new));
    assert_eq!((due_on(&desk, 2), state(&desk, 2)), (None, LetterState::Noted));
    let stated = Command::RecordLetter(NewLetter { id: letter_id(3), stated_on: Some(desk.today), ..new });
    assert_eq!(desk.violations(&stated), [("letter.stated_on".to_owned(), "NOT_ALLOWED")]);
}
