//! An order that its holder refused, and that two people took back, is not carried out because the holder was put back from a copy that knows of
//! neither (L34, L35).

use redress_proto::{complaints::v1 as complaints, records_retention::v1 as proto};
use redress_store::{Db, Settings};
use redress_testkit::backends;
use uuid::Uuid;

use super::shelf::{Shelf, readmit};
use crate::{
    cast::Cast,
    halted::{approve, propose},
};

/// A complaint is open again, behind the back of its service.
const REOPEN: &str = "UPDATE complaints SET stage = 'RECEIVED' WHERE complaint_id = $1";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_is_not_destroyed_by_a_holder_that_was_put_back() {
    for backend in backends() {
        let mut cast = Cast::on(backend).await;
        let complaint = cast.complaint("They lost my bicycle.").await;
        let record = cast.record_of(&cast.participant).await.name;
        let other = cast.participant("P-2", "Mair Rees").await;
        let other = cast.record_of(&other).await.name;
        cast.withdraw(&complaint).await;
        cast.freed(&record).await;
        cast.fall_due().await;
        let shelf = Shelf::new();
        shelf.back_up(&cast).await;

        // The holder refuses, because a complaint of the person is open, and two people take the order back.
        reopen(&cast, &complaint).await;
        let proposed = cast.propose(&[&record]).await.unwrap();
        cast.approve(&proposed, "omar").await.unwrap();
        cast.pass(3);
        cast.stands(&proposed.name, proto::DisposalStage::Halted).await;
        let abandon = proto::DisposalEndingKind::Abandon;
        let reason = proto::DisposalEndingReason::StillNeeded;
        propose(&cast, &proposed.name, abandon, reason).await.unwrap();
        approve(&cast, &proposed.name, abandon, "omar").await.unwrap();
        assert_eq!(cast.get(&record).await.stage(), proto::RecordStage::Due);

        cast.pass(4);
        let size = shelf.lose_and_put_back(&mut cast, "complaints").await;
        for follower in ["records-retention", "ice-liaison"] {
            readmit(&cast, follower, "complaints", Some(size)).await;
        }
        // Once this one is gone, the holder has been told all that it was told before.
        cast.dispose(&[&other]).await;
        let request =
            complaints::GetParticipantRequest { name: cast.participant.clone(), ..Default::default() };
        cast.participants().await.get_participant(request).await.unwrap();
        assert_eq!(cast.get(&record).await.stage(), proto::RecordStage::Due);
        cast.suite.stop().await.unwrap();
    }
}

async fn reopen(cast: &Cast, complaint: &str) {
    let db = Db::open(&cast.suite.database("complaints"), Settings::default()).await.unwrap();
    let id: Uuid = complaint.trim_start_matches("complaints/").parse().unwrap();
    let mut tx = db.write().await.unwrap();
    assert_eq!(tx.query(REOPEN).bind(id).execute().await.unwrap(), 1);
    tx.commit().await.unwrap();
    db.close().await;
}
