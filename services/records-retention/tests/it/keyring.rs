//! A keyring is away when records are to be destroyed (reliability D37): what was approved stays approved, what was ordered waits for it, and either
//! goes on by itself.

use redress_proto::records_retention::v1 as proto;
use redress_store::{Db, Settings};
use redress_testkit::{Refused, wait};
use tonic::Code;

use crate::{
    cast::{Cast, refused, request_id},
    execute::execute,
};

#[tokio::test(flavor = "multi_thread")]
async fn an_execution_without_the_keyring_is_unavailable_and_changes_nothing() {
    // Reliability D37
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    cast.fall_due().await;
    let proposed = cast.propose(&[&record]).await.unwrap();
    cast.approve(&proposed, "omar").await.unwrap();
    let before = cast.disposal(&proposed.name).await;
    let keys = Db::open(&cast.suite.keyring("records-retention"), Settings::default()).await.unwrap();
    let locked = keys.write().await.unwrap();
    cast.pass(3);
    for _ in 0..2 {
        let status = execute(&cast, &proposed.name, "omar").await.expect_err("no keyring, no destruction");
        let said = Refused::of(&status);
        assert_eq!((said.code, said.reason.as_str()), (Code::Unavailable, "UNAVAILABLE"), "{said:?}");
        // Neither this call nor the sweep has done anything.
        assert_eq!(cast.disposal(&proposed.name).await, before);
        assert_eq!(cast.get(&record).await.stage(), proto::RecordStage::Due);
    }
    // It can still be stopped by one person; here nobody does.
    drop(locked);
    let carried_out = || async { execute(&cast, &proposed.name, "omar").await.is_ok() };
    wait::until_async("the keyring to be back", carried_out).await;
    cast.stands(&proposed.name, proto::DisposalStage::Certified).await;
    let receipts = cast.disposal(&proposed.name).await.receipts;
    assert_eq!((receipts.len(), receipts[0].keys), (1, 1));
    keys.close().await;
    cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_keyring_of_a_holder_nothing_is_certified_and_nothing_is_lost() {
    // Reliability D37, D38
    let cast = Cast::usual().await;
    let complaint = cast.complaint("Nobody called me back.").await;
    let record = cast.record_of(&complaint).await.name;
    cast.withdraw(&complaint).await;
    cast.freed(&record).await;
    cast.fall_due().await;
    let proposed = cast.propose(&[&record]).await.unwrap();
    cast.approve(&proposed, "omar").await.unwrap();
    let keys = Db::open(&cast.suite.keyring("complaints"), Settings::default()).await.unwrap();
    let locked = keys.write().await.unwrap();
    cast.pass(3);
    cast.stands(&proposed.name, proto::DisposalStage::Ordered).await;
    wait::until_async("the order to be told", || async {
        cast.get(&record).await.stage() == proto::RecordStage::DisposalOrdered
    })
    .await;
    // Whoever asks is told the truth, and there is no certificate of what is not done.
    assert_eq!(refused(cast.propose(&[&record]).await), "ITEM_DESTROYED");
    let certificate = proto::GetCertificateRequest { name: proposed.name.clone() };
    assert_eq!(refused(cast.disposals("omar").await.get_certificate(certificate).await), "STAGE_REFUSES");
    let stop = proto::StopDisposalsRequest { request_id: request_id() };
    assert!(cast.disposals("rita").await.stop_disposals(stop).await.unwrap().into_inner().stopped);
    assert_eq!(cast.disposal(&proposed.name).await.stage(), proto::DisposalStage::Ordered);
    drop(locked);
    cast.stands(&proposed.name, proto::DisposalStage::Certified).await;
    let receipts = cast.disposal(&proposed.name).await.receipts;
    assert_eq!((receipts.len(), receipts.iter().map(|receipt| receipt.keys).sum::<i32>()), (2, 1));
    keys.close().await;
    cast.suite.stop().await.unwrap();
}
