//! Access to Work: a formal reply goes to the department first, is reworked, approved at its digest, and goes out as approved
//! (CMP-16, A1 7.03).

use redress_proto::{
    complaints::v1::{
        DraftDecision, GetLetterRequest, LetterKind, LetterState, Stage,
        complaint_service_client::ComplaintServiceClient,
    },
    options::v1::Role,
};
use redress_tests::chain::{ACCESS_TO_WORK, Member, bearing};
use tonic::Code;

use super::place::Place;

const FIRST: &str = "We did nothing wrong.";
const SECOND: &str = "We are sorry. Your fares will be paid.";

#[tokio::test(flavor = "multi_thread")]
async fn a_formal_reply_waits_for_the_department_in_process() {
    let mut place = Place::here(ACCESS_TO_WORK, 0x901).await;
    live(&mut place).await;
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_formal_reply_waits_for_the_department_on_postgres() {
    let Some(mut place) = Place::process(ACCESS_TO_WORK, "redress_journey_approval", 0x902).await else {
        return;
    };
    live(&mut place).await;
    place.leave().await;
}

async fn live(place: &mut Place) {
    let on = place.today();
    let complaint = place.complaint(place.days_ago(3));
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let mut approver = place.officer(Member::Department, Role::DraftApprover);
    let name = officer.register(complaint).await.unwrap().name;
    officer.acknowledge(&name, on).await.unwrap();
    officer.assign(&name, "handler-1", "").await.unwrap();
    for step in ["call-complainant", "investigate"] {
        officer.step(&name, step, on, &[]).await.unwrap();
    }

    let pending = officer.draft(&name, LetterKind::StageResponse, FIRST).await.unwrap();
    assert_eq!(pending.stage(), Stage::DraftPendingApproval);
    let first = pending.letters.last().unwrap().clone();
    assert_eq!(read(place, &first.name).await, FIRST);
    let own = officer.decide(&first, &name, DraftDecision::Approve, "").await.unwrap_err();
    assert_eq!(own.code, Code::PermissionDenied, "nobody approves their own draft");
    let reworked = approver.decide(&first, &name, DraftDecision::Rework, "The bus fares.").await.unwrap();
    assert_eq!(reworked.stage(), Stage::Rework);

    let pending = officer.draft(&name, LetterKind::StageResponse, SECOND).await.unwrap();
    let second = pending.letters.last().unwrap().clone();
    assert_ne!((&second.name, &second.digest), (&first.name, &first.digest));
    let late = approver.decide(&first, &name, DraftDecision::Approve, "").await.unwrap_err();
    assert_eq!(late.code, Code::FailedPrecondition, "the first draft is past approving");
    approver.decide(&second, &name, DraftDecision::Approve, "").await.unwrap();
    let other = officer.respond(&name, FIRST, on).await.unwrap_err();
    assert_eq!(other.reason, "APPROVAL_DIGEST_MISMATCH");
    let issued = officer.respond(&name, SECOND, on).await.unwrap();
    assert_eq!(issued.stage(), Stage::StageResponseIssued);
    let letter = issued.letters.iter().find(|letter| letter.name == second.name).unwrap();
    assert_eq!((letter.state(), &letter.digest), (LetterState::Issued, &second.digest));
}

/// The text, as the department reads it.
async fn read(place: &Place, letter: &str) -> String {
    let token = place.chain.people.token(Member::Department, Role::DraftApprover).unwrap();
    let request = GetLetterRequest { name: letter.to_owned() };
    let answer = ComplaintServiceClient::new(place.channel.clone())
        .get_letter(bearing(&token, request).unwrap())
        .await;
    answer.unwrap().into_inner().text
}
