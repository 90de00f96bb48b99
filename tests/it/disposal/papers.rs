//! Papers that come while their contact is destroyed: each goes with it, or is refused; none is left behind (L36, L40).

use redress_proto::{
    records_retention::v1 as proto,
    routing::v1::{Matter, Writer},
};
use redress_testkit::backends;
use redress_tests::{
    chain::Member,
    clerk::{contact, input, reference},
};
use tokio::task::JoinSet;

use super::ground::{Ground, ON};

/// Desks that bring papers at the same time.
const DESKS: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_that_comes_at_the_last_moment_goes_too_or_is_refused() {
    for backend in backends() {
        let mut ground = Ground::on(backend, 0xd18).await;
        let mut registrar = ground.registrar();
        let mut clerk = ground.clerk(Member::Prime).await;
        let asked = input(&ground.chain.contract, Writer::Participant, &[Matter::JobcentrePlus], ON);
        let sent = contact(asked, &reference(&mut ground.seed));
        let routed = clerk.route(sent).await.unwrap().name;
        let kept = registrar.record(&routed, |record| !record.held).await.unwrap().name;
        ground.fall_due(&mut registrar).await;
        let proposed = registrar.propose(&[kept]).await.unwrap();
        registrar.approve(&proposed).await.unwrap();
        ground.pass(4);
        let mut desks = JoinSet::new();
        for _ in 0..DESKS {
            let (mut desk, routed) = (ground.stranger(Member::Prime), routed.clone());
            desks.spawn(async move {
                let mut taken = 0;
                loop {
                    match desk.paper(&routed, "text/plain", b"One more.\n").await {
                        Ok(_) => taken += 1,
                        Err(refused) if refused.reason == "ITEM_DESTROYED" => return taken,
                        // Others brought papers at the same time, again and again: it is brought again.
                        Err(refused) if refused.retry => {}
                        Err(refused) => panic!("{refused:?}"),
                    }
                }
            });
        }
        let taken: i32 = desks.join_all().await.into_iter().sum();
        let done = registrar.stands(&proposed.name, proto::DisposalStage::Certified).await.unwrap();
        assert_eq!(done.receipts[0].objects, taken, "a paper that was taken was left behind: {done:?}");
        ground.leave().await;
    }
}
