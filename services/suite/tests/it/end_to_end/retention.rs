//! Records by command line alone: registered, derived, held, proposed, approved, stopped.

use std::fs;

use serde_json::Value;

use super::{
    journey::{DEPARTMENT, PRIME, set_up},
    runner::{Person, Suite},
};

/// A contract of Access to Work before 2023, whose guidance says how long a report is kept (A0 7.12); its name.
fn contract(commissioner: &Person) -> String {
    let ends = ["--effective-on", "2022-03-01"];
    let programme = ["--programme", "access-to-work-holistic-assessments"];
    let parties = ["--holder", PRIME, "--commissioner", DEPARTMENT];
    let create = ["contract", "create", "ATW-0"];
    let created = commissioner.does(&[&create[..], &programme[..], &parties[..], &ends[..]].concat());
    created["name"].as_str().unwrap().to_owned()
}

/// Asks until the service has learned what it needs from the other one; a limit is the patience of the test.
fn once_known(person: &Person, arguments: &[&str]) -> Value {
    let with_json = [arguments, &["--json"]].concat();
    for _ in 0..600 {
        let ended = person.try_to(&with_json);
        match ended.code {
            0 => return serde_json::from_str(&ended.out).unwrap(),
            4 => {}
            code => panic!("{arguments:?} ended with {code}\n{}", ended.err),
        }
    }
    panic!("{arguments:?}: the contract never became known")
}

fn id(answer: &Value) -> String {
    answer["name"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

#[test]
fn a_report_is_kept_as_long_as_promised_and_ends_by_two_people() {
    let suite = Suite::start(&[]);
    let parties = set_up(&suite);
    let contract = contract(&parties.commissioner);
    let rita = suite.person(PRIME, "rita", &["records-officer"]);
    let omar = suite.person(PRIME, "omar", &["records-officer"]);
    fs::write(suite.folder().join("report.txt"), "A report.").unwrap();
    let register = ["retention", "register", "needs-assessment-report", "--contract", contract.as_str()];
    let completed = ["--completed-on", "2025-01-06", "--reference", "R-1", "--content", "report.txt"];
    let report = id(&once_known(&rita, &[&register[..], &completed[..]].concat()));
    assert!(rita.sees(&["retention", "show", &report]).contains("none: not paid"));

    let pay = ["retention", "payment", &report, "--received-on", "2025-01-31"];
    rita.does(&pay);
    let why = rita.sees(&["retention", "why", &report]);
    for part in ["Thu 31 Jul 2025", "RET-03 (A0 7.12)", "pack atw-ha-pre-2023"] {
        assert!(why.contains(part), "{part} is missing in\n{why}");
    }
    let due = rita.sees(&["retention", "due", "--contract", &contract]);
    assert!(due.contains(&report), "{due}");

    // What lies with it comes back as it went in.
    let shown = rita.does(&["retention", "show", &report]);
    let part = shown["parts"][0]["name"].as_str().unwrap().to_owned();
    rita.does(&["retention", "save", &report, &part, "--output", "again.txt"]);
    assert_eq!(fs::read_to_string(suite.folder().join("again.txt")).unwrap(), "A report.");

    // What if another period were agreed: nothing but the contract's own record hangs on that, and nothing is changed.
    let tried = rita.does(&["retention", "simulate", "ATW-0", "--end-on", "2022-06-30", "--months", "12"]);
    assert_eq!(tried["records"], 1, "{tried}");
    assert!(rita.sees(&["retention", "simulate", "ATW-0"]).contains("Nothing was changed."));

    // A hold stands against it, whoever asks.
    let hold = ["retention", "hold", "place", &report, "audit", "--authority", "NAO 7"];
    let held = rita.does(&[&hold[..], &["--review-on", "2099-01-01"]].concat());
    let propose = ["retention", "dispose", "propose", report.as_str()];
    rita.is_refused(1, "ON_HOLD", &propose);
    let hold = held["holds"][0]["name"].as_str().unwrap().to_owned();
    rita.does(&["retention", "hold", "review", &report, &hold, "--review-on", "2099-02-01"]);
    rita.does(&["retention", "hold", "release", &report, &hold]);
    rita.is_refused(1, "HOLD_RECENTLY_RELEASED", &propose);

    // Another, which nothing holds.
    let other = id(&rita.does(&[&register[..], &["--completed-on", "2025-01-07"]].concat()));
    rita.does(&["retention", "payment", &other, "--received-on", "2025-02-03"]);
    let proposed = rita.does(&["retention", "dispose", "propose", &other]);
    let (disposal, digest) = (id(&proposed), proposed["digest"].as_str().unwrap().to_owned());
    let approve = ["retention", "dispose", "approve", &disposal, "--digest", &digest];
    rita.is_refused(5, "SAME_PERSON", &approve);
    omar.does(&["retention", "stop"]);
    omar.is_refused(1, "DISPOSALS_STOPPED", &approve);
    rita.does(&["retention", "go-on"]);
    assert!(omar.sees(&approve).contains("approved"), "it is approved");
    let shown = omar.sees(&["retention", "dispose", "show", &disposal]);
    assert!(shown.contains("veto until") && shown.contains(&other), "{shown}");
    omar.is_refused(1, "STAGE_REFUSES", &["retention", "certificate", &disposal, "-o", "none.json"]);
    omar.does(&["retention", "dispose", "veto", &disposal]);
    assert!(rita.sees(&["retention", "dispose", "list"]).contains("void"));
    assert!(rita.sees(&["retention", "switch"]).contains("goes on"));
}
