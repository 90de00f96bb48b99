//! Days on which the service was away: a cooling period is not over by them before somebody says that they passed (reliability D4, threat 31).

use redress_proto::records_retention::v1 as proto;

use super::{approve, get, last_day, moves_to, officer, period, propose};
use crate::{
    cast::{Cast, day, request_id},
    recount::comes_back_after,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_cooling_period_is_not_over_by_days_that_nobody_saw_pass() {
    let mut cast = Cast::of(Cast::plan().with("records_retention.largest_jump", "5m")).await;
    let record = cast.letter().await;
    let proposed = propose(officer(&cast, "rita").await, period(&cast, 48)).await.unwrap();
    approve(&cast, &proposed, "omar").await.unwrap();
    // Each time no longer than the service may be away.
    for _ in 0..3 {
        comes_back_after(&mut cast, 6).await;
    }
    assert!(!cast.control().await.clock_in_doubt);
    assert_eq!(get(&cast, &proposed.name).await.stage(), proto::ScheduleChangeStage::Approved);
    assert_eq!(last_day(&cast, &record).await, Some(day("2028-06-30")));
    let confirm = proto::ConfirmDateRequest { request_id: request_id() };
    cast.disposals("rita").await.confirm_date(confirm).await.unwrap();
    moves_to(&cast, &record, "2026-06-30").await;
    cast.suite.stop().await.unwrap();
}
