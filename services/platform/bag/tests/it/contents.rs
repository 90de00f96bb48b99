//! What is in a bag, and that it is always the same.

use std::{collections::BTreeMap, fs, io, io::Read, path::Path};

use redress_bag::{
    Plan,
    case::{Case, Disposition, Reason},
    pack::{Part, WriteFault},
    plan::PlanFault,
    verify, write,
};

use redress_kernel::Digest;

use crate::fixture::{case, case_of_three, documents, keys, packed, plan, signer, withheld};

#[test]
fn the_same_case_is_the_same_bytes_on_every_machine() {
    for (name, case) in [("evidence.tar", case()), ("evidence-of-three.tar", case_of_three())] {
        let bag = packed(&Plan::of(&case, &signer()).unwrap());
        assert_eq!(bag, packed(&Plan::of(&case, &signer()).unwrap()));
        is_kept(name, &bag);
    }
}

/// The Python tests read the kept ones; when a bag is meant to change, the new one takes its place.
fn is_kept(name: &str, bag: &[u8]) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if fs::read(&kept).unwrap_or_default() != bag {
        let new = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&new, bag).unwrap();
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

/// As many zeros as there are, without any being held.
struct Zeros(u64);

impl Read for Zeros {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(usize::try_from(self.0).unwrap());
        buffer[..count].fill(0);
        self.0 -= count as u64;
        Ok(count)
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_gigabyte_passes_in_the_memory_of_a_page() {
    const SIZE: u64 = 1 << 30;
    let memory = || {
        let status = fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<u64>().unwrap()
    };
    let mut large = case();
    large.documents[0].size = SIZE;
    // SHA-256 of 2^30 zeros.
    large.documents[0].digest =
        Digest::parse("49bc20df15e412a64472421e13fe86ff1c5165e18b2afccf160d4dc19fe68a14").unwrap();
    let plan = Plan::of(&large, &signer()).unwrap();
    let at_rest = memory();
    let mut sent = 0;
    let mut counting = Counting(&mut sent);
    let documents = documents();
    let open = |id: &str| -> io::Result<Box<dyn Read>> {
        Ok(if id == "documents/1" {
            Box::new(Zeros(SIZE))
        } else {
            Box::new(io::Cursor::new(documents[id].clone()))
        })
    };
    write(&plan, &mut counting, open).unwrap();
    assert_eq!(sent, plan.length());
    let above = memory().saturating_sub(at_rest);
    assert!(above < 64 * 1024, "{above} kB above rest");
}

/// Counts what is written, and keeps nothing.
struct Counting<'a>(&'a mut u64);

impl io::Write for Counting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        *self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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
