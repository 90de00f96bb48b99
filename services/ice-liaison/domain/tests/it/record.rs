//! What the feed teaches: total, in any number of readings, and never more than was published.

use ice_liaison_domain::{
    paper::{Paper, Standing},
    record::{ComplaintStanding, Learned, StepDone},
};
use jiff::civil::Date;

use crate::fixture::{DOCUMENT, answered, day, digest, jets, response, step};

fn done(stage: u8, id: &str, on: &str, run: u8) -> Learned {
    Learned::Step(StepDone { step: step(stage, id), on: day(on), run })
}

#[test]
fn an_entry_read_twice_changes_nothing_the_second_time() {
    // L18
    let once = answered(jets(), "2024-01-02", "2024-02-01", false);
    for learned in [
        response(1, "2024-02-01", false),
        done(1, "call", "2024-02-01", 1),
        Learned::Received(day("2024-01-05")),
        Learned::Document(Paper {
            paper: DOCUMENT,
            digest: digest('d'),
            on: day("2024-02-01"),
            standing: Standing::OnFile,
        }),
    ] {
        let mut twice = once.clone();
        twice.learn(learned);
        assert_eq!(twice, once);
    }
}

#[test]
fn reopened_steps_are_open_until_they_are_done_again() {
    // CMP-14
    let mut record = answered(jets(), "2024-01-02", "2024-02-01", false);
    let on: Option<Date> = Some(day("2024-02-01"));
    assert_eq!(record.done_on(&step(1, "call")), on);
    record.learn(Learned::Reopened(2, vec![step(1, "call")]));
    assert_eq!((record.done_on(&step(1, "call")), record.done_on(&step(2, "senior-review"))), (None, on));
    record.learn(done(1, "call", "2024-03-11", 2));
    assert_eq!(record.done_on(&step(1, "call")), Some(day("2024-03-11")));
}

#[test]
fn the_final_response_that_counts_is_the_latest_run_that_was_out_by_then() {
    // Q7
    let mut record = answered(jets(), "2024-01-02", "2024-02-01", false);
    record.learn(response(2, "2024-04-10", true));
    assert_eq!(record.final_response_by(day("2024-04-09")).unwrap().run, 1);
    assert_eq!(record.final_response_by(day("2024-04-10")).unwrap().run, 2);
    assert!(record.final_response_by(day("2024-01-31")).is_none());
}

#[test]
fn a_paper_keeps_its_place_and_takes_its_new_standing() {
    let mut record = answered(jets(), "2024-01-02", "2024-02-01", false);
    let paper = Paper { standing: Standing::Quarantined, ..record.papers[0].clone() };
    record.learn(Learned::Document(paper.clone()));
    assert_eq!((record.papers.len(), &record.papers[0]), (2, &paper));
}

#[test]
fn of_papers_that_were_destroyed_only_their_digests_are_left() {
    // I16, RET-14
    let mut record = answered(jets(), "2024-01-02", "2024-02-01", false);
    let digests: Vec<_> = record.papers.iter().map(|paper| paper.digest.clone()).collect();
    record.learn(Learned::Destroyed);
    assert!(!record.papers.is_empty());
    assert!(record.papers.iter().all(|paper| paper.standing == Standing::Destroyed));
    assert_eq!(record.papers.iter().map(|paper| paper.digest.clone()).collect::<Vec<_>>(), digests);
}

#[test]
fn the_record_tells_whether_the_complaint_took_what_ice_did() {
    let mut record = answered(jets(), "2024-01-02", "2024-02-01", false);
    assert_eq!(record.standing(), ComplaintStanding::WithProvider);
    for (learned, standing) in [
        (Learned::WithIce, ComplaintStanding::WithIce),
        (Learned::Reopened(2, vec![step(1, "call")]), ComplaintStanding::Reopened),
        (done(1, "call", "2024-03-11", 2), ComplaintStanding::WithIce),
        (Learned::Returned, ComplaintStanding::WithProvider),
        (Learned::WithIce, ComplaintStanding::WithIce),
        (Learned::Ended(day("2024-03-12")), ComplaintStanding::Ended),
    ] {
        record.learn(learned);
        assert_eq!(record.standing(), standing);
    }
}
