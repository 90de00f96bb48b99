//! Secrets in files.

use std::{fs, os::unix::fs::PermissionsExt as _};

use redress_store::{Secret, secret::SecretFault};

#[test]
fn a_secret_is_made_once_and_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made/if/missing/master.key");
    assert!(matches!(Secret::load(&path), Err(SecretFault::Missing { .. })));
    let made = Secret::load_or_create(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(made.expose(), Secret::load_or_create(&path).unwrap().expose());
    assert_ne!(made.expose(), Secret::random().unwrap().expose());
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left");
}

#[test]
fn a_secret_that_others_may_read_or_of_another_length_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("master.key");
    Secret::load_or_create(&path).unwrap();
    for mode in [0o640, 0o604, 0o666] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        assert!(matches!(Secret::load(&path), Err(SecretFault::Exposed { .. })), "{mode:o}");
    }
    for length in [0, 31, 33, 100] {
        fs::write(&path, vec![7; length]).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(matches!(Secret::load(&path), Err(SecretFault::Length { .. })), "{length}");
        assert!(Secret::load_or_create(&path).is_err(), "a secret is never replaced");
    }
}

#[test]
fn a_secret_is_never_printed() {
    let secret = Secret::new([0xAB; 32]);
    let printed = format!("{secret:?}").to_lowercase();
    assert!(!printed.contains("ab") && !printed.contains("171"), "{printed}");
}
