//! Draft approval where the pack asks for it: C25 (CMP-16, A1 7.03).

use redress_proto::{
    complaints::v1::{DraftDecision, LetterKind},
    options::v1::Role,
};
use redress_tests::chain::Member;
use tonic::Code;

use super::desk::Desk;

const TEXT: &str = "We are sorry. Your fares will be paid.";

pub(super) async fn try_all(desk: &mut Desk) {
    let name = desk.ready_to_respond(3).await;
    let on = desk.today;
    let answer = desk.officer.respond(&name, TEXT, on).await;
    desk.expect("issued without approval", answer, Code::FailedPrecondition, "APPROVAL_REQUIRED");
    let answer = desk.officer.draft(&name, LetterKind::FinalResponse, TEXT).await;
    desk.expect_field("a final response before the last stage", answer, "kind", "NOT_ALLOWED");

    let mut approver = desk.stand.officer(Member::Department, Role::DraftApprover);
    let pending = desk.officer.draft(&name, LetterKind::StageResponse, TEXT).await.unwrap();
    let letter = pending.letters.last().unwrap().clone();
    let mut other = letter.clone();
    other.digest = "0".repeat(64);
    let answer = approver.decide(&other, &name, DraftDecision::Approve, "").await;
    desk.expect("approval of another text", answer, Code::FailedPrecondition, "APPROVAL_DIGEST_MISMATCH");
    let answer = approver.decide(&letter, &name, DraftDecision::Rework, "").await;
    desk.expect_field("rework without a word", answer, "comment", "REQUIRED");
    let answer = desk.officer.correct(&name, &letter.name, "A correction.", on).await;
    desk.expect_field("a correction of a draft", answer, "corrects", "NOT_ISSUED");
    approver.decide(&letter, &name, DraftDecision::Approve, "").await.unwrap();
    let answer = desk.officer.respond(&name, "Another text.", on).await;
    desk.expect(
        "C25 another text than the approved one",
        answer,
        Code::FailedPrecondition,
        "APPROVAL_DIGEST_MISMATCH",
    );
    desk.officer.respond(&name, TEXT, on).await.unwrap();

    let mut informal = desk.complaint(3);
    informal.channel = redress_proto::r#type::v1::Channel::Telephone.into();
    let name = desk.officer.register(informal).await.unwrap().name;
    desk.officer.acknowledge(&name, on).await.unwrap();
    desk.officer.assign(&name, "handler-1", "").await.unwrap();
    let answer = desk.officer.draft(&name, LetterKind::StageResponse, TEXT).await;
    desk.expect("a draft nobody asked for", answer, Code::FailedPrecondition, "APPROVAL_NOT_NEEDED");
}
