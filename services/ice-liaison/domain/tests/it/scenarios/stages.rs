//! ICE's own sequence (ICE-06 to ICE-09, ICE-15, ICE-25, ICE-31; A0 7.05, J0 7.05, 7.19).

use ice_liaison_domain::{
    PaperRef,
    examination::{Command, Move, Outcome, clock},
    paper::{Ground, Included, Paper, Standing, Withheld},
    record::Learned,
};
use redress_policy::ClockKind;

use crate::fixture::{DOCUMENT, Desk, RESPONSE, advance, agree, calendars, day, digest, report, send_all};

#[test]
fn a_stage_is_left_out_only_with_ices_reason() {
    // I8
    let mut desk = Desk::resolution();
    let skip = advance(Move::BeginInvestigation, desk.today, false);
    assert_eq!(desk.refuses(&skip), "STAGE_OUT_OF_ORDER");
    desk.does(advance(Move::BeginInvestigation, desk.today, true));
    assert_eq!(desk.stage(), "INVESTIGATION");
    assert!(desk.state.case().unwrap().file.history.last().unwrap().out_of_order);
    assert_eq!(desk.refuses(&advance(Move::Allocate, desk.today, true)), "STAGE_OUT_OF_ORDER");
}

#[test]
fn an_agreement_takes_both_sides_and_comes_before_the_report() {
    // I23
    let desk = Desk::settlement();
    let one = Command::Agree { person_agreed_on: Some(desk.today), provider_agreed_on: None };
    assert_eq!(desk.refuses(&one), "BOTH_PARTIES_REQUIRED");
    let reported = Desk::reported(Outcome::Upheld, 0);
    assert_eq!(reported.refuses(&agree(reported.today)), "STAGE_OUT_OF_ORDER");
}

#[test]
fn every_paper_is_included_or_withheld() {
    // ICE-07, I14
    let desk = Desk::evidence_requested();
    let some = |included: &[PaperRef], withheld: &[PaperRef]| Command::SendEvidence {
        sent_on: desk.today,
        after_noon: false,
        included: included.iter().map(|paper| Included { paper: *paper, digest: None }).collect(),
        withheld: withheld
            .iter()
            .map(|paper| Withheld {
                paper: *paper,
                ground: Ground::LegalPrivilege,
                authority: "LEGAL-1".to_owned(),
            })
            .collect(),
    };
    assert_eq!(desk.refuses(&some(&[DOCUMENT], &[])), "BUNDLE_INCOMPLETE");
    assert_eq!(desk.violations(&some(&[DOCUMENT], &[DOCUMENT])), [("withheld[0]".to_owned(), "DUPLICATE")]);
    let mut whole = desk.clone();
    whole.does(some(&[DOCUMENT], &[RESPONSE]));
    assert_eq!(whole.stage(), "AWAITING_INVESTIGATOR");
    // What went is pinned at its digest.
    let evidence = whole.state.case().unwrap().file.evidence.clone().unwrap();
    assert_eq!(evidence.included[0].digest, Some(digest('d')));
}

#[test]
fn a_paper_that_changed_since_it_was_read_is_refused() {
    // I17
    let desk = Desk::evidence_requested();
    let read = |of| Included { paper: DOCUMENT, digest: Some(digest(of)) };
    let other = Included { paper: RESPONSE, digest: None };
    let send = |first| Command::SendEvidence {
        sent_on: desk.today,
        after_noon: false,
        included: vec![first, other.clone()],
        withheld: Vec::new(),
    };
    assert_eq!(desk.violations(&send(read('0'))), [("included[0].sha256".to_owned(), "DIGEST_MISMATCH")]);
    assert!(desk.clone().asks(&send(read('d'))).is_ok());
}

#[test]
fn what_cannot_leave_the_file_is_not_sent() {
    // I16
    for (standing, reason) in
        [(Standing::Quarantined, "ITEM_QUARANTINED"), (Standing::Destroyed, "ITEM_DESTROYED")]
    {
        let mut desk = Desk::evidence_requested();
        let paper = Paper { paper: DOCUMENT, digest: digest('d'), on: day("2024-02-01"), standing };
        desk.record.learn(Learned::Document(paper));
        assert_eq!(desk.refuses(&send_all(desk.today)), reason);
    }
}

