//! `redress verify` on an erasure ledger: what was written down is what was signed.

use std::{fs, sync::Arc};

use redress::{client::Failure, serve::verify};
use redress_journal::checkpoint::Signer;
use redress_ledger::{Erasure, Ledger};
use tempfile::TempDir;
use uuid::Uuid;

#[tokio::test]
async fn a_ledger_holds_with_its_key_and_not_when_a_line_is_gone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("complaints.jsonl");
    let signer = Arc::new(Signer::from_seed("redress.example/complaints", &[7; 32]).unwrap());
    let ledger = Ledger::open(&path, Arc::clone(&signer)).unwrap();
    let erasure = |number| Erasure {
        record: Uuid::from_u128(number),
        ends_record: false,
        disposal: Uuid::from_u128(1),
        subjects: Vec::new(),
        keys: vec![Uuid::from_u128(number)],
        objects: Vec::new(),
        order: Vec::new(),
        at: "2028-07-06T09:00:00Z".parse().unwrap(),
    };
    ledger.append(vec![erasure(1), erasure(2)]).await.unwrap();
    let key = signer.verifier();
    let verdict = verify::check(&path, key, None).unwrap();
    assert!(
        verdict.words.contains("2 erasures of redress.example/complaints with 2 keys"),
        "{}",
        verdict.words
    );
    assert_eq!(verdict.value["erasures"], 2);

    let text = fs::read_to_string(&path).unwrap();
    let second = text.lines().nth(1).unwrap();
    fs::write(&path, format!("{second}\n")).unwrap();
    let found = verify::check(&path, key, None);
    assert!(matches!(&found, Err(Failure::Unsound(said)) if said.contains("does not follow")), "{found:?}");
    fs::write(&path, &text).unwrap();
    let other = Signer::from_seed("redress.example/complaints", &[8; 32]).unwrap();
    assert!(matches!(verify::check(&path, other.verifier(), None), Err(Failure::Unsound(_))));
}
