//! Contacts by command line alone: passed on from files, put right, and worked through the doors that are not the provider's own.

use std::fs;

use serde_json::Value;

use super::{
    journey::{DEPARTMENT, OTHER, PRIME, set_up},
    runner::{Person, Suite},
};

/// Two rows that can be taken, and between them one that nobody can.
const ROWS: &str = "\
reference,received_on,channel,about,participant_reference,full_name,narrative
A-1,2024-06-03,post,provider,P-31,Gwen Example,\"Nobody rang me back, and \"\"soon\"\" is over.\"
A-2,2024-06-03,pigeon,provider,P-32,Rhys Example,Nobody wrote back.
A-3,2024-06-04,email,provider;jobcentre-plus,P-33,Ailsa Example,Both sent me away.
";
/// The same as another system writes it.
const LINE: &str = r#"{"reference":"B-1","input":{"receivedOn":{"year":2024,"month":6,"day":5},"channel":"CHANNEL_POST","about":["MATTER_PROVIDER"]},"participantReference":"P-34","person":{"fullName":"Eilidh Example"},"statement":{"narrative":"I was sent away twice."}}"#;

/// The arguments of a route of somebody new.
fn route<'a>(channel: &'a str, about: &'a str, reference: &'a str) -> Vec<&'a str> {
    let mut route = vec!["route", "--contract", "REF-1", "--channel", channel, "--about", about];
    route.extend([
        "--full-name",
        "Sandy Example",
        "--reference",
        reference,
        "--text",
        "I have to go there again.",
    ]);
    route
}

/// Waits until the feed has told routing of the contract.
fn until_known(person: &Person) {
    let explain = ["route", "--contract", "REF-1", "--channel", "post", "--about", "attendance", "--explain"];
    let known = (0..2000).any(|_| person.try_to(&explain).code == 0);
    assert!(known, "routing does not come to know the contract");
}

fn id(answer: &Value, field: &str) -> String {
    answer[field].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
}

#[test]
fn files_are_passed_on_row_by_row_and_go_on_after_a_break() {
    let mut suite = Suite::start(&[]);
    let officer = set_up(&suite).officer;
    until_known(&officer);
    let adviser = |suite: &Suite| suite.person(DEPARTMENT, "adviser-1", &["jobcentre-plus"]);
    let forward = ["forward", "rows.csv", "--contract", "REF-1"];
    fs::write(suite.folder().join("rows.csv"), ROWS).unwrap();
    let done = adviser(&suite).does(&forward);
    assert_eq!(done, serde_json::json!({"rows": 3, "forwarded": 2, "alreadyThere": 0, "rejected": 1}));
    let rejected = || fs::read_to_string(suite.folder().join("rows.csv.rejected")).unwrap();
    let line: Value = serde_json::from_str(rejected().trim()).unwrap();
    assert_eq!(line["row"], 2);
    assert_eq!(line["refused"]["violations"][0]["field"], "row.contact.input.channel", "{line:#}");
    assert!(!suite.folder().join("rows.csv.state").exists(), "nothing is left of a file that is done");

    let again = adviser(&suite).does(&forward);
    assert_eq!(again, serde_json::json!({"rows": 3, "forwarded": 0, "alreadyThere": 2, "rejected": 1}));
    assert_eq!(rejected().lines().count(), 2, "what was rejected before is kept");

    // The way is broken: nothing is lost, and the same command goes on when it is mended.
    fs::write(suite.folder().join("lines.jsonl"), LINE).unwrap();
    let forward = ["forward", "lines.jsonl", "--contract", "REF-1", "--timeout", "1"];
    let broken = adviser(&suite);
    suite.end();
    assert_eq!(broken.try_to(&forward).code, 6);
    assert!(suite.folder().join("lines.jsonl.state").exists());
    suite.begin(&[]);
    let done = adviser(&suite).does(&forward);
    assert_eq!(done["forwarded"], 1, "{done:#}");
}

