//! Settings: every mistake named, with the code for it (reliability 0.9).

use std::process::{Command, Output};

use tempfile::TempDir;

fn check(variables: &[(&str, &str)]) -> Output {
    let folder = TempDir::new().unwrap();
    Command::new(env!("CARGO_BIN_EXE_redress"))
        .arg("check-config")
        .env_clear()
        .envs(variables.iter().copied())
        .current_dir(folder.path())
        .output()
        .unwrap()
}

#[test]
fn every_mistake_is_named_at_once_and_none_repeats_a_secret() {
    let output = check(&[
        ("REDRESS_LISTEN_ADDRESS", "nowhere"),
        ("REDRESS_DATABASE_URL", "mysql://user:s3cret@host/db"),
        ("REDRESS_NO_SUCH_SETTING", "x"),
        // Of one bucket for all, each service would sweep out what the others keep.
        ("REDRESS_BLOBS_URL", "s3://redress?region=eu-west-2"),
        ("REDRESS_AUTH_DEVELOPMENT", "perhaps"),
    ]);
    assert_eq!(output.status.code(), Some(64));
    let said = String::from_utf8(output.stderr).unwrap();
    for setting in [
        "REDRESS_LISTEN_ADDRESS",
        "REDRESS_DATABASE_URL",
        "REDRESS_BLOBS_URL",
        "REDRESS_NO_SUCH_SETTING",
        "REDRESS_AUTH_DEVELOPMENT",
    ] {
        assert!(said.contains(setting), "{setting} is not named in\n{said}");
    }
    assert!(!said.contains("s3cret"), "{said}");
}

#[test]
fn good_settings_are_shown_and_the_clients_own_are_none_of_them() {
    let output = check(&[
        ("REDRESS_AUTH_DEVELOPMENT", "true"),
        ("REDRESS_ADDRESS", "http://127.0.0.1:7400"),
        ("REDRESS_TOKEN", "secret-token"),
    ]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.contains("listen.address"), "{said}");
    assert!(!said.contains("secret-token"), "{said}");
}
