//! Whatever is changed is found, and named.

use std::{fs, io::Cursor};

use redress_bag::{
    Plan, Statement, Verdict,
    case::Reason,
    plan::{Content, Member},
    verify::{self, Check},
};

use crate::{
    fixture::{case, documents, keys, packed, plan, signer, withheld},
    verified::unpacked,
};

fn words(bag: &[u8]) -> String {
    let report = verify::archive(Cursor::new(bag), &keys());
    assert!(!report.is_sound(), "{}", report.words());
    report.words()
}

#[test]
fn every_single_bit_of_the_archive_counts() {
    let bag = packed(&plan());
    // A prime step, so that every place within a block is tried.
    let step = (bag.len() / 400) | 1;
    for (number, at) in (0..bag.len()).step_by(step).enumerate() {
        let mut tampered = bag.clone();
        tampered[at] ^= 1 << (number % 8);
        words(&tampered);
    }
}

#[test]
fn a_bit_in_a_file_names_the_file() {
    let plan = plan();
    let bag = packed(&plan);
    let mut at = 0;
    let mut buffer = vec![0; 1 << 16];
    let mut archive = redress_bag::tar::read::Archive::new(Cursor::new(&bag));
    while let Some(member) = archive.advance().unwrap() {
        let begins = at + 512;
        archive.content(&member, |_| {}, &mut buffer).unwrap();
        let size = usize::try_from(member.size).unwrap();
        at = begins + size.next_multiple_of(512);
        let mut tampered = bag.clone();
        tampered[begins + size / 2] ^= 1;
        let words = words(&tampered);
        let path = member.path.split_once('/').unwrap().1;
        assert!(words.contains(path), "{path}: {words}");
    }
    assert!(at > 10_000);
}

#[test]
fn every_file_of_a_folder_counts() {
    let whole = plan();
    for member in whole.members() {
        let folder = unpacked(&packed(&whole));
        let root = folder.path().join(whole.name());
        let path = root.join(&member.path);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x10;
        fs::write(&path, bytes).unwrap();
        let report = verify::at(&root, &keys());
        assert!(
            !report.is_sound() && report.words().contains(&member.path),
            "{}: {}",
            member.path,
            report.words()
        );

        fs::remove_file(&path).unwrap();
        let report = verify::at(&root, &keys());
        assert!(
            !report.is_sound() && report.words().contains(&member.path),
            "{}: {}",
            member.path,
            report.words()
        );
    }
}

#[test]
fn what_is_added_is_named() {
    let folder = unpacked(&packed(&plan()));
    let root = folder.path().join(plan().name());
    for extra in ["data/documents/0009-new.pdf", "fetch.txt", "extra/readme"] {
        let path = root.join(extra);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "more").unwrap();
        let report = verify::at(&root, &keys());
        assert!(!report.is_sound() && report.words().contains(extra), "{extra}: {}", report.words());
        fs::remove_file(path).unwrap();
    }
}

/// A bag whose sender lies: signed and in good order, but its statement is another's.
fn lying(lie: impl FnOnce(&mut Statement)) -> String {
    let plan = plan();
    let folder = unpacked(&packed(&plan));
    let root = folder.path().join(plan.name());
    let mut statement = plan.statement().clone();
    lie(&mut statement);
    fs::write(root.join("data/completeness.json"), serde_json::to_vec(&statement).unwrap()).unwrap();
    resign(&root);
    let report = verify::at(&root, &keys());
    let of = |check: Check| report.findings.iter().filter(move |finding| finding.check == check);
    assert!(
        of(Check::Fixity).chain(of(Check::Signature)).all(|finding| finding.verdict == Verdict::Holds),
        "{}",
        report.words()
    );
    assert!(!report.is_sound(), "{}", report.words());
    report.words()
}

/// Makes manifests and signature anew over what lies in the folder.
fn resign(root: &std::path::Path) {
    let digest = |path: &str| crate::fixture::digest(&fs::read(root.join(path)).unwrap()).as_str().to_owned();
    let (mut octets, mut manifest, mut paths) = (0, String::new(), Vec::new());
    for member in plan().members().iter().filter(|member| member.path.starts_with("data/")) {
        paths.push(member.path.clone());
    }
    paths.sort();
    for path in &paths {
        octets += fs::metadata(root.join(path)).unwrap().len();
        manifest += &[&digest(path), "  ", path, "\n"].concat();
    }
    fs::write(root.join("manifest-sha256.txt"), manifest).unwrap();
    let information = fs::read_to_string(root.join("bag-info.txt")).unwrap();
    let kept: String = information
        .lines()
        .filter(|line| !line.starts_with("Payload-Oxum"))
        .flat_map(|line| [line, "\n"])
        .collect();
    fs::write(root.join("bag-info.txt"), format!("{kept}Payload-Oxum: {octets}.{}\n", paths.len())).unwrap();
    let tags: String = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
        .iter()
        .map(|path| [&digest(path), "  ", path, "\n"].concat())
        .collect();
    fs::write(root.join("tagmanifest-sha256.txt"), tags).unwrap();
    let body = format!(
        "redress-evidence-bag-1\n{}\ntagmanifest-sha256.txt {}\n{}\n",
        plan().name(),
        digest("tagmanifest-sha256.txt"),
        signer().verifier()
    );
    fs::write(root.join("signature.txt"), redress_journal::checkpoint::sign_note(&body, &signer())).unwrap();
}

