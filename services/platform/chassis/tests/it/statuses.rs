//! What rules, database and command shell say no with, as a caller gets it (reliability 5.11, style 2.6).

use prost::Message as _;
use redress_chassis::Domain;
use redress_journal::Failure;
use redress_kernel::{Citation, Explanation, Kind, Refusal, StageConflict, Violation};
use redress_proto::r#type::v1 as types;
use redress_store::{Cause, DbError};
use redress_testkit::Refused;
use tonic::{Code, Status};
use tonic_types::pb;

const DOMAIN: Domain = Domain::new("complaints.redress");
const NAME: &str = "complaints/00000000-0000-4000-8000-000000000001";

fn detail<M: prost::Message + Default>(status: &Status, name: &str) -> M {
    let details = pb::Status::decode(status.details()).unwrap().details;
    let detail =
        details.iter().find(|detail| detail.type_url == format!("type.googleapis.com/{name}")).unwrap();
    M::decode(detail.value.as_slice()).unwrap()
}

#[derive(Debug, thiserror::Error)]
#[error("not every step is done")]
struct Unfinished;

impl Refusal for Unfinished {
    fn explain(&self) -> Explanation {
        let citation = Citation {
            rule: "CMP-05".to_owned(),
            pack: "jets-scotland".to_owned(),
            pack_version: "2022-02-25".to_owned(),
            document: "J0".to_owned(),
            paragraph: "7.01".to_owned(),
            inputs: vec![("steps_left".to_owned(), "2".to_owned())],
        };
        let stage = StageConflict {
            subject: NAME.to_owned(),
            current: "WORKING",
            allowed: vec!["EXHAUSTED", "ANSWERED"],
        };
        Explanation::new(Kind::Precondition, "STEPS_NOT_EXHAUSTED", self.to_string())
            .with("steps_left", 2)
            .in_stage(stage)
            .citing([citation])
    }
}

