//! Working a complaint: C13, C25's neighbours, steps in order.

use redress_proto::{complaints::v1::Subject, options::v1::Role};
use redress_tests::chain::Member;
use tonic::Code;

use super::desk::Desk;

pub(super) async fn try_all(desk: &mut Desk) {
    receipts(desk).await;
    acknowledging(desk).await;
    handlers(desk).await;
    steps(desk).await;
    redirecting(desk).await;
}

async fn receipts(desk: &mut Desk) {
    let name = desk.registered(3).await;
    let (rival, sub) = (desk.organisation(Member::Rival), desk.organisation(Member::Sub));
    let on = desk.days_ago(4);
    let answer = desk.officer.receipt(&name, &rival, on).await;
    desk.expect("a receipt outside the chain", answer, Code::FailedPrecondition, "SUPPLY_CHAIN_EDGE_MISSING");
    let answer = desk.officer.receipt(&name, &sub, jiff::civil::date(2020, 1, 1)).await;
    desk.expect_field("a receipt before the contract", answer, "received_on", "TOO_EARLY");
}

async fn acknowledging(desk: &mut Desk) {
    let name = desk.registered(3).await;
    let (early, late) = (desk.days_ago(4), desk.tomorrow());
    let answer = desk.officer.acknowledge(&name, early).await;
    desk.expect_field("acknowledged before receipt", answer, "acknowledged_on", "BEFORE_RECEIPT");
    let answer = desk.officer.acknowledge(&name, late).await;
    desk.expect_field("acknowledged tomorrow", answer, "acknowledged_on", "DATE_IN_FUTURE");
    let on = desk.days_ago(3);
    let answer = desk.officer.step(&name, "call-complainant", on, &[]).await;
    let refusal = desk.expect("a step before the stage", answer, Code::FailedPrecondition, "STAGE_REFUSES");
    let stages = refusal.as_ref().is_some_and(|refusal| {
        refusal.metadata.contains_key("current_stage") && refusal.metadata.contains_key("allowed_stages")
    });
    desk.verdicts.also("a step before the stage", stages, refusal.as_ref());
}

async fn handlers(desk: &mut Desk) {
    let mut complaint = desk.complaint(3);
    complaint.persons_complained_about = vec!["adviser-7".to_owned()];
    let name = desk.officer.register(complaint).await.unwrap().name;
    let answer = desk.officer.assign(&name, "adviser-7", "").await;
    desk.expect(
        "C13 handled by the person complained about",
        answer,
        Code::FailedPrecondition,
        "HANDLER_CONFLICT",
    );
    let stale = desk.officer.get(&name).await.unwrap().etag;
    desk.officer.assign(&name, "handler-1", &stale).await.unwrap();
    let answer = desk.officer.assign(&name, "handler-2", &stale).await;
    desk.expect("G25 a stale etag", answer, Code::Aborted, "VERSION_MISMATCH");
    let mut rival = desk.stand.officer(Member::Rival, Role::ComplaintsManager);
    let answer = rival.assign(&name, "handler-3", "").await;
    desk.expect("C14 someone else's case", answer, Code::NotFound, "NOT_FOUND");
}

async fn steps(desk: &mut Desk) {
    let name = desk.at_stage_one(3).await;
    let on = desk.days_ago(2);
    let answer = desk.officer.step(&name, "investigate", on, &[]).await;
    desk.expect("the second step first", answer, Code::FailedPrecondition, "STEP_OUT_OF_ORDER");
    let answer = desk.officer.step(&name, "dance", on, &[]).await;
    desk.expect_field("a step of another procedure", answer, "step", "UNKNOWN_STEP");
    let nowhere = format!("documents/{}", desk.stand.seed.uuid());
    let answer = desk.officer.step(&name, "call-complainant", on, &[nowhere]).await;
    desk.expect("evidence that is not on file", answer, Code::InvalidArgument, "NOT_ON_FILE");
    let before = desk.days_ago(9);
    let answer = desk.officer.step(&name, "call-complainant", before, &[]).await;
    desk.expect_field("done before receipt", answer, "done_on", "BEFORE_RECEIPT");
}

async fn redirecting(desk: &mut Desk) {
    let name = desk.registered(3).await;
    let on = desk.days_ago(2);
    let answer = desk.officer.redirect(&name, Subject::Service, on).await;
    desk.expect_field("the provider's own complaint sent away", answer, "subject", "NOT_ALLOWED");
}