#[test]
fn a_contact_is_put_right_and_its_papers_are_kept() {
    let suite = Suite::start(&[]);
    let parties = set_up(&suite);
    let (officer, manager) = (&parties.officer, &parties.manager);
    until_known(officer);
    let routed = officer.does(&route("in-person", "programme-policy", "R-1"));
    assert_eq!(routed["stage"], "CONTACT_STAGE_TO_BE_DIRECTED");
    let contact = id(&routed, "name");

    fs::write(suite.folder().join("leaflet.txt"), "Write to Jobcentre Plus.\n").unwrap();
    let paper = id(&officer.does(&["paper", "add", &contact, "leaflet.txt"]), "name");
    assert_eq!(officer.does(&["paper", "list", &contact])["papers"][0]["fileName"], "leaflet.txt");
    assert_eq!(officer.does(&["paper", "show", &paper])["mediaType"], "text/plain");
    officer.does(&["paper", "save", &paper, "--output", "saved.txt"]);
    assert_eq!(fs::read_to_string(suite.folder().join("saved.txt")).unwrap(), "Write to Jobcentre Plus.\n");

    let directed = officer.does(&["direct", &contact, "--channel", "in-person", "--paper", &paper]);
    assert_eq!(
        directed["told"]["paper"],
        format!("papers/{paper}"),
        "with proof that the person was told (RTE-08)"
    );
    let rerouted = officer.does(&["reroute", &contact, "--reason", "misread", "--about", "enquiry"]);
    assert_eq!(rerouted["stage"], "CONTACT_STAGE_NOT_A_COMPLAINT");
    assert_eq!(rerouted["earlierRoutes"].as_array().unwrap().len(), 1, "the contact keeps its history");
    assert!(officer.sees(&["contact", &contact]).contains("misread"));

    // XCT-06: what is about a subcontractor goes by way of the contract holder.
    manager.does(&[
        "subcontractor",
        "add",
        OTHER,
        "--contract",
        "REF-1",
        "--parent",
        PRIME,
        "--effective-on",
        "2022-04-01",
    ]);
    let about_tay =
        |reference| [route("in-person", "subcontractor", reference), vec!["--respondent", OTHER]].concat();
    let below = suite.person(OTHER, "officer-9", &["complaints-officer"]);
    until_known(&below);
    let offered = id(&below.does(&about_tay("S-1")), "name");
    below.is_refused(1, "PRIME_MUST_ACCEPT", &["accept", &offered]);
    assert_eq!(manager.does(&["accept", &offered])["stage"], "CONTACT_STAGE_HANDED_OVER");
    let offered = id(&below.does(&about_tay("S-2")), "name");
    let declined = manager.does(&["reject", &offered, "--reason", "not-our-service"]);
    assert_eq!(declined["stage"], "CONTACT_STAGE_DECLINED");
    assert!(officer.sees(&["contacts", "--contract", "REF-1"]).contains("declined"));
}

#[test]
fn the_wording_that_is_agreed_is_the_one_that_was_read() {
    let suite = Suite::start(&[]);
    let parties = set_up(&suite);
    let provider = &parties.manager;
    until_known(provider);
    let jobcentre = suite.person(DEPARTMENT, "adviser-1", &["jobcentre-plus"]);
    let routed =
        provider.does(&[route("in-person", "provider", "M-1"), vec!["--about", "jobcentre-plus"]].concat());
    let mixed = id(&routed, "mixedComplaint");
    provider.does(&["mixed", "direct", &mixed, "--channel", "in-person"]);
    jobcentre.does(&["mixed", "request", &mixed]);
    let refused = provider.is_refused(1, "STAGE_REFUSES", &["mixed", "satisfied", &mixed]);
    assert_eq!(refused["resource"], format!("mixedComplaints/{mixed}"));
    let told = provider.try_to(&["mixed", "satisfied", &mixed]).err;
    assert!(told.contains("redress mixed show"), "{told}");
    provider.does(&["mixed", "contribute", &mixed, "--text", "We rang on Tuesday."]);
    jobcentre.does(&["mixed", "propose", &mixed, "--text", "We are both sorry."]);

    let asked = provider.try_to(&["mixed", "agree", &mixed]);
    assert_eq!(asked.code, 2, "nobody sits there to be asked");
    assert!(asked.err.contains("We are both sorry."), "the wording is shown: {}", asked.err);
    let shown = provider.does(&["mixed", "show", &mixed]);
    let digest = shown["jointReply"]["digest"].as_str().unwrap().to_owned();
    provider.does(&["mixed", "agree", &mixed, "--digest", &digest[..12]]);
    let changed =
        jobcentre.try_to(&["mixed", "issue", &mixed, "--digest", &"0".repeat(64), "--channel", "post"]);
    assert_eq!(changed.code, 4, "{}", changed.err);
    let issued = jobcentre.does(&["mixed", "issue", &mixed, "--yes", "--channel", "post"]);
    assert_eq!(issued["jointReply"]["digest"], digest);
}

#[test]
fn a_peer_is_answered_with_the_consent_of_the_person() {
    let suite = Suite::start(&[]);
    let manager = set_up(&suite).manager;
    until_known(&manager);
    let letter = [
        route("post", "provider", "L-1"),
        vec!["--writer", "peer", "--title", "Lord", "--member", "Alun Rees", "--office", "House of Lords"],
        vec!["--office-reference", "HL/9"],
    ];
    let routed = manager.does(&letter.concat());
    let (contact, letter) = (id(&routed, "name"), id(&routed, "memberLetter"));
    let reply = ["member", "reply", &letter, "--text", "Your reference HL/9. We are sorry."];
    let refused = manager.is_refused(1, "AUTHORITY_MISSING", &reply);
    assert!(refused["citations"].is_array());
    fs::write(suite.folder().join("consent.txt"), "He may act for me.\n").unwrap();
    let paper = id(&manager.does(&["paper", "add", &contact, "consent.txt"]), "name");
    let allowed = manager.does(&["member", "authority", &letter, "--paper", &paper]);
    assert_eq!(allowed["authority"], "AUTHORITY_CONSENT");
    assert_eq!(manager.does(&reply)["stage"], "LETTER_STAGE_REPLIED");
    assert!(manager.sees(&["member", "list", "--contract", "REF-1"]).contains("replied"));
}
