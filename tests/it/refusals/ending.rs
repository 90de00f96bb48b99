//! Closing and withdrawing: C26, C29.

use redress_proto::complaints::v1::{CloseReason, WithdrawnBy};
use tonic::Code;

use super::desk::Desk;

pub(super) async fn try_all(desk: &mut Desk) {
    let name = desk.registered(3).await;
    let on = desk.today;
    let answer = desk.officer.withdraw(&name, WithdrawnBy::Representative, on).await;
    desk.expect(
        "C26 withdrawn by a representative nobody knows",
        answer,
        Code::PermissionDenied,
        "NOT_PARTY_TO_WITHDRAW",
    );
    let answer = desk.officer.close(&name, CloseReason::Other, "").await;
    desk.expect_field("C29 closed without a word", answer, "reason_text", "REQUIRED");

    let name = desk.responded(3).await;
    let answer = desk.officer.close(&name, CloseReason::Silent, "").await;
    desk.expect("closed as silent too soon", answer, Code::FailedPrecondition, "WINDOW_OPEN");
    let name = desk.finished(3).await;
    let answer = desk.officer.close(&name, CloseReason::WindowPassed, "").await;
    desk.expect("closed before the window passed", answer, Code::FailedPrecondition, "WINDOW_OPEN");
    let answer = desk.officer.close(&name, CloseReason::ExaminerClosed, "").await;
    desk.expect("closed by an examiner who never had it", answer, Code::FailedPrecondition, "STAGE_REFUSES");
}
