//! Records of callers: content kept with them, parts that come late, contracts that move, and what is due.

use redress_proto::{options::v1::Role, records_retention::v1 as proto, supply_chain::v1 as chain};
use redress_testkit::wait;

use crate::cast::{Cast, STRANGER, content, day, refused, request_id};

#[tokio::test]
async fn what_is_laid_by_is_given_back_and_shown_to_nobody_else() {
    let cast = Cast::usual().await;
    let record = cast.register(proto::RecordClass::ServicesSupplied, b"Ledger of May.").await;
    let part = record.parts[0].name.clone();
    assert_eq!(cast.content(&record.name, &part).await.unwrap(), b"Ledger of May.");
    let mut stranger = cast.records_as(STRANGER, Role::RecordsOfficer, "sam").await;
    assert_eq!(refused(content(stranger.clone(), &record.name, &part, 0).await), "NOT_FOUND");
    let get = proto::GetRecordRequest { name: record.name.clone() };
    assert_eq!(refused(stranger.get_record(get).await), "NOT_FOUND");
    // J0 is silent on the contract record: it is kept, and nobody can propose otherwise (reliability D2).
    assert_eq!(record.gap(), proto::RetentionGap::NoSchedule);
    cast.fall_due().await;
    assert_eq!(refused(cast.propose(&[&record.name]).await), "NO_SCHEDULE");
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn a_contract_that_is_extended_moves_every_date_under_it() {
    // Reliability D8, L38
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    assert_eq!(cast.get(&record).await.retention.unwrap().due_on, Some(day("2028-06-30")));
    let end = chain::EndContractRequest {
        request_id: request_id(),
        name: cast.contract.clone(),
        end_on: Some(day("2022-09-30")),
        ..Default::default()
    };
    cast.chain().await.end_contract(end).await.unwrap();
    wait::until_async("the later date", || async {
        cast.get(&record).await.retention.unwrap().due_on == Some(day("2028-09-30"))
    })
    .await;
    cast.fall_due().await;
    assert_eq!(refused(cast.propose(&[&record]).await), "NOT_DUE");
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn what_is_due_is_listed_the_oldest_first_in_pages() {
    // L40
    let cast = Cast::usual().await;
    for _ in 0..5 {
        cast.letter().await;
    }
    let mut token = String::new();
    let mut seen = Vec::new();
    loop {
        let request = proto::ListRecordsRequest {
            due_until: Some(day("2028-07-01")),
            page_size: 2,
            page_token: token,
            ..Default::default()
        };
        let page = cast.records().await.list_records(request).await.unwrap().into_inner();
        seen.extend(page.records.into_iter().map(|record| record.name));
        token = page.next_page_token;
        if token.is_empty() {
            break;
        }
    }
    let mut sorted = seen.clone();
    sorted.sort();
    sorted.dedup();
    // Five letters and the participant's own record.
    assert_eq!((seen.len(), sorted.len()), (6, 6));
    cast.suite.stop().await.unwrap();
}
