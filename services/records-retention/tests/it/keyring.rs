//! The keyring is away when the order to destroy comes (reliability D37): nothing is half done, and it goes on by itself.

use redress_proto::records_retention::v1 as proto;
use redress_store::{Db, Settings};
use redress_testkit::wait;

use crate::cast::{Cast, refused, request_id};

#[tokio::test(flavor = "multi_thread")]
async fn without_its_keyring_nothing_is_certified_and_nothing_is_lost() {
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    let part = cast.get(&record).await.parts[0].name.clone();
    cast.fall_due().await;
    let proposed = cast.propose(&[&record]).await.unwrap();
    cast.approve(&proposed, "omar").await.unwrap();
    let keys = Db::open(&cast.suite.keyring("records-retention"), Settings::default()).await.unwrap();
    let locked = keys.write().await.unwrap();
    cast.pass(3);
    cast.stands(&proposed.name, proto::DisposalStage::Ordered).await;
    wait::until_async("the order to be told", || async {
        cast.get(&record).await.stage() == proto::RecordStage::DisposalOrdered
    })
    .await;
    // Whoever asks is told the truth, and there is no certificate of what is not done.
    let read = proto::GetPartContentRequest { name: record.clone(), part };
    assert_eq!(refused(cast.records().await.get_part_content(read).await), "ITEM_DESTROYED");
    let certificate = proto::GetCertificateRequest { name: proposed.name.clone() };
    assert_eq!(refused(cast.disposals("omar").await.get_certificate(certificate).await), "STAGE_REFUSES");
    let stop = proto::StopDisposalsRequest { request_id: request_id() };
    assert!(cast.disposals("rita").await.stop_disposals(stop).await.unwrap().into_inner().stopped);
    assert_eq!(cast.disposal(&proposed.name).await.stage(), proto::DisposalStage::Ordered);
    drop(locked);
    cast.stands(&proposed.name, proto::DisposalStage::Certified).await;
    let receipts = cast.disposal(&proposed.name).await.receipts;
    assert_eq!((receipts.len(), receipts[0].keys), (1, 1));
    keys.close().await;
    cast.suite.stop().await.unwrap();
}
