//! A person asks to be erased, from the holding reply to the day on which nothing of them is left (RET-10 to RET-12, Q23).

use redress_proto::{
    options::v1::Role,
    records_retention::v1::{self as proto, erasure_service_client::ErasureServiceClient},
};
use redress_testkit::wait;
use tonic::{Response, Status};

use crate::cast::{Caller, Cast, PRIME, STRANGER, day, hold, refused, release, request_id};

const RECEIVED: &str = "2022-03-07";

async fn erasures(cast: &Cast) -> ErasureServiceClient<Caller> {
    ErasureServiceClient::new(cast.caller(PRIME, Role::RecordsOfficer, "rita").await)
}

async fn receive(cast: &Cast, participant: &str) -> Result<proto::ErasureRequest, Status> {
    let request = proto::ReceiveErasureRequestRequest {
        request_id: request_id(),
        erasure_request: Some(proto::ErasureRequest {
            contract: cast.contract.clone(),
            participant: participant.to_owned(),
            received_on: Some(day(RECEIVED)),
            ..Default::default()
        }),
        correspondents: Some(proto::Correspondents {
            sender: "Northern Skills".to_owned(),
            full_name: "Ŵyn O'Brien".to_owned(),
            postal_address: "1 Mill Lane\nAyr".to_owned(),
        }),
    };
    erasures(cast).await.receive_erasure_request(request).await.map(Response::into_inner)
}

async fn refer(cast: &Cast, name: &str) -> proto::ErasureRequest {
    let request = proto::RecordDataProtectionReferenceRequest {
        request_id: request_id(),
        name: name.to_owned(),
        data_protection_reference: "DPO-2022-17".to_owned(),
    };
    erasures(cast).await.record_data_protection_reference(request).await.unwrap().into_inner()
}

async fn decide(
    cast: &Cast,
    name: &str,
    outcome: proto::ErasureOutcome,
    ground: proto::ErasureGround,
    progress: proto::ParticipantProgress,
) -> Result<proto::ErasureRequest, Status> {
    let decision = proto::ErasureDecision {
        outcome: outcome.into(),
        ground: ground.into(),
        progress: progress.into(),
        explanation: "We are sorry to see you go.".to_owned(),
    };
    let request = proto::DecideErasureRequestRequest {
        request_id: request_id(),
        name: name.to_owned(),
        decision: Some(decision),
    };
    erasures(cast).await.decide_erasure_request(request).await.map(Response::into_inner)
}

async fn get(cast: &Cast, name: &str) -> proto::ErasureRequest {
    let request = proto::GetErasureRequestRequest { name: name.to_owned() };
    erasures(cast).await.get_erasure_request(request).await.unwrap().into_inner()
}

async fn letter(cast: &Cast, record: &str, part: &str) -> String {
    String::from_utf8(cast.content(record, part).await.unwrap()).unwrap()
}

