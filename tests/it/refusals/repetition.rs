//! The same request again: G21, G22, and after a year's worth of others.

use redress_proto::{complaints::v1::complaint_service_client::ComplaintServiceClient, options::v1::Role};
use redress_tests::{
    chain::{Member, bearing},
    refused::Refused,
};
use tokio::task::JoinSet;
use tonic::Code;

use super::desk::Desk;

/// At once.
const TIMES: usize = 100;

pub(super) async fn try_all(desk: &mut Desk) {
    let on = desk.days_ago(1);
    let request = desk.stand.chain.registration(on, &mut desk.stand.seed);
    let token = desk.stand.chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..TIMES {
        let mut client = ComplaintServiceClient::new(desk.stand.peer.channel());
        let request = bearing(&token, request.clone()).unwrap();
        calls.spawn(async move { client.register_complaint(request).await });
    }
    let mut answers = Vec::new();
    while let Some(answer) = calls.join_next().await {
        match answer.unwrap() {
            Ok(answer) => answers.push(answer.into_inner()),
            // Not now is an answer too; the same id is then asked again.
            Err(status) => {
                assert!(matches!(status.code(), Code::Aborted | Code::ResourceExhausted), "{status:?}");
            }
        }
    }
    let mut client = ComplaintServiceClient::new(desk.stand.peer.channel());
    answers.push(
        client.register_complaint(bearing(&token, request.clone()).unwrap()).await.unwrap().into_inner(),
    );
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "G21: one answer to {TIMES} equal requests"); // L19

    let mut other = request;
    other.complaint.as_mut().unwrap().formal = true;
    let status = client.register_complaint(bearing(&token, other).unwrap()).await.unwrap_err();
    let answer: Result<(), _> = Err(Box::new(Refused::from(&status)));
    let refusal = desk.expect(
        "G22 the same id with another body",
        answer,
        Code::FailedPrecondition,
        "REQUEST_ID_REUSED",
    );
    let fields = refusal.as_ref().is_some_and(|refusal| {
        refusal.metadata.get("fields").is_some_and(|fields| fields.contains("complaint"))
    });
    desk.verdicts.also("G22 the same id with another body", fields, refusal.as_ref());
}
