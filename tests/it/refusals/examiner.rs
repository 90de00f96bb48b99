//! The way to the examiner and back: C29, windows, reopening (CMP-08, CMP-09, CMP-14).

use redress_proto::complaints::v1::CloseReason;
use tonic::Code;

use super::desk::Desk;

pub(super) async fn try_all(desk: &mut Desk) {
    early(desk).await;
    with_ice(desk).await;
    escalating(desk).await;
}

async fn early(desk: &mut Desk) {
    let name = desk.at_stage_one(30).await;
    let on = desk.today;
    let answer = desk.officer.examiner(&name, on, on, false).await;
    desk.expect("the examiner before eight weeks", answer, Code::FailedPrecondition, "EARLY_ACCESS_NOT_OPEN");

    // The window of a final response from 200 days ago is over.
    let name = desk.finished(230).await;
    let answer = desk.officer.examiner(&name, on, on, false).await;
    desk.expect("the examiner after six months", answer, Code::FailedPrecondition, "WINDOW_CLOSED");
}

async fn with_ice(desk: &mut Desk) {
    let name = desk.finished(3).await;
    let on = desk.today;
    let answer = desk.officer.reopen(&name, &[(1, "investigate")], on).await;
    desk.expect("reopened without the examiner", answer, Code::FailedPrecondition, "STAGE_REFUSES");
    desk.officer.examiner(&name, on, on, false).await.unwrap();
    let answer = desk.officer.close(&name, CloseReason::Other, "We would rather not.").await;
    desk.expect("C29 closed while with the examiner", answer, Code::FailedPrecondition, "WITH_ICE");
    let answer = desk.officer.reopen(&name, &[(1, "dance")], on).await;
    desk.expect("reopening a step there is not", answer, Code::InvalidArgument, "UNKNOWN_STEP");
    let answer = desk.officer.reopen(&name, &[(1, "investigate"), (1, "investigate")], on).await;
    desk.expect("reopening a step twice", answer, Code::InvalidArgument, "DUPLICATE");
}

async fn escalating(desk: &mut Desk) {
    // The procedure gives a month.
    let name = desk.responded(60).await;
    let on = desk.today;
    let answer = desk.officer.escalate(&name, on).await;
    desk.expect("escalated after a month", answer, Code::FailedPrecondition, "WINDOW_CLOSED");
}
