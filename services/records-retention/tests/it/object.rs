//! What cannot be destroyed yet keeps nothing else from it, and is destroyed as soon as it can be (L40).

use std::path::PathBuf;

use redress_proto::records_retention::v1 as proto;
use redress_testkit::{backends, wait};

use crate::{cast::Cast, content::objects};

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_nobody_can_delete_holds_up_nothing_else() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let stuck = cast.letter().await;
        let [object]: [PathBuf; 1] = objects(&cast.suite).try_into().expect("one object");
        let other = cast.letter().await;
        cast.fall_due().await;
        let proposed = cast.propose(&[&stuck, &other]).await.unwrap();
        cast.approve(&proposed, "omar").await.unwrap();
        // A folder is not deleted as a file is.
        std::fs::remove_file(&object).unwrap();
        std::fs::create_dir(&object).unwrap();
        cast.pass(3);
        wait::until_async("the other record to be gone", || async {
            cast.get(&other).await.stage() == proto::RecordStage::Destroyed
        })
        .await;
        assert_eq!(cast.get(&stuck).await.stage(), proto::RecordStage::DisposalOrdered);
        assert_eq!(cast.disposal(&proposed.name).await.stage(), proto::DisposalStage::Ordered);
        std::fs::remove_dir(&object).unwrap();
        cast.stands(&proposed.name, proto::DisposalStage::Certified).await;
        assert_eq!(cast.get(&stuck).await.stage(), proto::RecordStage::Destroyed);
        cast.suite.stop().await.unwrap();
    }
}
