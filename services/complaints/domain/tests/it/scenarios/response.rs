//! Answering for good: what a final response says, and that it never changes.

use crate::fixture::{Desk, SAYS_ALL, day, digest, issue, letter};
use complaints_domain::Channel;
use complaints_domain::complaint::letter::Signpost;
use complaints_domain::complaint::{Command, LetterFacts, LetterStanding};
use redress_kernel::Refusal as _;
use redress_policy::ClockKind;

#[test]
fn the_final_response_carries_the_signposting_text_in_force() {
    // CMP-07, A0 7.04, J0 7.04; CMP-31; C17
    let mut desk = Desk::exhausted("2024-01-02");
    let command = || Command::IssueFinalResponse(issue(2, day("2024-01-02")));
    desk.letter = LetterFacts { signposting: Signpost::Missing { version: 1 }, ..SAYS_ALL };
    assert_eq!(desk.refused(command()), "SIGNPOST_MISSING");
    desk.letter = LetterFacts { signposting: Signpost::NotLookedFor, ..SAYS_ALL };
    assert_eq!(desk.refused(command()), "SIGNPOST_MISSING", "what nobody looked for is not there");
    desk.letter = LetterFacts { signposting: Signpost::OutOfDate { version: 2, found: 1 }, ..SAYS_ALL };
    let explanation = desk.refusal(command()).explain();
    assert_eq!(explanation.reason, "SIGNPOST_OUT_OF_DATE");
    assert!(explanation.citations.iter().any(|citation| citation.rule == "CMP-31"));
    desk.letter = SAYS_ALL;
    desk.does(command());
    let on_file = desk.file().letter(letter(2)).unwrap();
    assert!(matches!(on_file.standing, LetterStanding::Issued { signposting_version: Some(1), .. }));
}

#[test]
fn the_final_response_goes_out_by_its_three_rules() {
    // CMP-05, CMP-07, CMP-09
    let desk = Desk::exhausted("2024-01-02");
    let cited = desk.cites(Command::IssueFinalResponse(issue(2, desk.today)));
    assert_eq!(cited, ["CMP-05", "CMP-07", "CMP-09"]);
}

#[test]
fn the_final_response_advises_of_the_six_months() {
    // CMP-09, J0 7.15; C19
    let mut desk = Desk::exhausted("2024-01-02");
    desk.letter = LetterFacts { window_advised: false, ..SAYS_ALL };
    assert_eq!(desk.refused(Command::IssueFinalResponse(issue(2, desk.today))), "ICE_WINDOW_NOTICE_MISSING");
}

#[test]
fn a_final_response_never_changes() {
    // C23; CMP-07: one final response a run; a mistake is mended by a letter that refers to it
    let mut desk = Desk::finished("2024-01-02");
    let explanation = desk.refusal(Command::IssueFinalResponse(issue(3, desk.today))).explain();
    assert_eq!(explanation.reason, "IMMUTABLE");
    assert!(explanation.metadata.contains(&("letter", letter(2).name())));
    let correction = |corrects| Command::IssueCorrection {
        letter: letter(3),
        corrects,
        digest: digest('b'),
        issued_on: day("2024-01-02"),
        channel: Channel::Post,
    };
    assert_eq!(desk.refused(correction(letter(9))), "NOT_FOUND");
    let window = desk.clock(ClockKind::IceWindow, 1);
    desk.does(correction(letter(2)));
    assert_eq!(desk.clock(ClockKind::IceWindow, 1), window, "a correction moves no date");
    assert_eq!(desk.refused(correction(letter(2))), "ALREADY_THERE", "one letter, one id");
}

#[test]
fn the_last_stage_is_answered_for_good() {
    // CMP-07
    let desk = Desk::exhausted("2024-01-02");
    assert_eq!(desk.refused(Command::IssueStageResponse(issue(2, desk.today))), "FINAL_RESPONSE_DUE");
}
