//! The ways beside the straight one: approval by the department, a case that goes elsewhere or ends early, the examiner, and the
//! provider's own problems and changes.

use std::fs;

use super::{
    journey::{DEPARTMENT, PRIME, set_up},
    runner::{Person, Suite},
};

const ONE_STAGE: &str = r#"{"title": "One stage", "stages": [{"title": "Complaints team",
  "steps": [{"id": "look-into-it", "title": "Look into it"}]}]}"#;

/// Registers a complaint of a participant and returns its case reference.
fn register(officer: &Person, participant: &str, contract: &str, text: &str) -> String {
    let case = officer.does(&[
        "register",
        "--participant",
        participant,
        "--contract",
        contract,
        "--respondent",
        PRIME,
        "--channel",
        "email",
        "--formal",
        "--text",
        text,
    ]);
    case["caseReference"].as_str().unwrap().to_owned()
}

/// The digest of the last letter of a case, as `redress letters` shows it.
fn digest(person: &Person, case: &str) -> String {
    let letters = person.does(&["letters", case]);
    letters["letters"].as_array().unwrap().last().unwrap()["digest"].as_str().unwrap().to_owned()
}

#[test]
fn a_reply_waits_for_the_departments_approval_of_this_very_text() {
    let suite = Suite::start(&[]);
    let parties = set_up(&suite);
    let (officer, manager) = (&parties.officer, &parties.manager);
    let approver = suite.person(DEPARTMENT, "approver-1", &["draft-approver"]);
    parties.commissioner.does(&[
        "contract",
        "create",
        "ATW-1",
        "--programme",
        "access-to-work-holistic-assessments",
        "--holder",
        PRIME,
        "--commissioner",
        DEPARTMENT,
        "--effective-on",
        "2023-07-01",
    ]);
    fs::write(suite.folder().join("one.json"), ONE_STAGE).unwrap();
    manager.does(&[
        "procedure",
        "create",
        "one.json",
        "--contract",
        "ATW-1",
        "--organisation",
        "Clyde",
        "--effective-on",
        "2023-07-01",
    ]);
    officer.does(&[
        "participant",
        "create",
        "P-2",
        "--contract",
        "ATW-1",
        "--organisation",
        "Clyde",
        "--full-name",
        "Sandy Example",
    ]);
    assert!(officer.sees(&["participant", "list", "--unexplained"]).contains("P-2"));
    let case = register(officer, "P-2", "ATW-1", "The report leaves out what I said.");
    let case = case.as_str();
    officer.does(&["acknowledge", case, "--channel", "email"]);
    officer.does(&["assign", case, "officer-1"]);
    officer.does(&["step", case, "look-into-it"]);

    let required = officer.try_to(&["signposting", case]).out;
    for (file, body) in [("first.txt", "We are sorry."), ("second.txt", "We are very sorry.")] {
        fs::write(suite.folder().join(file), format!("{body}\n\n{required}")).unwrap();
    }
    let issue =
        |file| ["issue", "final", case, "--outcome", "upheld", "--channel", "post", "--text-file", file];
    let draft = |file| ["draft", "final", case, "--outcome", "upheld", "--text-file", file];
    officer.is_refused(1, "APPROVAL_REQUIRED", &issue("first.txt"));
    officer.does(&draft("first.txt"));
    let first = digest(&approver, case);
    officer.is_refused(5, "ROLE_MISSING", &["approve", case, "--digest", &first]);
    approver.does(&["rework", case, "--digest", &first[..8], "--comment", "more than sorry"]);
    officer.does(&draft("second.txt"));
    assert_eq!(approver.try_to(&["approve", case, "--digest", "ffffffffffff"]).code, 4);
    approver.does(&["approve", case, "--digest", &digest(&approver, case)]);
    officer.is_refused(1, "APPROVAL_DIGEST_MISMATCH", &issue("first.txt"));
    assert_eq!(officer.does(&issue("second.txt"))["stage"], "STAGE_FINAL_RESPONSE_ISSUED");

    let letters = officer.does(&["letters", case]);
    let letter = letters["letters"].as_array().unwrap().last().unwrap()["name"].as_str().unwrap();
    officer.does(&[
        "issue",
        "correction",
        case,
        "--corrects",
        letter,
        "--channel",
        "post",
        "--text",
        "The date was wrong.",
    ]);
    officer.does(&["examiner", case, "--referred-on", "today", "--examiner-reference", "ICE-1"]);
    let reopened = officer.does(&["reopen", case, "--step", "1:look-into-it"]);
    assert_eq!(reopened["stage"], "STAGE_REOPENED_BY_ICE");
}

