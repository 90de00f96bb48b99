//! Checkpoints and their signatures.

use redress_journal::{
    checkpoint::{Checkpoint, LastCheckpoint, NoteFault, Signer, VerifierKey},
    merkle::Hash,
};
use uuid::Uuid;

fn checkpoint() -> Checkpoint {
    Checkpoint { origin: "redress.example/complaints".to_owned(), size: 42, root: Hash::leaf(b"root") }
}

fn signer(seed: u8) -> Signer {
    Signer::from_seed("redress.example/complaints", &[seed; 32]).unwrap()
}

#[test]
fn the_known_key_of_the_go_checksum_database_reads_back() {
    // A verifier key in the wild, so that the key hash is checked against another implementation.
    let text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    assert_eq!(VerifierKey::parse(text).unwrap().to_string(), text);
    assert!(VerifierKey::parse(&text.replace("033de0ae", "033de0af")).is_err());
    assert!(VerifierKey::parse("sum golang+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").is_err());
}

#[test]
fn a_signed_checkpoint_opens_under_its_key_only() {
    let note = checkpoint().sign(&signer(1));
    assert_eq!(Checkpoint::open(&note, signer(1).verifier()), Ok(checkpoint()));
    assert_eq!(Checkpoint::open(&note, signer(2).verifier()), Err(NoteFault::Unsigned));
    let tampered = note.replacen("\n42\n", "\n43\n", 1);
    assert_eq!(Checkpoint::open(&tampered, signer(1).verifier()), Err(NoteFault::FalseSignature));
}

#[test]
fn a_witness_may_add_its_signature() {
    let note = checkpoint().sign(&signer(1)) + "— witness.example AAAAAAAAAAAA\n";
    assert_eq!(Checkpoint::open(&note, signer(1).verifier()), Ok(checkpoint()));
}

#[test]
fn a_key_signs_for_its_own_log_only() {
    let foreign = Checkpoint { origin: "redress.example/routing".to_owned(), ..checkpoint() };
    assert_eq!(
        Checkpoint::open(&foreign.sign(&signer(1)), signer(1).verifier()),
        Err(NoteFault::WrongOrigin)
    );
}

#[test]
fn what_is_not_a_checkpoint_is_refused() {
    let body = checkpoint().body();
    for bad in [
        String::new(),
        body.trim_end().to_owned(),
        body.replace("\n42\n", "\n042\n"),
        body.replace("\n42\n", "\n+42\n"),
        body.replace("\n42\n", "\n-1\n"),
        body.replace("redress.example/complaints", ""),
        format!("{body}\n"),
        "origin\n1\nAAAA\n".to_owned(),
    ] {
        assert!(Checkpoint::parse(&bad).is_err(), "{bad:?}");
    }
    assert!(Checkpoint::parse(&format!("{body}an extension\n")).is_ok());
    for bad in ["", "\n\n", "a\n\nb\n", "a\n\n— name not-base64\n", "a\r\n\n— name AAAAAAAA\n"] {
        assert_eq!(Checkpoint::open(bad, signer(1).verifier()), Err(NoteFault::Malformed), "{bad:?}");
    }
}

#[test]
fn the_last_checkpoint_is_replaced_whole() {
    let folder = tempfile::tempdir().unwrap();
    let last = LastCheckpoint::at(folder.path().join("complaints.checkpoint"));
    assert_eq!(last.read().unwrap(), None);
    last.write("one\n").unwrap();
    last.write("two\n").unwrap();
    assert_eq!(last.read().unwrap().as_deref(), Some("two\n"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn what_one_replica_has_half_written_no_other_moves() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("complaints.checkpoint");
    let (first, second) = (Uuid::from_u128(1), Uuid::from_u128(2));
    // The first was cut in the middle of its writing.
    std::fs::write(kept.with_extension(format!("{first}.new")), "ha").unwrap();
    let last = LastCheckpoint::at(&kept).written_by(second);
    last.write("whole\n").unwrap();
    assert_eq!(LastCheckpoint::at(&kept).written_by(first).read().unwrap().as_deref(), Some("whole\n"));
}
