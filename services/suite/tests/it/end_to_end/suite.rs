//! Starting and ending: the example, the second start, and what is said when things are not there.

use super::runner::{Suite, command};

#[test]
fn the_example_is_told_once_and_found_again() {
    let mut suite = Suite::start(&["--demo"]);
    let token = suite.folder().join("data/token");
    let (code, first) = finished_telling(&mut suite);
    assert_eq!(code, Some(0), "{first}");
    for part in [
        "1. Who works for whom",
        "DUPLICATE_COMPLAINT",
        "STEPS_NOT_EXHAUSTED",
        "SIGNPOST_MISSING",
        "APPROVAL_REQUIRED",
        "CMP-08 (J0 7.01",
        "CONTRIBUTION_MISSING",
        "JCP_ISSUES_FINAL",
        "REFERENCE_NOT_QUOTED",
        "RET-03 (A0 7.12)",
        "ON_HOLD",
        "SAME_PERSON",
        "employers-letter.txt",
        "11. What if",
        "as it would be",
        "cools until",
        "objected",
        "ANONYMISATION_FAILED",
        "smallest group",
        "verified: entry",
    ] {
        assert!(first.contains(part), "{part} is missing in\n{first}");
    }
    assert!(token.is_file());
    let pdf = std::fs::read_dir(suite.folder().join("data"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "pdf"))
        .expect("the letter");
    assert!(std::fs::read(pdf).unwrap().starts_with(b"%PDF-"));

    suite.begin(&["--demo"]);
    let (code, second) = finished_telling(&mut suite);
    assert_eq!(code, Some(0), "{second}");
    assert!(second.contains("The example of an earlier start"), "{second}");
    assert!(second.contains("· with ICE"), "{second}");
    assert!(!second.contains("1. Who works for whom"), "{second}");
}

/// Waits until the suite has said what to try next, by following the commands it gives; then ends it.
fn finished_telling(suite: &mut Suite) -> (Option<i32>, String) {
    suite.wait_until_said("Try next");
    suite.end()
}

#[test]
fn a_port_that_is_taken_is_said_to_be_taken() {
    let suite = Suite::start(&[]);
    let taken = suite.address().trim_start_matches("http://").to_owned();
    let output = command(suite.folder())
        .args(["up", "--data", "other", "--listen", &taken, "--admin", "127.0.0.1:0"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(69));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains(&taken), "{said}");
}

#[test]
fn health_is_asked_and_a_suite_that_is_gone_is_gone() {
    let mut suite = Suite::start(&[]);
    let person = suite.person("5c0e0002-0000-4000-8000-000000000002", "me", &["complaints-officer"]);
    assert_eq!(person.does(&["healthcheck"])["status"], "SERVING");
    assert_eq!(person.sees(&["healthcheck", "redress.complaints.v1.ComplaintService"]).trim(), "serving");
    let (code, _) = suite.end();
    assert_eq!(code, Some(0));
    let gone = person.try_to(&["healthcheck", "--timeout", "5"]);
    assert_eq!(gone.code, 6, "{}", gone.err);
    assert!(gone.err.contains("is the suite running?"), "{}", gone.err);
}

#[test]
fn one_service_is_run_as_it_is_deployed() {
    let mut suite = Suite::serve();
    let person = suite.person("5c0e0002-0000-4000-8000-000000000002", "me", &["complaints-officer"]);
    assert_eq!(person.does(&["healthcheck"])["status"], "SERVING");
    assert_eq!(person.does(&["list"]), serde_json::json!({}));
    assert_eq!(suite.end().0, Some(0));
}

#[test]
fn databases_are_brought_up_to_date_once() {
    let folder = tempfile::TempDir::new().unwrap();
    let migrate = || {
        let output =
            command(folder.path()).arg("migrate").env("REDRESS_AUTH_DEVELOPMENT", "true").output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(migrate().contains("steps applied"));
    let again = migrate();
    let nothing = again.lines().all(|line| line.ends_with(": nothing to do"));
    assert!(nothing && again.starts_with("complaints: "), "{again}");
}
