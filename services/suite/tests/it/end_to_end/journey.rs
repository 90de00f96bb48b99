//! A complaints officer's work, from setting up to the final response, by command line alone.

use std::fs;

use serde_json::Value;

use super::runner::{Person, Suite};

pub(super) const DEPARTMENT: &str = "5c0e0001-0000-4000-8000-000000000001";
pub(super) const PRIME: &str = "5c0e0002-0000-4000-8000-000000000002";
pub(super) const OTHER: &str = "5c0e0003-0000-4000-8000-000000000003";

const PROCEDURE: &str = r#"{
  "title": "Two stages",
  "acknowledgementLimit": {"amount": 2, "unit": "TIME_UNIT_WORKING_DAYS"},
  "stages": [
    {"title": "Local manager", "steps": [
      {"id": "call-complainant", "title": "Speak to the person"},
      {"id": "look-into-it", "title": "Look into it", "evidenceRequired": true}],
     "responseLimit": {"amount": 10, "unit": "TIME_UNIT_WORKING_DAYS"},
     "escalationLimit": {"amount": 6, "unit": "TIME_UNIT_MONTHS"}},
    {"title": "Senior manager", "steps": [{"id": "senior-review", "title": "Look afresh"}],
     "responseLimit": {"amount": 10, "unit": "TIME_UNIT_WORKING_DAYS"}}
  ]
}"#;

/// Whoever takes part.
pub(super) struct Parties {
    pub(super) commissioner: Person,
    pub(super) manager: Person,
    pub(super) officer: Person,
    auditor: Person,
    stranger: Person,
}

pub(super) fn set_up(suite: &Suite) -> Parties {
    let parties = Parties {
        commissioner: suite.person(DEPARTMENT, "commissioner-1", &["commissioner"]),
        manager: suite.person(PRIME, "manager-1", &["complaints-manager"]),
        officer: suite.person(PRIME, "officer-1", &["complaints-officer"]),
        auditor: suite.person(DEPARTMENT, "auditor-1", &["auditor", "department-reader"]),
        stranger: suite.person(OTHER, "officer-9", &["complaints-officer"]),
    };
    let commissioner = &parties.commissioner;
    for (id, display_name, kind) in
        [(DEPARTMENT, "Department", "department"), (PRIME, "Clyde", "provider"), (OTHER, "Tay", "provider")]
    {
        commissioner.does(&["organisation", "create", display_name, "--kind", kind, "--id", id]);
    }
    let contract = [
        "contract",
        "create",
        "REF-1",
        "--programme",
        "jets-scotland",
        "--holder",
        PRIME,
        "--commissioner",
        DEPARTMENT,
        "--effective-on",
        "2022-04-01",
    ];
    let contract = commissioner.does(&contract);
    assert_eq!(contract["pack"]["id"], "jets-scotland");
    fs::write(suite.folder().join("procedure.json"), PROCEDURE).unwrap();
    parties.manager.does(&[
        "procedure",
        "create",
        "procedure.json",
        "--contract",
        "REF-1",
        "--organisation",
        PRIME,
        "--effective-on",
        "2022-04-01",
    ]);
    parties.manager.does(&[
        "participant",
        "create",
        "P-1",
        "--contract",
        "REF-1",
        "--organisation",
        PRIME,
        "--full-name",
        "Morag Example",
        "--explained-on",
        "2024-01-02",
        "--channel",
        "in-person",
    ]);
    parties
}

const REGISTER: [&str; 15] = [
    "register",
    "--participant",
    "P-1",
    "--contract",
    "REF-1",
    "--respondent",
    PRIME,
    "--channel",
    "telephone",
    "--reference",
    "OWN-1",
    "--text",
    "Nobody called me back.",
    "--complained-about",
    "adviser-17",
];

#[test]
fn a_case_is_worked_from_registration_to_final_response() {
    let mut suite = Suite::start(&[]);
    let parties = set_up(&suite);
    let officer = &parties.officer;
    let id = "0190c2f6-7d5e-7000-8000-00000000000a";
    let registration = [&REGISTER[..], &["--request-id", id]].concat();
    let case = officer.does(&registration);
    let reference = case["caseReference"].as_str().unwrap().to_owned();
    assert_eq!(officer.does(&registration)["name"], case["name"], "the same request has the same answer");
    officer.is_refused(7, "DUPLICATE_COMPLAINT", &REGISTER);
    let case = reference.as_str();

    look(officer, case);
    assert_eq!(parties.stranger.try_to(&["show", case]).code, 4);

    officer.does(&["acknowledge", case, "--channel", "post"]);
    officer.is_refused(1, "HANDLER_CONFLICT", &["assign", case, "adviser-17"]);
    officer.does(&["assign", case, "officer-1"]);
    first_stage(&suite, officer, case);
    officer.does(&["escalate", case, "--reason", "not satisfied"]);
    last_stage(&suite, officer, case);
    prove(&suite, &parties, case);

    let (code, _) = suite.end();
    assert_eq!(code, Some(0));
    suite.begin(&[]);
    let officer = suite.person(PRIME, "officer-1", &["complaints-officer"]);
    let found = officer.does(&["show", "own-1"]);
    assert_eq!(found["complaint"]["stage"], "STAGE_FINAL_RESPONSE_ISSUED", "a second start finds its data");
}

