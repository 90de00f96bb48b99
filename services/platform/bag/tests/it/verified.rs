//! What the verifier says of a good bag.

use std::{fs, io::Cursor};

use redress_bag::{
    Plan, Report, Verdict,
    verify::{self, Check},
};
use redress_journal::checkpoint::Signer;

use crate::fixture::{case, case_of_three, keys, packed, plan, routed, routing_signer, signer};

/// Puts a bag into a folder, as an unpacking program would.
pub(crate) fn unpacked(bag: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut archive = redress_bag::tar::read::Archive::new(Cursor::new(bag));
    let mut buffer = vec![0; 1 << 16];
    while let Some(member) = archive.advance().unwrap() {
        let mut bytes = Vec::new();
        archive.content(&member, |piece| bytes.extend_from_slice(piece), &mut buffer).unwrap();
        let path = folder.path().join(&member.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn verdicts(report: &Report, check: Check) -> Vec<Verdict> {
    report.findings.iter().filter(|finding| finding.check == check).map(|finding| finding.verdict).collect()
}

#[test]
fn a_bag_that_is_whole_holds_under_the_keys_one_has() {
    let report = verify::archive(Cursor::new(packed(&plan())), &keys());
    assert!(report.is_proved(), "{}", report.words());
    assert_eq!(report.name, "evidence-c-7k3m-9qxd-300");
    let words = report.words();
    for part in [
        "BagIt 1.0",
        "6 papers are here, 1 are withheld",
        "with the key you gave",
        "All 6 entries lead to the checkpoint",
    ] {
        assert!(words.contains(part), "{words}");
    }
}

#[test]
fn the_same_in_a_folder() {
    let folder = unpacked(&packed(&plan()));
    let report = verify::at(&folder.path().join(plan().name()), &keys());
    assert!(report.is_proved(), "{}", report.words());
}

#[test]
fn without_a_key_it_says_whose_key_is_inside_and_that_it_must_be_compared() {
    let report = verify::archive(Cursor::new(packed(&plan())), &[]);
    assert!(report.is_sound() && !report.is_proved(), "{}", report.words());
    assert_eq!(verdicts(&report, Check::Signature), [Verdict::Open]);
    assert_eq!(verdicts(&report, Check::Journal), [Verdict::Open]);
    let words = report.words();
    assert!(words.contains(&signer().verifier().to_string()) && words.contains("Compare"), "{words}");
}

#[test]
fn another_key_than_the_one_expected_is_refused() {
    let other = Signer::from_seed("redress.example/ice-liaison", &[9; 32]).unwrap();
    let report = verify::archive(Cursor::new(packed(&plan())), &[other.verifier().clone()]);
    assert_eq!(verdicts(&report, Check::Signature), [Verdict::Fails], "{}", report.words());
}

#[test]
fn a_key_for_the_bag_alone_leaves_the_journals_key_to_be_compared() {
    let report = verify::archive(Cursor::new(packed(&plan())), &keys()[..1]);
    assert_eq!(verdicts(&report, Check::Signature), [Verdict::Holds]);
    assert_eq!(verdicts(&report, Check::Journal), [Verdict::Open], "{}", report.words());
    assert!(report.is_sound());
}

#[test]
fn every_journal_holds_under_its_own_checkpoint_and_key() {
    let bag = packed(&Plan::of(&case_of_three(), &signer()).unwrap());
    let all = [keys(), vec![routing_signer().verifier().clone()]].concat();
    let report = verify::archive(Cursor::new(&bag), &all);
    assert!(report.is_proved(), "{}", report.words());
    for part in [
        "All 6 entries lead to the checkpoint of redress.example/complaints",
        "All 1 entries lead to the checkpoint of redress.example/ice-liaison",
        "All 2 entries lead to the checkpoint of redress.example/routing",
        "2 are withheld",
        "9 journal entries",
    ] {
        assert!(report.words().contains(part), "{part}: {}", report.words());
    }
    // Whose key was not given is left to be compared, and no other is.
    let report = verify::archive(Cursor::new(&bag), &keys());
    let journals = [Verdict::Holds, Verdict::Holds, Verdict::Open];
    assert_eq!(verdicts(&report, Check::Journal), journals, "{}", report.words());
}

#[test]
fn a_paper_that_only_routings_journal_tells_of_is_missed() {
    let mut told = case();
    told.extracts.push(routed());
    let bag = packed(&Plan::of(&told, &signer()).unwrap());
    let report = verify::archive(Cursor::new(bag), &[]);
    assert!(!report.is_sound() && report.words().contains("tells of papers/1"), "{}", report.words());
}

#[test]
fn zeros_that_other_programs_add_at_the_end_do_no_harm() {
    let mut bag = packed(&plan());
    bag.resize(bag.len().next_multiple_of(10_240), 0);
    assert!(verify::archive(Cursor::new(bag), &keys()).is_proved());
}