#[test]
fn a_case_can_go_elsewhere_or_end_early() {
    let suite = Suite::start(&[]);
    let parties = set_up(&suite);
    let officer = &parties.officer;
    let policy = register(officer, "P-1", "REF-1", "I should not have to take part.");
    let redirected =
        officer.does(&["redirect", &policy, "--because", "programme-policy", "--channel", "telephone"]);
    assert_eq!(redirected["stage"], "STAGE_REDIRECTED");
    officer.is_refused(1, "STAGE_REFUSES", &["acknowledge", &policy, "--channel", "post"]);

    let withdrawn = register(officer, "P-1", "REF-1", "The room was cold.");
    let shown = officer.does(&["show", &withdrawn]);
    let seen = shown["complaint"]["etag"].as_str().unwrap();
    officer.does(&[
        "receipt",
        &withdrawn,
        "--organisation",
        PRIME,
        "--received-on",
        "yesterday",
        "--channel",
        "in-person",
    ]);
    officer.is_refused(
        7,
        "VERSION_MISMATCH",
        &["withdraw", &withdrawn, "--by", "participant", "--channel", "telephone", "--etag", seen],
    );
    officer.does(&["withdraw", &withdrawn, "--by", "participant", "--channel", "telephone"]);

    let closed = register(officer, "P-1", "REF-1", "The phone was not answered.");
    assert_eq!(
        officer.is_refused(3, "REQUIRED", &["close", &closed, "--reason", "other"])["violations"][0]["field"],
        "reason_text"
    );
    let ended =
        officer.does(&["close", &closed, "--reason", "other", "--reason-text", "the person moved away"]);
    assert_eq!(ended["closeReason"], "CLOSE_REASON_OTHER");
}

#[test]
fn a_change_waits_for_the_performance_manager() {
    let suite = Suite::start(&[]);
    let parties = set_up(&suite);
    let manager = &parties.manager;
    let performance_manager = suite.person(DEPARTMENT, "pm-1", &["performance-manager"]);
    let problem = manager.does(&[
        "problem",
        "report",
        "Form shuts people out",
        "--contract",
        "REF-1",
        "--changes-access",
        "--text",
        "No screen reader.",
    ]);
    let problem = problem["name"].as_str().unwrap();
    let change = manager.does(&[
        "change",
        "propose",
        "Bookings by text",
        "--contract",
        "REF-1",
        "--category",
        "access",
        "--performance-manager",
        "pm-1",
        "--text",
        "Text messages as well.",
    ]);
    let change = change["name"].as_str().unwrap();
    manager.does(&["change", "move", change, "submit"]);
    manager.is_refused(1, "CHANGE_NOT_APPROVED", &["change", "move", change, "implement"]);
    performance_manager.does(&["change", "decide", change, "approve", "--decision-reference", "PM-1"]);
    manager.does(&["change", "move", change, "implement"]);
    manager.does(&["problem", "resolve", problem, "--change", change]);
    assert!(manager.sees(&["problem", "list"]).contains("resolved"));
    assert!(manager.sees(&["change", "show", change]).contains("PM-1"));
    assert!(manager.sees(&["change", "list", "--contract", "REF-1"]).contains("implemented"));
}
