//! Days that are told: none before what it follows, none to come.

use ice_liaison_domain::examination::{Command, DeclineGround, LetterKind, Move, Outcome};
use jiff::civil::Date;

use crate::fixture::{
    DOCUMENT, Desk, accept, advance, agree, answer, complete, day, digest, letter, report, revisit, send_all,
    step,
};

type Tells = fn(Date) -> Command;

fn account(given_on: Date) -> Command {
    Command::SubmitAccount { given_on, evidence: vec![DOCUMENT], digest: digest('a') }
}

/// Why a command is refused, field by field.
fn reasons(desk: &Desk, command: &Command) -> Vec<&'static str> {
    desk.violations(command).into_iter().map(|(_, reason)| reason).collect()
}

#[test]
fn what_ice_and_the_provider_do_they_did_after_the_last_move_and_not_later_than_today() {
    // ICE-15: all of these desks stand at 4 March 2024.
    let confirm: Tells = |confirmed_on| Command::ConfirmProcess { confirmed_on, after_noon: false };
    let decline: Tells =
        |declined_on| Command::Decline { declined_on, ground: DeclineGround::OutOfRemit, reasoned: false };
    let withdraw: Tells = |withdrawn_on| Command::Withdraw { withdrawn_on };
    let mut asked = Desk::at_gateway();
    asked.does(letter(8, LetterKind::InformationRequest, asked.today, None));
    for (desk, tells) in [
        (Desk::at_gateway(), confirm),
        (asked, |on| answer(8, on)),
        (Desk::at_gateway(), revisit),
        (Desk::at_gateway(), |on| accept(on, false)),
        (Desk::at_gateway(), decline),
        (Desk::at_gateway(), account),
        (Desk::at_gateway(), |on| letter(8, LetterKind::Other, on, None)),
        (Desk::accepted(), |on| advance(Move::BeginResolution, on, false)),
        (Desk::resolution(), agree),
        (Desk::resolution(), withdraw),
        (Desk::evidence_requested(), send_all),
        (Desk::investigation(), |on| report(on, Outcome::Upheld, 0)),
        (Desk::reported(Outcome::Upheld, 1), |on| complete(1, on)),
    ] {
        for (on, reason) in [("2024-03-03", "TOO_EARLY"), ("2024-03-05", "DATE_IN_FUTURE")] {
            let command = tells(day(on));
            let given = reasons(&desk, &command);
            assert!(
                !given.is_empty() && given.iter().all(|given| *given == reason),
                "{command:?}: {given:?}"
            );
        }
        desk.clone().does(tells(day("2024-03-04")));
    }
}

#[test]
fn steps_to_do_again_are_named_and_due_after_they_were_asked_for() {
    // ICE-04
    let desk = Desk::at_gateway();
    let asked = |steps: Vec<_>, due_on| {
        reasons(&desk, &Command::RequestRevisit { steps, requested_on: desk.today, due_on })
    };
    assert_eq!(asked(Vec::new(), None), ["REQUIRED"]);
    assert_eq!(asked(vec![step(1, "call")], Some(day("2024-03-03"))), ["TOO_EARLY"]);
}

#[test]
fn an_agreement_is_of_the_day_on_which_the_second_side_agreed() {
    // ICE-06
    let mut desk = Desk::resolution().on("2024-03-08");
    desk.does(Command::Agree {
        person_agreed_on: Some(day("2024-03-05")),
        provider_agreed_on: Some(day("2024-03-07")),
    });
    assert_eq!(desk.state.case().unwrap().ending().unwrap().on, day("2024-03-07"));
}

#[test]
fn evidence_with_an_account_is_on_file() {
    // ICE-15
    let desk = Desk::at_gateway();
    let stranger = crate::fixture::RESPONSE;
    let mut other = desk.clone();
    other.record = crate::fixture::registered(crate::fixture::jets(), "2024-01-02");
    let with = Command::SubmitAccount { given_on: desk.today, evidence: vec![stranger], digest: digest('a') };
    assert_eq!(other.violations(&with), [("evidence[0]".to_owned(), "NOT_ON_FILE")]);
}
