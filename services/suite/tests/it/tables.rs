//! What is shown, as a person sees it. The snapshots are for reading.

use insta::assert_snapshot;
use redress::{
    client::Names,
    present::{
        complaint, deadline, document, json, letter, list, member, mixed,
        timeline::{self, Depth},
        word,
    },
};
use redress_proto::{
    complaints::v1::{ComplaintRow, Stage, WatchComplaintsResponse},
    routing::v1::{
        Contribution, JointReply, LetterStage, MemberLetterRow, MixedComplaint, MixedComplaintRow, MixedStage,
    },
};

use crate::fixture::{TODAY, case, eight_weeks, on, screen, timeline as entries};

fn names() -> Names {
    Names::default()
        .with("contracts/0190c2f6-7d5e-7000-8000-000000000003", "JETS-1")
        .with("organisations/5c0e0002-0000-4000-8000-000000000002", "Clyde Futures")
}

#[test]
fn a_case_fits_the_narrowest_screen() {
    let shown = complaint::show(screen(80), &case(), &Names::default());
    assert!(shown.lines().all(|line| line.chars().count() <= 80), "{shown}");
    assert_snapshot!("case_80", shown);
}

#[test]
fn a_case_uses_a_wide_screen() {
    let shown = complaint::show(screen(120), &case(), &names());
    assert!(shown.lines().all(|line| line.chars().count() <= 120), "{shown}");
    assert_snapshot!("case_120", shown);
}

#[test]
fn the_outcome_of_a_command_says_what_runs_now() {
    assert_snapshot!("outcome", complaint::outcome(screen(100), &case()));
}

#[test]
fn a_timeline_says_when_what_who_and_why() {
    assert_snapshot!("timeline", timeline::show(screen(100), &entries(), Depth::Told));
    assert_snapshot!("timeline_whole", timeline::show(screen(100), &entries(), Depth::Whole));
}

#[test]
fn a_date_is_derived_day_by_day() {
    assert_snapshot!("deadline", deadline::explained(screen(100), &eight_weeks()));
}

#[test]
fn letters_are_told_apart() {
    assert_snapshot!("letters", letter::list(screen(100), &case().letters));
}

fn row() -> ComplaintRow {
    ComplaintRow {
        name: "complaints/0190c2f6-7d5e-7000-8000-000000000001".to_owned(),
        case_reference: "C-7K3M-9QXD".to_owned(),
        reference: "EXAMPLE-1-CASE".to_owned(),
        stage: Stage::AtStage.into(),
        stage_number: 1,
        received_on: on(2024, 2, 1),
        next_due_kind: "STAGE_RESPONSE".to_owned(),
        next_due_on: on(2024, 2, 22),
        handler: "officer-1".to_owned(),
        ..ComplaintRow::default()
    }
}

#[test]
fn a_list_shows_what_is_late_first() {
    let later = ComplaintRow {
        case_reference: "C-8888-9QXD".to_owned(),
        stage: Stage::FinalResponseIssued.into(),
        next_due_kind: "ICE_WINDOW".to_owned(),
        next_due_on: on(2024, 8, 26),
        ..row()
    };
    let shown = list::show(screen(120), &[row(), later]);
    assert!(shown.lines().all(|line| line.chars().count() <= 120), "{shown}");
    assert_snapshot!("list", shown);
    let narrow = list::show(screen(80), &[row()]);
    assert!(narrow.lines().all(|line| line.chars().count() <= 80), "{narrow}");
    assert_snapshot!("list_80", narrow);
    assert_eq!(list::show(screen(100), &[]), "no complaints");
}

