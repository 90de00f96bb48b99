//! What is in a bag, and that it is always the same.

use std::{collections::BTreeMap, fs, io, io::Read, path::Path};

use redress_bag::{
    Plan,
    case::{Case, Disposition, Reason},
    pack::{Part, WriteFault},
    plan::PlanFault,
    verify, write,
};

use crate::fixture::{case, documents, keys, packed, plan, signer, withheld};

#[test]
fn the_same_case_is_the_same_bytes_on_every_machine() {
    let bag = packed(&plan());
    assert_eq!(bag, packed(&Plan::of(&case(), &signer()).unwrap()));
    // The Python tests read the kept one; when a bag is meant to change, the new one takes its place.
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/evidence.tar");
    if fs::read(&kept).unwrap_or_default() != bag {
        let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join("evidence.tar");
        fs::write(&new, &bag).unwrap();
        panic!(
            "the bag is not the one that is kept; if that is meant: cp {} {}",
            new.display(),
            kept.display()
        );
    }
}

#[test]
fn the_plan_knows_the_bag_before_it_is_made() {
    let plan = plan();
    let bag = packed(&plan);
    assert_eq!(bag.len() as u64, plan.length());
    assert_eq!(plan.name(), "evidence-c-7k3m-9qxd-300");
    let tag_manifest = plan.members().iter().find(|member| member.path == "tagmanifest-sha256.txt").unwrap();
    assert_eq!(tag_manifest.sha256, plan.digest().as_str());
}

#[test]
fn whatever_differs_gives_another_digest() {
    let digest = |change: fn(&mut Case)| {
        let mut case = case();
        change(&mut case);
        Plan::of(&case, &signer()).unwrap().digest().as_str().to_owned()
    };
    let changes: [fn(&mut Case); 6] = [
        |_| {},
        |case| case.documents[0].content = withheld(Reason::LegalPrivilege, "A. Counsel"),
        |case| case.documents[1].size += 1,
        |case| case.extracts[0].entries.truncate(1),
        |case| case.passages[0].text.push('.'),
        |case| case.letters.truncate(1),
    ];
    let digests: std::collections::BTreeSet<String> = changes.into_iter().map(digest).collect();
    assert_eq!(digests.len(), changes.len());
}

#[test]
fn everything_is_listed_as_included_or_withheld() {
    let plan = plan();
    let statement = plan.statement();
    assert_eq!(statement.counts(), (6, 1));
    assert_eq!(statement.entries(), 6);
    let privileged = statement.items.iter().find(|item| item.id == "documents/3").unwrap();
    let withheld = privileged.withheld.as_ref().unwrap();
    assert_eq!(withheld.reason, Reason::LegalPrivilege);
    assert_eq!(withheld.authority, "A. Counsel, advice of 30 January 2024");
    // What it is called could tell what it says.
    let bag = packed(&plan);
    assert!(!bag.windows(9).any(|bytes| bytes == b"liability"));
}

#[test]
fn a_document_that_is_not_what_it_was_stops_the_bag() {
    for change in [
        (|bytes: &mut Vec<u8>| bytes.push(b'!')) as fn(&mut Vec<u8>),
        |bytes| bytes.truncate(bytes.len() - 1),
        |bytes| bytes[0] ^= 1,
        Vec::clear,
    ] {
        let mut documents = documents();
        change(documents.get_mut("documents/1").unwrap());
        let mut bag = Vec::new();
        let fault = write(&plan(), &mut bag, |id| Ok(io::Cursor::new(documents[id].clone()))).unwrap_err();
        assert!(matches!(fault, WriteFault::Changed { id } if id == "documents/1"));
        let report = verify::archive(io::Cursor::new(bag), &keys());
        assert!(!report.is_sound(), "what was sent must be no bag: {}", report.words());
    }
}

#[test]
fn nothing_is_withheld_on_nobodys_word_or_listed_twice() {
    let mut nobody = case();
    nobody.letters[0].content = withheld(Reason::LegalPrivilege, " ");
    assert_eq!(
        Plan::of(&nobody, &signer()).unwrap_err(),
        PlanFault::NoAuthority { id: "letters/1".to_owned() }
    );
    let mut twice = case();
    twice.documents[1].id = "documents/1".to_owned();
    assert_eq!(Plan::of(&twice, &signer()).unwrap_err(), PlanFault::Twice { id: "documents/1".to_owned() });
    let mut unproved = case();
    unproved.extracts.clear();
    assert_eq!(Plan::of(&unproved, &signer()).unwrap_err(), PlanFault::NoEntries);
}

#[test]
fn manifests_come_last_and_documents_just_before_them() {
    let plan = plan();
    let paths: Vec<&str> = plan.members().iter().map(|member| member.path.as_str()).collect();
    let tail = ["manifest-sha256.txt", "tagmanifest-sha256.txt", "signature.txt"];
    assert!(paths.ends_with(&tail), "{paths:?}");
    assert!(paths[paths.len() - 4].starts_with("data/documents/"), "{paths:?}");
    assert_eq!(paths[..3], ["bagit.txt", "bag-info.txt", "data/index.html"]);
}

#[test]
fn a_very_large_document_is_planned_without_being_there() {
    let mut large = case();
    large.documents[0].size = 20 << 30;
    let plan = Plan::of(&large, &signer()).unwrap();
    assert!(plan.length() > 20 << 30);
    let held: usize = plan
        .parts()
        .map(|part| match part {
            Part::Bytes(bytes) => bytes.len(),
            Part::Document { .. } => 0,
        })
        .sum();
    assert!(held < 1 << 20, "{held} bytes are held");
}

#[test]
fn documents_are_read_one_piece_after_another() {
    struct Watched<'a>(io::Cursor<Vec<u8>>, &'a std::cell::Cell<usize>);
    impl Read for Watched<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.1.set(self.1.get().max(buffer.len()));
            self.0.read(buffer)
        }
    }
    let largest = std::cell::Cell::new(0);
    let documents: BTreeMap<String, Vec<u8>> = documents();
    write(&plan(), &mut io::sink(), |id| Ok(Watched(io::Cursor::new(documents[id].clone()), &largest)))
        .unwrap();
    assert!((1..=1 << 20).contains(&largest.get()), "{largest:?}");
}

#[test]
fn included_is_not_withheld() {
    assert!(Disposition::Included(()).withheld().is_none());
    assert!(withheld::<()>(Reason::Destroyed, "certificates/1").included().is_none());
}
