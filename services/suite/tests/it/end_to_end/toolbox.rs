//! What needs no suite: tokens, completions, usage.

use tempfile::TempDir;

use super::runner::command;

#[test]
fn a_development_identity_is_written_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    let output = command(folder.path())
        .args([
            "token",
            "--role",
            "complaints-officer",
            "--org",
            "5c0e0002-0000-4000-8000-000000000002",
            "--subject",
            "me",
        ])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let file = folder.path().join(".config/redress/token");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(std::fs::read_to_string(&file).unwrap().trim().split('.').count(), 3);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!said.contains("eyJ"), "the token is not shown: {said}");
}

#[test]
fn usage_ends_with_its_own_code() {
    let folder = TempDir::new().unwrap();
    for (arguments, code) in [
        (vec!["register"], 2),
        (vec!["frobnicate"], 2),
        (vec!["--help"], 0),
        (vec!["--version"], 0),
        (vec!["list", "--address", "https://127.0.0.1:1"], 2),
        (vec!["list", "--address", "ftp://127.0.0.1:1"], 2),
        (vec!["letter", "not-a-letter"], 3),
        (vec!["verify", "no-such-file", "--key", "x"], 3),
    ] {
        let output = command(folder.path()).args(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {output:?}");
    }
}