#[test]
fn a_refusal_of_the_rules_carries_stage_and_citation() {
    let status = DOMAIN.refuse(&Unfinished);
    let refused = Refused::of(&status);
    assert_eq!(
        (refused.code, refused.message.as_str()),
        (Code::FailedPrecondition, "not every step is done")
    );
    assert_eq!(
        (refused.reason.as_str(), refused.domain.as_str()),
        ("STEPS_NOT_EXHAUSTED", "complaints.redress")
    );
    for (key, value) in [
        ("steps_left", "2"),
        ("current_stage", "WORKING"),
        ("allowed_stages", "EXHAUSTED,ANSWERED"),
        ("citations", "CMP-05 (J0 7.01)"),
        ("policy_pack", "jets-scotland@2022-02-25"),
    ] {
        assert_eq!(refused.metadata[key], value);
    }
    let failure: pb::PreconditionFailure = detail(&status, "google.rpc.PreconditionFailure");
    assert_eq!(
        (failure.violations[0].r#type.as_str(), failure.violations[0].subject.as_str()),
        ("STEPS_NOT_EXHAUSTED", NAME)
    );
    let citation: types::Citation = detail(&status, "redress.type.v1.Citation");
    assert_eq!((citation.paragraph.as_str(), citation.inputs[0].value.as_str()), ("7.01", "2"));
}

#[test]
fn every_kind_of_no_has_its_code_and_detail() {
    for (kind, code, with) in [
        (Kind::Invalid, Code::InvalidArgument, None),
        (Kind::Precondition, Code::FailedPrecondition, Some("google.rpc.PreconditionFailure")),
        (Kind::AlreadyExists, Code::AlreadyExists, Some("google.rpc.ResourceInfo")),
        (Kind::NotFound, Code::NotFound, Some("google.rpc.ResourceInfo")),
        (Kind::Forbidden, Code::PermissionDenied, None),
        (Kind::LostRace, Code::Aborted, Some("google.rpc.RetryInfo")),
        (Kind::NotNow, Code::Unavailable, Some("google.rpc.RetryInfo")),
        (Kind::Exhausted, Code::ResourceExhausted, Some("google.rpc.QuotaFailure")),
        (Kind::OutOfRange, Code::OutOfRange, None),
    ] {
        let refused =
            Refused::of(&DOMAIN.explain(&Explanation::new(kind, "SOME_REASON", "no").with("name", NAME)));
        assert_eq!((refused.code, refused.reason.as_str()), (code, "SOME_REASON"), "{kind:?}");
        assert!(with.is_none_or(|with| refused.has(with)), "{kind:?}: {:?}", refused.kinds);
    }
    let status = DOMAIN.explain(&Explanation::new(Kind::NotFound, "NOT_FOUND", "no").with("name", NAME));
    let resource: pb::ResourceInfo = detail(&status, "google.rpc.ResourceInfo");
    assert_eq!((resource.resource_type.as_str(), resource.resource_name.as_str()), ("complaints", NAME));
    // Without a stage the precondition still says about what.
    let status = DOMAIN.explain(&Explanation::new(Kind::Precondition, "IMMUTABLE", "no").with("name", NAME));
    let failure: pb::PreconditionFailure = detail(&status, "google.rpc.PreconditionFailure");
    assert_eq!(failure.violations[0].subject, NAME);
}

#[test]
fn breaches_are_told_at_once_and_no_more_than_twenty() {
    let one = |reason| Violation::new("text", reason, "must be shorter");
    let refused = Refused::of(&DOMAIN.invalid(vec![one("TOO_LONG"), one("TOO_LONG")]));
    assert_eq!((refused.reason.as_str(), refused.fields.len()), ("TOO_LONG", 2));
    let refused = Refused::of(&DOMAIN.invalid(vec![one("TOO_LONG"), one("REQUIRED"), one("TOO_LONG")]));
    assert_eq!(refused.reason, "INVALID_REQUEST");
    assert_eq!(Refused::of(&DOMAIN.invalid(vec![one("TOO_LONG"); 50])).fields.len(), 20);
}

#[test]
fn the_database_is_never_quoted() {
    let cause = || Cause::new("23505", "duplicate key in table participants: Annabel Secretson");
    let inconsistent = DbError::Inconsistent {
        table: "participants".to_owned(),
        column: "name".to_owned(),
        reason: "is no text",
    };
    for (error, code, reason, retry) in [
        (DbError::Conflict(cause()), Code::Aborted, "LOST_RACE", true),
        (DbError::Unavailable(cause()), Code::Unavailable, "UNAVAILABLE", true),
        (DbError::Exhausted(cause()), Code::ResourceExhausted, "STORAGE_FULL", true),
        (DbError::Timeout(cause()), Code::DeadlineExceeded, "DEADLINE_EXCEEDED", true),
        (DbError::Unknown(cause()), Code::Unavailable, "UNAVAILABLE", true),
        (DbError::Broken(cause()), Code::Unavailable, "UNAVAILABLE", true),
        (DbError::Refused(cause()), Code::Internal, "INTERNAL", false),
        (inconsistent, Code::Internal, "INTERNAL", false),
    ] {
        let status = DOMAIN.database(&error);
        let refused = Refused::of(&status);
        assert_eq!((refused.code, refused.reason.as_str()), (code, reason), "{error}");
        assert_eq!(refused.has("google.rpc.RetryInfo"), retry, "{error}");
        assert_eq!(status.metadata().contains_key("grpc-retry-pushback-ms"), retry);
        let shown = format!("{status:?}");
        assert!(!shown.contains("participants") && !shown.contains("Secretson") && !shown.contains("23505"));
    }
}

#[test]
fn the_command_shell_is_answered_for_in_its_own_words() {
    for (failure, code, reason, retry) in [
        (Failure::Refused(Unfinished), Code::FailedPrecondition, "STEPS_NOT_EXHAUSTED", false),
        (
            Failure::RequestReused { fields: vec!["text".to_owned()] },
            Code::FailedPrecondition,
            "REQUEST_ID_REUSED",
            false,
        ),
        (Failure::LostRace, Code::Aborted, "LOST_RACE", true),
        (Failure::Overloaded, Code::ResourceExhausted, "OVERLOADED", true),
        (Failure::DeadlinePassed, Code::DeadlineExceeded, "DEADLINE_PASSED", false),
        (Failure::Unavailable, Code::Unavailable, "NOT_AVAILABLE", true),
        (Failure::StorageFull, Code::ResourceExhausted, "STORAGE_FULL", true),
        (Failure::OutcomeUnknown, Code::Unavailable, "OUTCOME_UNKNOWN", true),
        (Failure::Internal(Cause::new("bug", "in table participants")), Code::Internal, "INTERNAL", false),
    ] {
        let status = DOMAIN.failure(&failure);
        let refused = Refused::of(&status);
        assert_eq!((refused.code, refused.reason.as_str()), (code, reason), "{failure}");
        assert_eq!(refused.has("google.rpc.RetryInfo"), retry, "{failure}");
        assert!(!format!("{status:?}").contains("participants"));
    }
    let reused = DOMAIN.failure(&Failure::<Unfinished>::RequestReused { fields: vec!["text".to_owned()] });
    assert_eq!(Refused::of(&reused).metadata["fields"], "text");
}
