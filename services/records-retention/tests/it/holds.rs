//! Holds of people and of cases, over the wire (RET-07, RET-08; reliability D10, D22, D25, D26).

use redress_proto::{options::v1::Role, records_retention::v1 as proto};

use crate::cast::{Cast, DEPARTMENT, hold, part, refused, release};

#[tokio::test]
async fn a_hold_stops_a_disposal_that_was_approved_and_its_release_is_given_a_day() {
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    cast.fall_due().await;
    let proposed = cast.propose(&[&record]).await.unwrap();
    cast.approve(&proposed, "omar").await.unwrap();
    let held = cast.records().await.place_hold(hold(&record, "CLAIM-7")).await.unwrap().into_inner();
    assert!(held.held && held.holds[0].authority.is_empty(), "the answer is kept, so it names no authority");
    assert_eq!(cast.get(&record).await.holds[0].authority, "CLAIM-7");
    cast.pass(3);
    cast.stands(&proposed.name, proto::DisposalStage::Void).await;
    assert_eq!(cast.disposal(&proposed.name).await.obstacle(), proto::DisposalObstacle::RecordChanged);
    assert_eq!(refused(cast.propose(&[&record]).await), "ON_HOLD");

    let placed = held.holds[0].name.clone();
    let mut department = cast.records_as(DEPARTMENT, Role::Commissioner, "dora").await;
    assert_eq!(refused(department.release_hold(release(&record, &placed)).await), "NOT_YOUR_HOLD");
    cast.records().await.release_hold(release(&record, &placed)).await.unwrap();
    assert_eq!(refused(cast.propose(&[&record]).await), "HOLD_RECENTLY_RELEASED");
    cast.pass(2);
    cast.propose(&[&record]).await.unwrap();
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn an_open_complaint_holds_everything_about_its_person_also_what_comes_later() {
    // Domain 3.7, invariant 1
    let cast = Cast::usual().await;
    let complaint = cast.complaint("Nobody called me back.").await;
    let file = cast.record_of(&complaint).await;
    let letter = proto::Record {
        contract: cast.contract.clone(),
        record_class: proto::RecordClass::CorrespondenceFile.into(),
        participant: cast.participant.clone(),
        ..Default::default()
    };
    let letter = cast.enter(letter).await.unwrap();
    assert!(letter.held, "born held");
    assert_eq!(letter.holds[0].matter, complaint);
    let person = cast.record_of(&cast.participant).await;
    assert!(person.held && file.held);
    let by_hand = release(&letter.name, &letter.holds[0].name);
    assert_eq!(refused(cast.records().await.release_hold(by_hand).await), "HELD_BY_CASE");
    cast.withdraw(&complaint).await;
    for name in [&letter.name, &person.name, &file.name] {
        cast.freed(name).await;
    }
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn a_hold_after_the_order_is_told_the_truth() {
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    cast.fall_due().await;
    cast.dispose(&[&record]).await;
    assert_eq!(refused(cast.records().await.place_hold(hold(&record, "CLAIM-7")).await), "ITEM_DESTROYED");
    let added = cast.upload(part(&record, b"Another."), b"Another.").await;
    assert_eq!(refused(added), "ITEM_DESTROYED");
    cast.suite.stop().await.unwrap();
}
