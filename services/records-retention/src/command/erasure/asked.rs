//! A person may always ask to be erased, however many holds their records have (RET-10).

use futures::future::join_all;
use jiff::civil::date;
use records_retention_domain::{Hold, HoldReason, ParticipantId, RecordId, record::Command};
use redress_testkit::backends;

use crate::command::{
    case::News,
    keep::Keep,
    office::{CONTRACT, Office, PRIME, ask, file_of, of_record, person, reasons, take_in},
};

/// As many as people may place on a record.
const MOST: usize = 500;

#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_takes_no_more_holds_is_held_by_the_request_of_its_person() {
    for backend in backends() {
        let office = Office::on(&backend).await;
        let participant: ParticipantId = office.fresh();
        let (contract, organisation) = (CONTRACT, PRIME);
        take_in(&office, News::PersonRecorded { participant, contract, organisation }).await;
        let record = file_of(&office, participant.uuid()).await.id;
        join_all((0..MOST).map(|_| place(&office, record))).await;
        ask(&office, participant).await;
        let held = reasons(&office, &of_record(&office, record).await).await;
        assert_eq!(held.len(), MOST + 1);
        assert_eq!(held.last(), Some(&HoldReason::ErasurePending));
        office.close().await;
    }
}

async fn place(office: &Office, record: RecordId) {
    let hold = Hold {
        id: office.fresh(),
        reason: HoldReason::LegalClaim,
        placed_by: person("rita"),
        placed_on: date(2028, 7, 3),
        authority: Some("CLAIM-7".to_owned()),
        review_on: date(2029, 1, 1),
        holds_until: None,
        matter: None,
        released_on: None,
    };
    let keep = || Keep {
        rulebook: office.rulebook.clone(),
        actor: person("rita"),
        caller: PRIME,
        record,
        expected: None,
        command: Command::PlaceHold(hold.clone()),
        content: None,
    };
    office.submit(0, record.uuid(), keep).await.expect("a hold");
}