#[tokio::test]
async fn who_never_started_is_erased_by_two_people_and_the_letters_say_so() {
    let cast = Cast::usual().await;
    let person = cast.record_of(&cast.participant).await;
    let asked = receive(&cast, &cast.participant).await.unwrap();
    assert_eq!(asked.stage(), proto::ErasureStage::Received);
    let reply = letter(&cast, &asked.correspondence, &asked.holding_reply).await;
    assert!(reply.contains("Ŵyn O'Brien") && reply.contains("by 7 April 2022"), "{reply}");
    assert_eq!(refused(receive(&cast, &cast.participant).await), "ALREADY_THERE");

    // Held from now on, also what comes now; and no person can release it.
    let held = cast.get(&person.name).await;
    assert_eq!(held.holds[0].reason(), proto::HoldReason::ErasurePending);
    let freed = cast.records().await.release_hold(release(&person.name, &held.holds[0].name)).await;
    assert_eq!(refused(freed), "NOT_YOUR_HOLD");
    let late = proto::Record {
        contract: cast.contract.clone(),
        record_class: proto::RecordClass::CorrespondenceFile.into(),
        participant: cast.participant.clone(),
        ..Default::default()
    };
    let late = cast.enter(late).await.unwrap();
    assert!(late.held);

    let (erase, none) = (proto::ErasureOutcome::Erase, proto::ErasureGround::Unspecified);
    let never = proto::ParticipantProgress::NeverStarted;
    assert_eq!(refused(decide(&cast, &asked.name, erase, none, never).await), "STAGE_REFUSES");
    assert_eq!(refer(&cast, &asked.name).await.stage(), proto::ErasureStage::Referred);
    let started = proto::ParticipantProgress::Started;
    assert_eq!(refused(decide(&cast, &asked.name, erase, none, started).await), "KEPT_FOR_AUDIT");
    // Q23: a hold beats erasure.
    let placed = cast.records().await.place_hold(hold(&person.name, "CLAIM-1")).await.unwrap().into_inner();
    let claim = placed.holds.iter().find(|hold| hold.reason() == proto::HoldReason::LegalClaim).unwrap();
    assert_eq!(refused(decide(&cast, &asked.name, erase, none, never).await), "ON_HOLD");
    cast.records().await.release_hold(release(&person.name, &claim.name)).await.unwrap();

    let granted = decide(&cast, &asked.name, erase, none, never).await.unwrap();
    assert_eq!(granted.stage(), proto::ErasureStage::Granted);
    let answer = letter(&cast, &granted.correspondence, &granted.answer_letter).await;
    assert!(answer.contains("DPO-2022-17") && answer.contains("beyond use"), "{answer}");
    assert!(answer.contains("We are sorry to see you go."), "{answer}");
    let whole = get(&cast, &asked.name).await;
    assert_eq!(whole.data_protection_reference, "DPO-2022-17");
    assert_eq!(whole.answer.unwrap().due_on, Some(day("2022-04-07")));

    // Due at once, and by the one way of all records: two people, a veto, the holders.
    cast.pass(2);
    let due = cast.get(&person.name).await;
    assert_eq!((due.stage(), due.held), (proto::RecordStage::Due, false));
    cast.dispose(&[&person.name, &late.name]).await;
    cast.pass(1);
    wait::until_async("the request to be carried out", || async {
        get(&cast, &asked.name).await.stage() == proto::ErasureStage::CarriedOut
    })
    .await;
    // The correspondence is kept, and says why the person is not held any more (RET-14).
    assert!(letter(&cast, &granted.correspondence, &granted.answer_letter).await.contains("erase"));
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn who_started_is_kept_and_told_why() {
    let cast = Cast::usual().await;
    let person = cast.record_of(&cast.participant).await;
    let asked = receive(&cast, &cast.participant).await.unwrap();
    refer(&cast, &asked.name).await;
    let keep = proto::ErasureOutcome::Keep;
    let (audit, claims) = (proto::ErasureGround::AuditAndPayment, proto::ErasureGround::LegalClaims);
    let never = proto::ParticipantProgress::NeverStarted;
    assert_eq!(refused(decide(&cast, &asked.name, keep, audit, never).await), "NOT_ALLOWED");
    assert_eq!(
        refused(decide(&cast, &asked.name, proto::ErasureOutcome::Erase, claims, never).await),
        "REQUIRED"
    );
    let started = proto::ParticipantProgress::Started;
    let kept = decide(&cast, &asked.name, keep, audit, started).await.unwrap();
    assert_eq!(kept.stage(), proto::ErasureStage::Refused);
    let answer = letter(&cast, &kept.correspondence, &kept.answer_letter).await;
    assert!(answer.contains("audit and payment") && answer.contains("Information Commissioner"), "{answer}");
    cast.freed(&person.name).await;
    assert_eq!(refused(decide(&cast, &asked.name, keep, claims, started).await), "STAGE_REFUSES");
    // They may ask again.
    assert_ne!(receive(&cast, &cast.participant).await.unwrap().name, asked.name);
    let list = proto::ListErasureRequestsRequest::default();
    let found = erasures(&cast).await.list_erasure_requests(list.clone()).await.unwrap().into_inner();
    assert_eq!(found.erasure_requests.len(), 2);
    let mut stranger = ErasureServiceClient::new(cast.caller(STRANGER, Role::RecordsOfficer, "sid").await);
    let request = proto::GetErasureRequestRequest { name: asked.name.clone() };
    assert_eq!(refused(stranger.get_erasure_request(request).await), "NOT_FOUND");
    assert!(stranger.list_erasure_requests(list).await.unwrap().into_inner().erasure_requests.is_empty());
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn an_answer_that_is_late_is_raised() {
    let cast = Cast::usual().await;
    let asked = receive(&cast, &cast.participant).await.unwrap();
    for _ in 0..5 {
        cast.pass(6);
        cast.record_of(&cast.participant).await;
    }
    assert!(!get(&cast, &asked.name).await.late);
    cast.pass(2);
    wait::until_async("the answer to be late", || async { get(&cast, &asked.name).await.late }).await;
    cast.suite.stop().await.unwrap();
}