#[test]
fn what_is_routing_s_is_listed_by_the_date_that_comes_next() {
    let mixed_row = MixedComplaintRow {
        name: "mixedComplaints/0190c2f6-7d5e-7000-8000-000000000001".to_owned(),
        stage: MixedStage::ContributionRequested.into(),
        received_on: on(2024, 2, 19),
        next_due_on: on(2024, 2, 27),
        next_due_kind: "JCP_CONTRIBUTION".to_owned(),
        ..MixedComplaintRow::default()
    };
    let letter_row = MemberLetterRow {
        name: "memberLetters/0190c2f6-7d5e-7000-8000-000000000002".to_owned(),
        stage: LetterStage::HoldingSent.into(),
        received_on: on(2024, 2, 1),
        next_due_on: on(2024, 2, 22),
        next_due_kind: "ELECTED_MEMBER_REPLY".to_owned(),
        ..MemberLetterRow::default()
    };
    for width in [80, 120] {
        let shown = [
            mixed::list(screen(width), std::slice::from_ref(&mixed_row)),
            member::list(screen(width), std::slice::from_ref(&letter_row)),
        ];
        assert!(
            shown.iter().flat_map(|it| it.lines()).all(|line| line.chars().count() <= width.into()),
            "{shown:?}"
        );
        assert_snapshot!(format!("routing_{width}"), shown.join("\n\n"));
    }
    assert_eq!(mixed::list(screen(100), &[]), "no mixed complaints");
    assert_eq!(member::list(screen(100), &[]), "no letters");
}

#[test]
fn a_mixed_complaint_shows_what_was_given_and_what_was_agreed() {
    let given = Contribution {
        requested_on: on(2024, 2, 20),
        due_on: on(2024, 2, 27),
        sent_on: on(2024, 2, 28),
        late: true,
        ..Contribution::default()
    };
    let case = MixedComplaint {
        name: "mixedComplaints/0190c2f6-7d5e-7000-8000-000000000001".to_owned(),
        stage: MixedStage::WordingAgreed.into(),
        contributions: vec![given],
        joint_reply: Some(JointReply {
            digest: "9f86d081".to_owned(),
            agreed: true,
            ..JointReply::default()
        }),
        ..MixedComplaint::default()
    };
    assert_snapshot!("mixed", mixed::show(screen(100), &case));
}

#[test]
fn a_change_is_one_line() {
    let change = WatchComplaintsResponse {
        position: 42,
        r#type: "StageResponseIssued".to_owned(),
        complaint: Some(row()),
    };
    assert_snapshot!(
        list::change(screen(100), &change).unwrap(),
        @"      42 C-7K3M-9QXD stage response issued · at stage 1 · stage response due Thu 22 Feb 2024 (overdue by 2 days)"
    );
    let moved_on = WatchComplaintsResponse { position: 43, ..WatchComplaintsResponse::default() };
    assert_eq!(list::change(screen(100), &moved_on), None);
}

#[test]
fn colour_is_for_terminals_only() {
    let plain = complaint::show(screen(100), &case(), &Names::default());
    assert!(!plain.contains('\u{1b}'));
    let coloured = complaint::show(
        redress::present::Screen { width: 100, colour: true, today: TODAY },
        &case(),
        &Names::default(),
    );
    assert!(coloured.contains('\u{1b}'));
}

#[test]
fn words_are_words() {
    for (name, words) in [
        ("STAGE_RESPONSE", "stage response"),
        ("ComplaintRegistered", "complaint registered"),
        ("ICE_WINDOW", "ICE window"),
        ("call-complainant", "call complainant"),
        ("", ""),
    ] {
        assert_eq!(word::of(name), words);
    }
    assert_eq!(word::of_value("STAGE_WITH_ICE", "STAGE_"), "with ICE");
    assert_eq!(word::of_value("STAGE_UNSPECIFIED", "STAGE_"), "");
}

#[test]
fn sizes_are_readable() {
    for (bytes, words) in [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (2_449_999, "2.4 MB"),
        (3_100_000_000, "3.1 GB"),
    ] {
        assert_eq!(document::size(bytes), words);
    }
}

#[test]
fn json_is_the_canonical_form_and_reads_back() {
    let value = json::of(&case()).unwrap();
    assert_eq!(value["caseReference"], "C-7K3M-9QXD");
    assert_eq!(value["stage"], "STAGE_AT_STAGE");
    assert_eq!(value["receivedOn"]["month"], 1);
    assert_eq!(json::read::<redress_proto::complaints::v1::Complaint>(&value.to_string()).unwrap(), case());
    let wrong = json::read::<redress_proto::complaints::v1::Procedure>(r#"{"titel": "x"}"#).unwrap_err();
    assert!(wrong.to_string().contains("titel"), "{wrong}");
}