#[test]
fn a_statement_that_is_not_true_is_found_out() {
    let unlisted = lying(|statement| statement.items.retain(|item| item.id != "documents/1"));
    assert!(
        unlisted.contains(
            "data/documents/0001-brief-von-sin.txt is in the bag and the statement does not list it"
        ),
        "{unlisted}"
    );
    // One that is left out altogether, file and line, is still told of by the journal.
    let hidden = lying(|statement| statement.items.retain(|item| item.id != "documents/3"));
    assert!(hidden.contains("The journal tells of documents/3, and the statement says nothing"), "{hidden}");
    let empty = lying(|statement| statement.items[0].files.clear());
    assert!(empty.contains("complaint is stated to be included and has no file"), "{empty}");
    let nobody = lying(|statement| {
        for item in &mut statement.items {
            if let Some(withheld) = &mut item.withheld {
                withheld.authority.clear();
            }
        }
    });
    assert!(nobody.contains("documents/3 is withheld and nobody is named"), "{nobody}");
    let size = lying(|statement| statement.items[0].files[0].size += 1);
    assert!(size.contains("is not the file that the statement speaks of"), "{size}");
    let fewer = lying(|statement| drop(statement.journals[0].entries.pop()));
    assert!(fewer.contains("lists other entries"), "{fewer}");
    let checkpoint = lying(|statement| statement.journals[0].size += 1);
    assert!(checkpoint.contains("another checkpoint"), "{checkpoint}");
    let none = lying(|statement| statement.journals.clear());
    assert!(none.contains("No journal is in the bag"), "{none}");
}

#[test]
fn an_entry_that_was_never_in_the_journal_is_found_out_though_the_sender_signed() {
    let mut forged = case();
    let mut entry = forged.extracts[0].entries[2].entry.clone();
    entry.bytes.extend_from_slice(b"\x72\x06CMP-99");
    forged.extracts[0].entries[2].entry =
        redress_journal::Entry::parse(entry.position, entry.bytes, String::new()).unwrap();
    let words = words(&packed(&Plan::of(&forged, &signer()).unwrap()));
    assert!(words.contains("the entry at position 150") && words.contains("not in the log"), "{words}");
}

#[test]
fn an_entry_that_is_left_out_from_between_shows() {
    let mut shortened = case();
    shortened.extracts[0].entries.remove(1);
    let words = words(&packed(&Plan::of(&shortened, &signer()).unwrap()));
    assert!(words.contains("between its versions 1 and 3 are missing"), "{words}");
}

#[test]
fn a_checkpoint_of_another_key_is_found_out() {
    let mut forged = case();
    let checkpoint = redress_journal::checkpoint::Checkpoint::open(
        &forged.extracts[0].checkpoint,
        &forged.extracts[0].key,
    )
    .unwrap();
    let other =
        redress_journal::checkpoint::Signer::from_seed("redress.example/complaints", &[9; 32]).unwrap();
    forged.extracts[0].checkpoint = checkpoint.sign(&other);
    let words = words(&packed(&Plan::of(&forged, &signer()).unwrap()));
    assert!(words.contains("checkpoint is not accepted"), "{words}");
}

#[test]
fn a_signature_of_another_bag_does_not_fit() {
    let mut other = case();
    other.documents[0].content = withheld(Reason::LegalPrivilege, "A. Counsel");
    let other = Plan::of(&other, &signer()).unwrap();
    let stolen = other.members().iter().find(|member| member.path == "signature.txt").unwrap();
    let Member { content: Content::Held(bytes), .. } = stolen else { panic!("it is held") };
    let folder = unpacked(&packed(&plan()));
    let root = folder.path().join(plan().name());
    fs::write(root.join("signature.txt"), bytes).unwrap();
    let report = verify::at(&root, &keys());
    assert!(report.words().contains("made over other manifests"), "{}", report.words());
    assert!(documents().len() == 3);
}
