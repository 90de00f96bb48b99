//! Silence, closing and withdrawal.

use crate::fixture::{DOCUMENT, Desk, day, registration};
use complaints_domain::Channel;
use complaints_domain::complaint::{CloseReason, Command, Register, Representative, WithdrawnBy};
use redress_kernel::{Kind, Refusal as _};

fn with(change: impl FnOnce(&mut Register)) -> Command {
    let mut registration = registration("2024-01-02");
    change(&mut registration);
    Command::Register(Box::new(registration))
}

#[test]
fn silence_closes_where_the_procedure_says_so_and_not_a_day_early() {
    let mut desk = Desk::stage_answered("2024-01-24");
    desk.on("2024-02-26");
    assert_eq!(desk.refused(Command::CloseSilent), "WINDOW_OPEN");
    desk.on("2024-02-27");
    assert!(desk.due().contains(&Command::CloseSilent));
    desk.does(Command::CloseSilent);
    assert_eq!(desk.stage(), "CLOSED");
}

#[test]
fn another_reason_to_close_is_given_in_words() {
    // C29
    let desk = Desk::registered("2024-01-02");
    let explanation = desk.refusal(Command::Close { reason: CloseReason::Other, explained: false }).explain();
    assert_eq!((explanation.kind, explanation.violations[0].field.as_str()), (Kind::Invalid, "reason_text"));
}

#[test]
fn only_the_person_or_the_representative_on_record_withdraws() {
    // CMP-04, RTE-09; C26
    let withdraw = |by| Command::Withdraw {
        by,
        withdrawn_on: day("2024-01-02"),
        channel: Channel::Email,
        document: None,
    };
    let mut desk = Desk::registered("2024-01-02");
    let explanation = desk.refusal(withdraw(WithdrawnBy::Representative)).explain();
    assert_eq!((explanation.kind, explanation.reason), (Kind::Forbidden, "NOT_PARTY_TO_WITHDRAW"));
    desk.does(withdraw(WithdrawnBy::Participant));
    assert_eq!(desk.stage(), "WITHDRAWN");

    let mut represented = Desk::jets();
    represented.does(with(|registration| registration.representative = Some(Representative::ElectedMember)));
    represented.does(Command::Withdraw {
        by: WithdrawnBy::Representative,
        withdrawn_on: day("2024-01-02"),
        channel: Channel::Post,
        document: Some(DOCUMENT),
    });
}
