//! `redress verify` on evidence bags: the kept one, and what is none.

use std::{fs, path::Path};

use redress::{client::Failure, serve::verify::Verify};
use tempfile::TempDir;

/// The bag that `redress-bag` keeps, and the keys of those who signed it.
const BAG: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../platform/bag/tests/golden/evidence.tar");
const KEYS: [&str; 2] = [
    "redress.example/ice-liaison+11b0d138+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs",
    "redress.example/complaints+4c5bb35f+AROY9ixtGkV8UbpqS189vS9p/KkyFiGNyJl+QWvRfZPK",
];

fn verify(file: impl AsRef<Path>, keys: &[&str]) -> Result<(), Failure> {
    let keys = keys.iter().map(ToString::to_string).collect();
    Verify { file: file.as_ref().to_owned(), keys, older: None, backup_keys: None }.run(true)
}

#[test]
fn a_bag_holds_with_its_keys_and_without() {
    assert!(verify(BAG, &KEYS).is_ok());
    assert!(verify(BAG, &[]).is_ok());
}

#[test]
fn a_bag_does_not_hold_with_anothers_key_or_a_changed_byte() {
    assert!(matches!(verify(BAG, &KEYS[1..]), Err(Failure::Unsound(_))));
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("bag.tar");
    let mut bytes = fs::read(BAG).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert!(matches!(verify(&path, &KEYS), Err(Failure::Unsound(_))));
}

#[test]
fn what_goes_with_exports_does_not_go_with_bags() {
    let older =
        Verify { file: BAG.into(), keys: Vec::new(), older: Some(BAG.into()), backup_keys: None }.run(true);
    assert!(matches!(older, Err(Failure::Usage(_))), "{older:?}");
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("export.jsonl");
    fs::write(&path, "{}").unwrap();
    assert!(matches!(verify(&path, &[]), Err(Failure::Usage(_))));
    assert!(matches!(verify(&path, &KEYS), Err(Failure::Usage(_))));
}
