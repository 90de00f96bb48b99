//! From a case to its tombstone: record, clock, hold, disposal, holder, certificate (RET-14, RET-15, L31).

use prost::Message as _;
use redress_journal::entry::Content;
use redress_proto::{
    complaints::v1::{self as complaints, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
    records_retention::v1 as proto,
    r#type::v1::Channel,
};
use redress_testkit::wait;

use crate::{
    cast::{Cast, DUE, STRANGER, day, refused, request_id},
    execute::execute,
    recount::comes_back_after,
};

#[tokio::test]
async fn a_case_is_kept_as_promised_gone_when_promised_and_provably_so() {
    let cast = Cast::usual().await;
    let complaint = cast.complaint("Nobody called me back.").await;
    let record = cast.record_of(&complaint).await;
    // L41: from birth it has a basis; RET-07: while it is open it is held.
    assert_eq!(record.retention.as_ref().unwrap().due_on, Some(day("2028-06-30")));
    assert_eq!(record.record_class(), proto::RecordClass::ComplaintFile);
    assert!(record.held && record.holds[0].reason() == proto::HoldReason::OpenComplaint);
    cast.withdraw(&complaint).await;
    cast.freed(&record.name).await;

    cast.fall_due().await;
    assert_eq!(cast.get(&record.name).await.stage(), proto::RecordStage::Due);
    let person = cast.record_of(&cast.participant).await;
    let disposal = cast.dispose(&[&record.name, &person.name]).await;
    // The file and the person at complaints, and what ice-liaison had learned of the complaint, which it keeps under no key.
    assert_eq!(disposal.receipts.len(), 3);
    assert!(disposal.receipts.iter().all(|receipt| receipt.destroyed));
    assert_eq!(disposal.receipts.iter().map(|receipt| receipt.keys).sum::<i32>(), 2);

    // What is left of it, here and with its holder.
    let left = cast.get(&record.name).await;
    assert_eq!(left.stage(), proto::RecordStage::Destroyed);
    let tombstone = left.tombstone.unwrap();
    assert_eq!((tombstone.proposed_by.as_str(), tombstone.approved_by.as_str()), ("rita", "omar"));
    assert!(left.parts.is_empty() && left.holds.is_empty() && left.reference.is_empty());
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn every_rpc_of_the_holder_answers_with_the_tombstone_and_strangers_learn_nothing() {
    // L31
    let cast = Cast::usual().await;
    let complaint = cast.complaint("Nobody called me back.").await;
    let record = cast.record_of(&complaint).await;
    cast.withdraw(&complaint).await;
    cast.freed(&record.name).await;
    cast.fall_due().await;
    cast.dispose(&[&record.name]).await;

    let mut officer = cast.officer().await;
    let get = || complaints::GetComplaintRequest { name: complaint.clone(), view: 0 };
    let timeline = complaints::ListTimelineRequest { name: complaint.clone(), ..Default::default() };
    let documents = complaints::ListDocumentsRequest { parent: complaint.clone(), ..Default::default() };
    let acknowledge = complaints::AcknowledgeComplaintRequest {
        request_id: request_id(),
        name: complaint.clone(),
        acknowledged_on: Some(day("2028-07-06")),
        channel: Channel::Email.into(),
        ..Default::default()
    };
    for reason in [
        refused(officer.get_complaint(get()).await),
        refused(officer.list_timeline(timeline).await),
        refused(cast.documents().await.list_documents(documents).await),
        refused(officer.acknowledge_complaint(acknowledge).await),
    ] {
        assert_eq!(reason, "ITEM_DESTROYED");
    }
    let list = complaints::ListComplaintsRequest::default();
    let left = officer.list_complaints(list).await.unwrap().into_inner().complaints;
    assert!(left.is_empty(), "{left:?}");
    let stranger = cast.caller(STRANGER, Role::ComplaintsManager, "sam").await;
    assert_eq!(refused(ComplaintServiceClient::new(stranger).get_complaint(get()).await), "NOT_FOUND");
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn a_certificate_says_who_what_and_until_when() {
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    cast.fall_due().await;
    let disposal = cast.dispose(&[&record]).await;
    let request = proto::GetCertificateRequest { name: disposal.name.clone() };
    wait::until_async("the certificate to be in the tree", || async {
        cast.disposals("omar").await.get_certificate(request.clone()).await.is_ok()
    })
    .await;
    let certificate =
        cast.disposals("omar").await.get_certificate(request.clone()).await.unwrap().into_inner();
    let entry = Content::decode(certificate.entry.as_ref()).unwrap();
    let said = proto::DisposalCertified::decode(entry.payload.as_slice()).unwrap();
    assert_eq!((said.digest, said.records), (disposal.digest, 1));
    assert_eq!(said.holders[0].keys, 1);
    // L37: thirty-five days of backups.
    assert_eq!(said.beyond_use_until, Some(day("2028-08-10")));
    assert!(certificate.checkpoint.contains("records-retention"), "{}", certificate.checkpoint);
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn nobody_disposes_alone_early_or_unseen() {
    // Reliability D8, D11, D13, D16, D17
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    assert_eq!(refused(cast.propose(&[&record]).await), "NOT_DUE");
    cast.fall_due().await;
    let absent = format!("records/{}", uuid::Uuid::from_u128(99));
    assert_eq!(refused(cast.propose(&[&record, &absent]).await), "NOT_FOUND");
    let proposed = cast.propose(&[&record]).await.unwrap();
    assert_eq!(refused(cast.approve(&proposed, "rita").await), "SAME_PERSON");
    let other = proto::Disposal { digest: "0".repeat(64), ..proposed.clone() };
    assert_eq!(refused(cast.approve(&other, "omar").await), "APPROVAL_DIGEST_MISMATCH");
    // A part came after the manifest was read.
    cast.lay_by(&record, b"Another letter.").await;
    assert_eq!(refused(cast.approve(&proposed, "omar").await), "TRIGGER_CHANGED");
    let proposed = cast.propose(&[&record]).await.unwrap();
    let approved = cast.approve(&proposed, "omar").await.unwrap();
    // Again by the same person: the same answer, once.
    assert_eq!(cast.approve(&proposed, "omar").await.unwrap().etag, approved.etag);
    let veto = proto::VetoDisposalRequest { request_id: request_id(), name: proposed.name.clone() };
    let void = cast.disposals("omar").await.veto_disposal(veto).await.unwrap().into_inner();
    let vetoed = (proto::DisposalStage::Void, proto::DisposalObstacle::Vetoed);
    assert_eq!((void.stage(), void.obstacle()), vetoed);
    assert_eq!(cast.get(&record).await.stage(), proto::RecordStage::Due);
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn days_that_never_passed_destroy_nothing() {
    // Reliability T16, threat 31: no further ahead than the service may have been away, and yet it was not.
    let cast = Cast::of(Cast::plan().with("records_retention.largest_jump", "5m")).await;
    let record = cast.letter().await;
    cast.fall_due().await;
    let proposed = cast.propose(&[&record]).await.unwrap();
    cast.approve(&proposed, "omar").await.unwrap();
    cast.pass(3);
    wait::until_async("the doubt", || async { cast.control().await.clock_in_doubt }).await;
    assert_eq!(cast.disposal(&proposed.name).await.stage(), proto::DisposalStage::Approved);
    cast.confirm_date().await;
    cast.stands(&proposed.name, proto::DisposalStage::Certified).await;
    cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn days_that_nobody_saw_pass_destroy_nothing() {
    // Reliability T16, threat 31: the service was away, no longer than it may be, and nobody knows what the clock did meanwhile.
    let mut cast = Cast::of(Cast::plan().with("records_retention.largest_jump", "5m")).await;
    let record = cast.letter().await;
    cast.fall_due().await;
    let proposed = cast.propose(&[&record]).await.unwrap();
    cast.approve(&proposed, "omar").await.unwrap();
    comes_back_after(&mut cast, 3).await;
    assert!(!cast.control().await.clock_in_doubt);
    assert_eq!(cast.disposal(&proposed.name).await.stage(), proto::DisposalStage::Approved);
    assert_eq!(refused(execute(&cast, &proposed.name, "omar").await), "DATE_IN_DOUBT");
    let confirm = proto::ConfirmDateRequest { request_id: request_id() };
    cast.disposals("rita").await.confirm_date(confirm).await.unwrap();
    cast.stands(&proposed.name, proto::DisposalStage::Certified).await;
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn the_switch_and_a_clock_that_jumped_stop_everything() {
    // Reliability 5.7 rules 5 and 6, threat 31
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    cast.suite.clock.move_to(DUE.parse().unwrap());
    wait::until_async("the doubt", || async { cast.control().await.clock_in_doubt }).await;
    assert_eq!(refused(cast.propose(&[&record]).await), "DATE_IN_DOUBT");
    cast.confirm_date().await;
    let proposed = cast.propose(&[&record]).await.unwrap();
    cast.approve(&proposed, "omar").await.unwrap();

    let stop = proto::StopDisposalsRequest { request_id: request_id() };
    assert!(cast.disposals("rita").await.stop_disposals(stop).await.unwrap().into_inner().stopped);
    cast.pass(3);
    assert_eq!(refused(cast.propose(&[&record]).await), "DISPOSALS_STOPPED");
    let release = || proto::ReleaseStopRequest { request_id: request_id() };
    assert_eq!(refused(cast.disposals("rita").await.release_stop(release()).await), "STOPPED_BY_YOU");
    assert_eq!(cast.disposal(&proposed.name).await.stage(), proto::DisposalStage::Approved);
    cast.disposals("omar").await.release_stop(release()).await.unwrap();
    cast.stands(&proposed.name, proto::DisposalStage::Certified).await;
    cast.suite.stop().await.unwrap();
}
