//! A hold placed while its record is ordered destroyed: one wins, and the loser is told (reliability T20, D22). If the hold was
//! acknowledged, the data is whole.

use std::collections::BTreeMap;

use redress_proto::records_retention::v1 as proto;
use tokio::task::JoinSet;

use crate::cast::{Cast, hold};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_held_in_time_is_whole() {
    const RACES: usize = 40;
    let cast = Cast::usual().await;
    let mut names = Vec::new();
    for _ in 0..RACES {
        names.push(cast.letter().await);
    }
    cast.fall_due().await;
    let mut disposals = Vec::new();
    for name in &names {
        let proposed = cast.propose(&[name]).await.unwrap();
        cast.approve(&proposed, "omar").await.unwrap();
        disposals.push(proposed.name);
    }
    // The orders begin as soon as the clock has moved; the holds come at the same time.
    let mut placing = JoinSet::new();
    let records = cast.records().await;
    cast.pass(3);
    for name in names.clone() {
        let mut records = records.clone();
        placing.spawn(async move {
            let placed = records.place_hold(hold(&name, "AUDIT-1")).await.is_ok();
            (name, placed)
        });
    }
    let placed: BTreeMap<String, bool> = placing.join_all().await.into_iter().collect();
    for (name, disposal) in names.iter().zip(&disposals) {
        if placed[name] {
            cast.stands(disposal, proto::DisposalStage::Void).await;
            let part = cast.get(name).await.parts[0].name.clone();
            let request = proto::GetPartContentRequest { name: name.clone(), part };
            cast.records().await.get_part_content(request).await.unwrap();
        } else {
            cast.stands(disposal, proto::DisposalStage::Certified).await;
        }
    }
    cast.suite.stop().await.unwrap();
}