#[test]
fn the_provider_gives_its_account_at_every_stage() {
    // ICE-15, J0 7.19
    for mut desk in [Desk::at_gateway(), Desk::resolution(), Desk::settlement(), Desk::investigation()] {
        let stage = desk.state.stage_name();
        desk.does(Command::SubmitAccount {
            given_on: desk.today,
            evidence: vec![DOCUMENT],
            digest: digest('a'),
        });
        let account = desk.state.case().unwrap().file.accounts[0].clone();
        assert_eq!((account.stage, account.evidence), (stage, vec![DOCUMENT]));
    }
}

#[test]
fn the_person_withdraws_at_any_stage_before_the_report() {
    // ICE-25
    for mut desk in [
        Desk::referred(),
        Desk::at_gateway(),
        Desk::accepted(),
        Desk::awaiting(),
        Desk::settlement(),
        Desk::investigation(),
    ] {
        desk.does(Command::Withdraw { withdrawn_on: desk.today });
        assert_eq!(desk.stage(), "WITHDRAWN");
    }
    let reported = Desk::reported(Outcome::Upheld, 0);
    assert_eq!(reported.refuses(&Command::Withdraw { withdrawn_on: reported.today }), "STAGE_REFUSES");
}

#[test]
fn a_case_waits_for_an_investigator_and_nothing_counts_the_wait() {
    // ICE-26, ICE-08, ICE-31: settlement and report are counted from the allocation, eleven months on.
    let mut desk = Desk::awaiting().on("2025-02-03");
    let standards = |desk: &Desk| {
        let all = clock::standards(&desk.state, desk.pack, calendars(), desk.today).unwrap();
        all.iter().map(|standard| (standard.deadline.kind, standard.deadline.due_on)).collect::<Vec<_>>()
    };
    let before = standards(&desk);
    assert_eq!(
        before.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(),
        [ClockKind::IceContact, ClockKind::IceResolution]
    );
    let allocate = advance(Move::Allocate, desk.today, false);
    assert_eq!(desk.cites(&allocate), ["ICE-08"]);
    desk.does(allocate);
    assert_eq!(
        standards(&desk)[before.len()..],
        [(ClockKind::IceSettlement, day("2025-05-19")), (ClockKind::IceReport, day("2025-06-23")),]
    );
}

#[test]
fn ices_own_standards_are_told_and_bind_nobody_else() {
    // ICE-31: ten working days, 8 weeks from acceptance, 15 and 20 from allocation.
    let desk = Desk::settlement().on("2024-08-01");
    let standards = clock::standards(&desk.state, desk.pack, calendars(), desk.today).unwrap();
    let told: Vec<_> = standards
        .iter()
        .map(|standard| (standard.deadline.kind, standard.deadline.due_on, standard.missed))
        .collect();
    assert_eq!(
        told,
        [
            (ClockKind::IceContact, day("2024-03-18"), false),
            (ClockKind::IceResolution, day("2024-04-29"), false),
            (ClockKind::IceSettlement, day("2024-06-17"), true),
            (ClockKind::IceReport, day("2024-07-22"), true),
        ]
    );
    let mut late = desk.clone();
    late.does(advance(Move::BeginInvestigation, late.today, false));
    late.does(report(late.today, Outcome::NotUpheld, 0));
    let standards = clock::standards(&late.state, late.pack, calendars(), late.today).unwrap();
    assert_eq!(standards.last().unwrap().met_on, Some(late.today));
}

#[test]
fn a_case_that_left_the_brokering_another_way_is_not_late_in_it() {
    // ICE-31, I8: straight to an investigator, with ICE's reason.
    let mut desk = Desk::resolution();
    desk.does(advance(Move::Allocate, desk.today, true));
    let desk = desk.on("2024-08-01");
    let standards = clock::standards(&desk.state, desk.pack, calendars(), desk.today).unwrap();
    let resolution = standards.iter().find(|one| one.deadline.kind == ClockKind::IceResolution).unwrap();
    assert!(!resolution.missed, "{resolution:?}");
}
