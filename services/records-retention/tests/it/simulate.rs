//! What if: another end, another agreed period, another pack, over everything and before anything is changed.

use redress_proto::{records_retention::v1 as proto, supply_chain::v1::PackReference};

use crate::cast::{Cast, day, refused, request_id};

/// Every page of a trial, added up.
async fn tried(cast: &Cast, trial: proto::SimulateScheduleRequest) -> proto::SimulateScheduleResponse {
    let mut sum = proto::SimulateScheduleResponse::default();
    let mut token = String::new();
    loop {
        let request = proto::SimulateScheduleRequest { page_size: 2, page_token: token, ..trial.clone() };
        let page = cast.records().await.simulate_schedule(request).await.unwrap().into_inner();
        assert!(page.records <= 2);
        sum.records += page.records;
        sum.sooner += page.sooner;
        sum.later += page.later;
        sum.due_now += page.due_now;
        sum.due_then += page.due_then;
        sum.held_then += page.held_then;
        sum.months.extend(page.months);
        sum.examples.extend(page.examples);
        if page.next_page_token.is_empty() {
            return sum;
        }
        token = page.next_page_token;
    }
}

#[tokio::test]
async fn what_a_change_would_do_is_seen_before_it_is_made() {
    let cast = Cast::usual().await;
    let mut letters = Vec::new();
    for _ in 0..4 {
        letters.push(cast.letter().await);
    }
    let hold = crate::cast::hold(&letters[0], "CLAIM-7");
    cast.records().await.place_hold(hold).await.unwrap();
    let trial = || proto::SimulateScheduleRequest {
        contract: cast.contract.clone(),
        due_by: Some(day("2026-07-01")),
        ..Default::default()
    };
    // Four letters and the file of the participant, six years after June 2022.
    let as_it_is = tried(&cast, trial()).await;
    assert_eq!((as_it_is.records, as_it_is.sooner, as_it_is.later), (5, 0, 0));
    assert_eq!((as_it_is.due_now, as_it_is.due_then), (0, 0));

    let agreed = tried(&cast, proto::SimulateScheduleRequest { agreed_months: 48, ..trial() }).await;
    assert_eq!((agreed.sooner, agreed.later, agreed.due_now, agreed.due_then), (5, 0, 0, 5));
    assert_eq!(agreed.held_then, 1, "what is held would not go");
    assert!(agreed.examples.iter().all(|it| it.then == Some(day("2026-06-30"))), "{agreed:?}");
    let extended = proto::SimulateScheduleRequest { end_on: Some(day("2024-06-30")), ..trial() };
    let extended = tried(&cast, extended).await;
    assert_eq!((extended.sooner, extended.later), (0, 5));
    let in_month = |year: i32, month: i32| {
        let months = extended.months.iter().filter(|it| (it.year, it.month) == (year, month));
        months.map(|it| (it.now, it.then)).fold((0, 0), |sum, each| (sum.0 + each.0, sum.1 + each.1))
    };
    assert_eq!((in_month(2028, 6), in_month(2030, 6)), ((5, 0), (0, 5)));
    let pack = PackReference { id: "atw-ha-pre-2023".to_owned(), version: "2023-06-05".to_owned() };
    let other = tried(&cast, proto::SimulateScheduleRequest { pack: Some(pack), ..trial() }).await;
    assert_eq!(other.sooner + other.later, 0, "both keep six years");

    // Nothing was changed, and a stranger learns nothing.
    assert_eq!(cast.get(&letters[0]).await.retention.unwrap().due_on, Some(day("2028-06-30")));
    let pack = PackReference { id: "none".to_owned(), version: "2020-01-01".to_owned() };
    let unknown = proto::SimulateScheduleRequest { pack: Some(pack), ..trial() };
    assert_eq!(refused(cast.records().await.simulate_schedule(unknown).await), "NOT_ALLOWED");
    let nobody = proto::SimulateScheduleRequest {
        contract: format!("contracts/{}", request_id()),
        ..Default::default()
    };
    assert_eq!(refused(cast.records().await.simulate_schedule(nobody).await), "NOT_FOUND");
    let role = redress_proto::options::v1::Role::RecordsOfficer;
    let mut stranger = cast.records_as(crate::cast::STRANGER, role, "eve").await;
    assert_eq!(refused(stranger.simulate_schedule(trial()).await), "NOT_FOUND");
    cast.suite.stop().await.unwrap();
}
