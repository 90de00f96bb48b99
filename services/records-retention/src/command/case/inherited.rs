//! What was open while each record was held for itself: it holds on, holds what comes later, and lets go of all of it when it ends.

use jiff::civil::date;
use records_retention_domain::{
    ComplaintId, HoldReason, Matter, ParticipantId, RecordClass, RecordId, record::Command,
};
use redress_store::Document;
use redress_testkit::backends;

use super::News;
use crate::command::{
    keep::Keep,
    office::{CONTRACT, Office, PRIME, file_of, of_record, person, reasons, take_in},
    register::RegisterRecord,
};

/// A person's row as it was written then.
const INHERIT: &str = "UPDATE persons SET state = $1 WHERE participant_id = $2";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_open_before_holds_on_and_lets_go_of_everything() {
    for backend in backends() {
        let office = Office::on(&backend).await;
        let (participant, complaint): (ParticipantId, ComplaintId) = (office.fresh(), office.fresh());
        let (contract, organisation) = (CONTRACT, PRIME);
        take_in(&office, News::PersonRecorded { participant, contract, organisation }).await;
        inherit(&office, participant, complaint).await;
        let older = file_of(&office, participant.uuid()).await;
        assert_eq!(reasons(&office, &older).await, [HoldReason::OpenComplaint]);

        let id: RecordId = office.fresh();
        office.submit(0, id.uuid(), || register(&office, id, participant)).await.expect("a record");
        let later = of_record(&office, id).await;
        assert_eq!(reasons(&office, &later).await, [HoldReason::OpenComplaint]);

        take_in(&office, News::Opened { complaint, participant, contract, organisation }).await;
        take_in(&office, News::Ended { complaint }).await;
        for record in [older.id, id] {
            let row = of_record(&office, record).await;
            assert!(reasons(&office, &row).await.is_empty(), "{:?}", row.state);
        }
        office.close().await;
    }
}

/// A complaint of the person is open, their row is of the form of then, and their record is held for itself.
async fn inherit(office: &Office, participant: ParticipantId, complaint: ComplaintId) {
    let before = serde_json::json!([{ "complaint": complaint, "reason": "OPEN_COMPLAINT", "until": null }]);
    let before = Document::of(&before, "state").expect("a document");
    let mut tx = office.write().await;
    tx.query(INHERIT).bind(before).bind(participant).execute().await.expect("a row of then");
    tx.commit().await.expect("to be kept");
    let record = file_of(office, participant.uuid()).await.id;
    let hold = records_retention_domain::Hold {
        id: office.fresh(),
        reason: HoldReason::OpenComplaint,
        placed_by: records_retention_domain::Actor::suite(),
        placed_on: date(2028, 7, 3),
        authority: None,
        review_on: date(2029, 1, 1),
        holds_until: None,
        matter: Some(Matter::Complaint(complaint)),
        released_on: None,
    };
    let place = || Keep {
        rulebook: office.rulebook.clone(),
        actor: records_retention_domain::Actor::suite(),
        caller: PRIME,
        record,
        expected: None,
        command: Command::PlaceHold(hold.clone()),
        content: None,
    };
    office.submit(0, record.uuid(), place).await.expect("a hold");
}

fn register(office: &Office, id: RecordId, participant: ParticipantId) -> RegisterRecord {
    RegisterRecord {
        rulebook: office.rulebook.clone(),
        actor: person("rita"),
        caller: PRIME,
        id,
        contract: CONTRACT,
        class: RecordClass::CorrespondenceFile,
        participant: Some(participant),
        reference: None,
        completed_on: None,
        funded_start_on: None,
        content: None,
        ids: office.parts.ids.clone(),
    }
}