/// By its reference, by the caller's own, and in lists.
fn look(officer: &Person, case: &str) {
    let shown = officer.sees(&["show", case, "--derive"]);
    for words in
        ["received", "stage response", "eight week", "CMP-08 (J0 7.01", "Timeline", "complaint registered"]
    {
        assert!(shown.contains(words), "{words} is missing in\n{shown}");
    }
    assert!(!shown.contains("Nobody called me back"), "{shown}");
    assert!(officer.sees(&["show", "own-1", "--full"]).contains("Nobody called me back"));
    assert!(officer.sees(&["list"]).contains(case));
    assert!(officer.sees(&["list", "--newest", "--contract", "REF-1", "--stage", "received"]).contains(case));
    assert!(officer.sees(&["list", "--due-before", "2020-01-01"]).contains("no complaints"));
    assert!(officer.sees(&["watch", "--limit", "1"]).contains(case));
    let explained = officer.does(&["explain", "eight-week-right", "--case", case, "--from", "2024-01-02"]);
    assert_eq!(
        explained["deadline"]["dueOn"],
        serde_json::json!({"year": 2024, "month": 2, "day": 27}),
        "domain 7.3"
    );
    assert!(officer.sees(&["packs"]).contains("jets-scotland@2022-02-25"));
    assert!(officer.sees(&["packs", "jets-scotland@2022-02-25"]).contains("CMP-08"));
}

fn first_stage(suite: &Suite, officer: &Person, case: &str) {
    officer.is_refused(1, "STEP_OUT_OF_ORDER", &["step", case, "look-into-it"]);
    officer.does(&["step", case, "call-complainant", "--note", "said sorry"]);
    officer.is_refused(1, "EVIDENCE_REQUIRED", &["step", case, "look-into-it"]);
    let paper: Vec<u8> =
        (0_u32..700_000).map(|number| u8::try_from(u32::from(b' ') + number % 90).unwrap()).collect();
    fs::write(suite.folder().join("note.txt"), &paper).unwrap();
    let document = officer.does(&["attach", case, "note.txt"]);
    assert_eq!(document["sizeBytes"], paper.len().to_string());
    let name = document["name"].as_str().unwrap();
    assert!(officer.sees(&["documents", case]).contains("note.txt"));
    officer.does(&["download", name, "--output", "back.txt"]);
    assert_eq!(fs::read(suite.folder().join("back.txt")).unwrap(), paper);
    officer.does(&["step", case, "look-into-it", "--evidence", name]);

    fs::write(suite.folder().join("first.txt"), "We are sorry.").unwrap();
    let refused = officer.is_refused(
        1,
        "STEPS_NOT_EXHAUSTED",
        &["issue", "final", case, "--outcome", "upheld", "--channel", "post", "--text-file", "first.txt"],
    );
    assert_eq!(refused["citations"][0]["rule"], "CMP-05");
    let future = [
        "issue",
        "stage",
        case,
        "--outcome",
        "upheld",
        "--channel",
        "post",
        "--text-file",
        "first.txt",
        "--on",
        "2099-01-01",
    ];
    assert_eq!(officer.is_refused(3, "DATE_IN_FUTURE", &future)["violations"][0]["field"], "issued_on");
    officer.does(&[
        "issue",
        "stage",
        case,
        "--outcome",
        "upheld",
        "--channel",
        "post",
        "--text-file",
        "first.txt",
    ]);
}

fn last_stage(suite: &Suite, officer: &Person, case: &str) {
    officer.does(&["step", case, "senior-review"]);
    fs::write(suite.folder().join("final.txt"), "This is our final response.").unwrap();
    let issue =
        ["issue", "final", case, "--outcome", "upheld", "--channel", "post", "--text-file", "final.txt"];
    officer.is_refused(1, "SIGNPOST_MISSING", &issue);
    // Word for word, so no line is broken to fit a screen.
    let required = officer.try_to(&["signposting", case]).out;
    fs::write(suite.folder().join("final.txt"), format!("This is our final response.\n\n{required}"))
        .unwrap();
    let issued = officer.does(&issue);
    assert_eq!(issued["stage"], "STAGE_FINAL_RESPONSE_ISSUED");
    let letter = last_letter(&issued);
    assert!(officer.sees(&["letter", &letter]).contains("This is our final response."));
    officer.does(&["letter", &letter, "--pdf", "final.pdf"]);
    assert!(fs::read(suite.folder().join("final.pdf")).unwrap().starts_with(b"%PDF-"));
    officer.does(&["letter", &letter, "--text", "final-as-issued.txt"]);
    assert!(
        fs::read_to_string(suite.folder().join("final-as-issued.txt")).unwrap().contains("final response")
    );
}

fn last_letter(complaint: &Value) -> String {
    complaint["letters"].as_array().unwrap().last().unwrap()["name"].as_str().unwrap().to_owned()
}

/// What happened is proved to someone who was not there.
fn prove(suite: &Suite, parties: &Parties, case: &str) {
    let auditor = &parties.auditor;
    let entries = auditor.does(&["timeline", case])["entries"].as_array().unwrap().len();
    assert!(entries >= 9, "{entries}");
    let key = auditor.does(&["journal", "checkpoint"])["verifierKey"].as_str().unwrap().to_owned();
    fs::write(suite.folder().join("key"), &key).unwrap();
    auditor.does(&["journal", "prove", "1", "--output", "proof.json"]);
    assert_eq!(auditor.does(&["verify", "proof.json", "--key", "key"])["verified"], true);
    let wrong = key.replace("complaints+", "complaint+");
    assert_ne!(auditor.try_to(&["verify", "proof.json", "--key", &wrong]).code, 0);
}
