//! Refusals, as a person and as a program reads them.

use insta::assert_snapshot;
use prost::Message as _;
use redress::{
    client::{Failure, Problem},
    exit::Exit,
    present::problem,
};
use redress_proto::r#type::v1::Citation;
use tonic::{Code, Status};
use tonic_types::pb;

use crate::fixture::{cite, screen};

const REQUEST: &str = "0190c2f6-7d5e-7000-8000-000000000009";

fn any(name: &str, message: &impl prost::Message) -> prost_types::Any {
    prost_types::Any { type_url: format!("type.googleapis.com/{name}"), value: message.encode_to_vec() }
}

#[expect(clippy::disallowed_methods, reason = "this is what a service would have sent")]
fn status(code: Code, message: &str, details: Vec<prost_types::Any>) -> Status {
    let status = pb::Status { code: code as i32, message: message.to_owned(), details };
    Status::with_details(code, message, status.encode_to_vec().into())
}

fn info(reason: &str, metadata: &[(&str, &str)]) -> prost_types::Any {
    let metadata = metadata.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    any(
        "google.rpc.ErrorInfo",
        &pb::ErrorInfo { reason: reason.to_owned(), domain: "complaints.redress".to_owned(), metadata },
    )
}

fn steps_open() -> Failure {
    let details = vec![
        info(
            "STEPS_NOT_EXHAUSTED",
            &[
                ("open_steps", "2:senior-review"),
                ("current_stage", "AT_STAGE"),
                ("allowed_stages", "AT_STAGE,REOPENED_BY_ICE"),
                ("citations", "CMP-05 (J0 7.03)"),
                ("policy_pack", "jets-scotland@2022-02-25"),
            ],
        ),
        any("redress.type.v1.Citation", &cite("CMP-05", "J0", "7.03")),
        any(
            "google.rpc.RequestInfo",
            &pb::RequestInfo { request_id: "trace-1".to_owned(), serving_data: String::new() },
        ),
        any("example.Unknown", &Citation::default()),
    ];
    Failure::of(
        &status(Code::FailedPrecondition, "steps of the procedure are still open", details),
        "http://example",
    )
}

fn two_fields() -> Failure {
    let violation = |field: &str, reason: &str, description: &str| pb::bad_request::FieldViolation {
        field: field.to_owned(),
        reason: reason.to_owned(),
        description: description.to_owned(),
        localized_message: None,
    };
    let request = pb::BadRequest {
        field_violations: vec![
            violation("complaint.received_on", "DATE_IN_FUTURE", "must not lie in the future"),
            violation(
                "complaint.respondents",
                "REQUIRED",
                "must name at least one organisation complained about",
            ),
        ],
    };
    let details = vec![info("INVALID_REQUEST", &[]), any("google.rpc.BadRequest", &request)];
    Failure::of(
        &status(Code::InvalidArgument, "2 fields of the request are wrong", details),
        "http://example",
    )
}

#[test]
fn a_refusal_says_why_where_and_what_next() {
    let failure = steps_open();
    assert_eq!(Exit::of(&failure), Exit::Refused);
    assert_eq!(failure.reason(), "STEPS_NOT_EXHAUSTED");
    assert_snapshot!("refused", problem::show(screen(100), &failure, Some(REQUEST)));
}

#[test]
fn every_wrong_field_is_shown_at_once() {
    let failure = two_fields();
    assert_eq!(Exit::of(&failure), Exit::Invalid);
    assert_snapshot!("fields", problem::show(screen(100), &failure, None));
}

#[test]
fn a_suite_that_is_not_there_is_told_from_one_that_is_busy() {
    let gone =
        Failure::of(&status(Code::Unavailable, "tcp connect error", Vec::new()), "http://127.0.0.1:7400");
    assert!(matches!(gone, Failure::Unreachable { .. }));
    assert_eq!(Exit::of(&gone), Exit::Unavailable);
    assert_snapshot!("unreachable", problem::show(screen(100), &gone, Some(REQUEST)));
    let busy = Failure::of(
        &status(Code::Unavailable, "not now", vec![info("DRAINING", &[])]),
        "http://127.0.0.1:7400",
    );
    assert!(matches!(busy, Failure::Refused(_)));
}

#[test]
fn a_refusal_is_json_for_programs() {
    let value = problem::as_json(&steps_open(), Some(REQUEST));
    let error = &value["error"];
    assert_eq!(error["exitCode"], 1);
    assert_eq!(error["code"], "FailedPrecondition");
    assert_eq!(error["reason"], "STEPS_NOT_EXHAUSTED");
    assert_eq!(error["requestId"], REQUEST);
    assert_eq!(error["allowedStages"][1], "REOPENED_BY_ICE");
    assert_eq!(error["citations"][0]["paragraph"], "7.03");
    assert_eq!(error["metadata"]["open_steps"], "2:senior-review");
    assert_eq!(
        problem::as_json(&two_fields(), None)["error"]["violations"][1]["field"],
        "complaint.respondents"
    );
}

#[test]
fn what_refuses_because_of_its_stage_is_looked_at_with_the_command_for_it() {
    for (subject, command) in [
        ("complaints", "redress show"),
        ("contacts", "redress contact"),
        ("mixedComplaints", "redress mixed show"),
        ("memberLetters", "redress member show"),
        ("examinations", "redress ice show"),
    ] {
        let violation = pb::precondition_failure::Violation {
            r#type: "STAGE_REFUSES".to_owned(),
            subject: format!("{subject}/0190c2f6-7d5e-7000-8000-000000000001"),
            description: String::new(),
        };
        let details = vec![
            info("STAGE_REFUSES", &[("current_stage", "CLOSED"), ("allowed_stages", "OPEN")]),
            any("google.rpc.PreconditionFailure", &pb::PreconditionFailure { violations: vec![violation] }),
        ];
        let failure = Failure::of(&status(Code::FailedPrecondition, "not now", details), "http://example");
        let shown = problem::show(screen(140), &failure, None);
        assert!(shown.contains(command) && shown.contains(&format!("{subject}/")), "{shown}");
    }
}

#[test]
fn details_that_cannot_be_read_do_not_hide_the_refusal() {
    #[expect(clippy::disallowed_methods, reason = "this is what a broken service would have sent")]
    let status = Status::with_details(Code::NotFound, "there is no such resource", vec![0xff, 0x01].into());
    let problem = Problem::read(&status);
    assert_eq!(problem.message, "there is no such resource");
    assert!(!problem.explained());
}

#[test]
fn every_documented_refusal_comes_with_advice() {
    let reasons = redress_proto::pool().all_enums().filter(|reasons| reasons.name() == "ErrorReason");
    let mut seen = 0;
    for reason in
        reasons.flat_map(|reasons| reasons.values().collect::<Vec<_>>()).filter(|value| value.number() != 0)
    {
        let word = reason.name().trim_start_matches("ERROR_REASON_").to_owned();
        let failure =
            Failure::of(&status(Code::FailedPrecondition, "no", vec![info(&word, &[])]), "http://example");
        let shown = problem::show(screen(100), &failure, None);
        assert!(shown.contains("what next"), "{word}");
        seen += 1;
    }
    assert!(seen > 50, "{seen}");
}
