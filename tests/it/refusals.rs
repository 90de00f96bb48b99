//! The bad inputs anyone will try at complaints (reliability 4.2), and with them every documented reason for a no: a reason that no
//! one can be given is not a reason.

mod answering;
mod approval;
mod chain;
mod desk;
mod documents;
mod ending;
mod examiner;
mod ice;
mod improvement;
mod intake;
mod policy;
mod procedures;
mod repetition;
mod routing;
mod rows;
mod working;

use std::collections::BTreeSet;

use redress_tests::{
    chain::{ACCESS_TO_WORK, ACCESS_TO_WORK_OLD, JETS},
    contract,
};

use desk::Desk;

/// Reasons that this page cannot give, each with the test that does, or with why no caller ever sees it.
const ELSEWHERE: [(&str, &str); 7] = [
    (
        "APPROVAL_EXPIRED",
        "guidance changes with the program, between approval and implementation: complaints-domain, improvement",
    ),
    (
        "DATE_OUT_OF_RANGE",
        "no date that the declared syntax takes leads past the end of the calendar: redress-policy",
    ),
    ("DIVISION_LOCKED", "of a command that no caller has: complaints-domain"),
    ("NOT_DUE", "of commands of the clock alone: complaints-domain"),
    ("OTHER_PROGRAMME", "of a command that no caller has: complaints-domain"),
    ("SIGNPOST_OUT_OF_DATE", "the texts have one version each so far: complaints-domain, redress-policy"),
    ("TOO_MANY", "the declared syntax says so first: complaints-domain"),
];

#[tokio::test(flavor = "multi_thread")]
async fn complaints_say_no_with_the_reason_they_document() {
    let mut desk = Desk::open(JETS, 0x4e5).await;
    intake::try_all(&mut desk).await;
    working::try_all(&mut desk).await;
    answering::try_all(&mut desk).await;
    examiner::try_all(&mut desk).await;
    ending::try_all(&mut desk).await;
    repetition::try_all(&mut desk).await;
    documents::try_all(&mut desk).await;
    chain::try_all(&mut desk).await;
    procedures::try_all(&mut desk).await;
    policy::try_all(&mut desk).await;
    let mut seen = desk.verdicts.conclude();

    let mut desk = Desk::open(ACCESS_TO_WORK, 0x4e6).await;
    approval::try_all(&mut desk).await;
    seen.extend(desk.verdicts.conclude());

    let mut desk = Desk::open(ACCESS_TO_WORK_OLD, 0x4e7).await;
    improvement::try_all(&mut desk).await;
    intake::before_the_guidance(&mut desk).await;
    seen.extend(desk.verdicts.conclude());

    let documented = documented();
    let given: BTreeSet<String> =
        seen.iter().filter(|reason| documented.contains(*reason)).cloned().collect();
    let elsewhere: BTreeSet<String> = ELSEWHERE.iter().map(|(reason, _)| (*reason).to_owned()).collect();
    let missing: Vec<&String> =
        documented.iter().filter(|reason| !given.contains(*reason) && !elsewhere.contains(*reason)).collect();
    assert!(missing.is_empty(), "documented, and given to nobody: {missing:#?}");
    let undocumented: Vec<&String> =
        seen.iter().filter(|reason| !documented.contains(*reason) && !common(reason)).collect();
    assert!(undocumented.is_empty(), "given, and not documented: {undocumented:#?}");
    let both: Vec<&String> = given.intersection(&elsewhere).collect();
    assert!(both.is_empty(), "given here, so no longer elsewhere: {both:#?}");
}

/// The reasons of complaints and supply chains, as their contract documents them.
fn documented() -> BTreeSet<String> {
    let enums = contract::enums();
    let ours = ["redress.complaints.v1.", "redress.supply_chain.v1."];
    let of_ours =
        |name: &str| name.ends_with("ErrorReason") && ours.iter().any(|package| name.starts_with(package));
    let values = enums
        .iter()
        .filter(|each| of_ours(each.full_name()))
        .flat_map(|each| each.values().collect::<Vec<_>>());
    let reasons: BTreeSet<String> = values
        .filter(|value| value.number() != 0)
        .filter_map(|value| value.name().split_once("ERROR_REASON_").map(|(_, reason)| reason.to_owned()))
        .collect();
    assert!(reasons.len() > 20, "{reasons:?}");
    reasons
}

/// Reasons that every service has: those of the declared syntax, of the platform, and of policy.
fn common(reason: &str) -> bool {
    const PLATFORM: [&str; 31] = [
        "INVALID_REQUEST",
        "REQUIRED",
        "OUTPUT_ONLY",
        "TOO_LONG",
        "TOO_MANY_ITEMS",
        "UNKNOWN_ENUM",
        "TOO_SMALL",
        "TOO_LARGE",
        "INVALID_TEXT",
        "INVALID_UUID",
        "INVALID_NAME",
        "PERSONAL_DATA_NOT_ALLOWED",
        "INVALID_NINO",
        "INVALID_IDENTIFIER",
        "INVALID_MEDIA_TYPE",
        "INVALID_FILE_NAME",
        "INVALID_EMAIL",
        "INVALID_DATE",
        "OUT_OF_RANGE_TIME",
        "INVALID_DURATION",
        "UNKNOWN_FIELD",
        "MALFORMED_MESSAGE",
        "MESSAGE_TOO_LARGE",
        "ROLE_MISSING",
        "NATURAL_PERSON_REQUIRED",
        "NOT_FOUND",
        "LOST_RACE",
        "REQUEST_ID_REUSED",
        "IN_PROGRESS",
        "VERSION_MISMATCH",
        // Of the breaches of a procedure that loosens.
        "CANNOT_END_IN_TIME",
    ];
    let policy =
        contract::enums().into_iter().find(|each| each.full_name() == "redress.policy.v1.ErrorReason");
    let of_policy =
        policy.is_some_and(|policy| policy.get_value_by_name(&format!("ERROR_REASON_{reason}")).is_some());
    PLATFORM.contains(&reason) || of_policy
}
