//! `redress verify`: what was exported is what was signed.

use std::{
    fs,
    path::{Path, PathBuf},
};

use prost::Message as _;
use redress::{client::Failure, present::json, serve::verify};
use redress_journal::{
    checkpoint::{Checkpoint, Signer, VerifierKey},
    merkle::{Hash, Plan, Tiles, plan},
};
use redress_proto::journal::v1::{Checkpoint as Signed, Entry, EntryContent, GetInclusionProofResponse};
use tempfile::TempDir;

const ORIGIN: &str = "redress.example/complaints";

struct Log {
    folder: TempDir,
    signer: Signer,
    entries: Vec<Entry>,
    tiles: Tiles,
}

fn log(count: i64) -> Log {
    let entries: Vec<Entry> = (1..=count)
        .map(|position| {
            let content = EntryContent {
                entry_id: format!("0190c2f6-7d5e-7000-8000-{position:012}"),
                stream_kind: "complaints".to_owned(),
                r#type: "redress.complaints.v1.ComplaintRegistered".to_owned(),
                version: 1,
                ..EntryContent::default()
            };
            Entry { position, content: content.encode_to_vec().into(), traceparent: String::new() }
        })
        .collect();
    let leaves: Vec<Hash> = entries.iter().map(|entry| Hash::leaf(&entry.content)).collect();
    let mut tiles = Tiles::new();
    tiles.append(0, &leaves).unwrap();
    let signer = Signer::from_seed(ORIGIN, &[7; 32]).unwrap();
    Log { folder: TempDir::new().unwrap(), signer, entries, tiles }
}

impl Log {
    fn key(&self) -> VerifierKey {
        self.signer.verifier().clone()
    }

    fn head(&self, size: u64) -> Checkpoint {
        Checkpoint { origin: ORIGIN.to_owned(), size, root: plan::root(&self.tiles, size).unwrap() }
    }

    fn signed(&self, size: u64) -> Signed {
        Signed { note: self.head(size).sign(&self.signer), ..Signed::default() }
    }

    fn export(&self, size: u64) -> PathBuf {
        let mut lines = vec![json::of(&self.signed(size)).unwrap().to_string()];
        lines.extend(self.entries.iter().map(|entry| json::of(entry).unwrap().to_string()));
        self.write(&lines.join("\n"))
    }

    fn proof(&self, position: u64) -> PathBuf {
        let size = self.entries.len() as u64;
        let hashes = Plan::inclusion(position - 1, size).unwrap().gather(&self.tiles).unwrap();
        let found = GetInclusionProofResponse {
            entry: Some(self.entries[usize::try_from(position - 1).unwrap()].clone()),
            size: i64::try_from(size).unwrap(),
            hashes: hashes.iter().map(|hash| hash.bytes().to_vec().into()).collect(),
        };
        let checkpoint = json::of(&self.signed(size)).unwrap();
        let value = serde_json::json!({ "checkpoint": checkpoint, "inclusion": json::of(&found).unwrap() });
        self.write(&serde_json::to_string_pretty(&value).unwrap())
    }

    fn write(&self, text: &str) -> PathBuf {
        let path = self.folder.path().join("file");
        fs::write(&path, text).unwrap();
        path
    }
}

fn unsound(log: &Log, path: &Path, older: Option<&Checkpoint>) -> String {
    match verify::check(path, &log.key(), older) {
        Err(Failure::Unsound(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_export_that_is_whole_passes() {
    let log = log(300);
    let verdict = verify::check(&log.export(300), &log.key(), Some(&log.head(257))).unwrap();
    assert!(verdict.words.contains("300 entries"), "{}", verdict.words);
    assert!(verdict.words.contains("257"), "{}", verdict.words);
    assert_eq!(verdict.value["size"], 300);
}

#[test]
fn an_entry_that_was_changed_taken_out_or_added_shows() {
    let whole = log(20);
    let text = fs::read_to_string(whole.export(20)).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let changed = {
        let mut entry = whole.entries[7].clone();
        entry.content = EntryContent::default().encode_to_vec().into();
        let mut lines = lines.clone();
        let line = json::of(&entry).unwrap().to_string();
        lines[8] = &line;
        lines.join("\n")
    };
    assert!(unsound(&whole, &whole.write(&changed), None).contains("changed"));
    let mut fewer = lines.clone();
    fewer.remove(8);
    assert!(unsound(&whole, &whole.write(&fewer.join("\n")), None).contains("missing"));
    assert!(unsound(&whole, &whole.write(&lines[..20].join("\n")), None).contains("covers 20"));
}

#[test]
fn a_log_that_was_rewritten_does_not_begin_with_an_older_checkpoint() {
    let (then, now) = (log(10), log(20));
    let mut forged = then.head(10);
    forged.root = Hash::leaf(b"another past");
    assert!(unsound(&now, &now.export(20), Some(&forged)).contains("older checkpoint"));
    assert!(unsound(&then, &then.export(10), Some(&now.head(20))).contains("more entries"));
}

#[test]
fn a_proof_passes_for_its_entry_and_no_other() {
    let log = log(300);
    for position in [1, 256, 257, 300] {
        let verdict = verify::check(&log.proof(position), &log.key(), None).unwrap();
        assert_eq!(verdict.value["position"], position);
    }
    let text = fs::read_to_string(log.proof(257)).unwrap();
    let moved = text.replace("\"position\": \"257\"", "\"position\": \"256\"");
    assert_ne!(text, moved);
    assert!(unsound(&log, &log.write(&moved), None).contains("not in the log"));
}

#[test]
fn another_key_is_not_trusted() {
    let log = log(3);
    let other = Signer::from_seed(ORIGIN, &[8; 32]).unwrap();
    let result = verify::check(&log.export(3), other.verifier(), None);
    assert!(matches!(result, Err(Failure::Unsound(_))), "{result:?}");
}

#[test]
fn what_is_neither_is_said_to_be_neither() {
    let log = log(1);
    for text in ["", "{}", "hello", "[1, 2]"] {
        let result = verify::check(&log.write(text), &log.key(), None);
        assert!(matches!(result, Err(Failure::Invalid(_) | Failure::Unsound(_))), "{text}: {result:?}");
    }
}
