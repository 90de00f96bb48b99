//! A process that ends at any step goes on where it stood: ordered and not taken, taken and not carried out.

use redress_proto::records_retention::v1 as proto;

use crate::cast::{Cast, refused};

#[tokio::test]
async fn a_restart_at_every_step_comes_to_the_same_end() {
    // Reliability D20, D38, L40
    for restarts in 0..4 {
        let mut cast = Cast::usual().await;
        let complaint = cast.complaint("Nobody called me back.").await;
        let record = cast.record_of(&complaint).await.name;
        cast.withdraw(&complaint).await;
        cast.freed(&record).await;
        let letter = cast.letter().await;
        cast.fall_due().await;
        let proposed = cast.propose(&[&record, &letter]).await.unwrap();
        cast.approve(&proposed, "omar").await.unwrap();
        cast.pass(3);
        for _ in 0..restarts {
            cast.suite.restart().await.unwrap();
        }
        cast.stands(&proposed.name, proto::DisposalStage::Certified).await;
        let done = cast.disposal(&proposed.name).await;
        assert_eq!(done.receipts.len(), 3, "one of each holder, however often it was asked");
        assert_eq!(refused(cast.propose(&[&record]).await), "ITEM_DESTROYED");
        cast.suite.stop().await.unwrap();
    }
}
