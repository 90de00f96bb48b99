//! What came after the copy and was destroyed before the restore is told again by the feed of the service that had it, and filed as if it were still
//! there. The order that ends it once more finds nothing left, and that is an end like any other (L35, L40).

use redress_proto::records_retention::v1 as proto;

use super::shelf::{Shelf, readmit};
use crate::cast::Cast;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_again_after_it_was_destroyed_does_not_stand_still() {
    let mut cast = Cast::usual().await;
    cast.fall_due().await;
    let shelf = Shelf::new();
    shelf.back_up(&cast).await;
    let complaint = cast.complaint("They lost my umbrella.").await;
    let first = cast.record_of(&complaint).await.name;
    cast.withdraw(&complaint).await;
    cast.freed(&first).await;
    // The hold of the complaint ended today.
    cast.pass(2);
    cast.dispose(&[&first]).await;

    let size = shelf.lose_and_put_back(&mut cast, "records-retention").await;
    for follower in ["complaints", "ice-liaison"] {
        readmit(&cast, follower, "records-retention", Some(size)).await;
    }
    let again = cast.record_of(&complaint).await.name;
    assert_ne!(again, first);
    cast.freed(&again).await;
    cast.pass(2);
    cast.dispose(&[&again]).await;
    assert_eq!(cast.get(&again).await.stage(), proto::RecordStage::Destroyed);
    cast.suite.stop().await.unwrap();
}
