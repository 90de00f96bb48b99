//! A person who complains often: each complaint is one hold on everything about them, however many records there are, and none of it is less held
//! for that (RET-07; domain 3.7, invariant 1).

use jiff::civil::date;
use prost::Name as _;
use records_retention_domain::{ComplaintId, HoldReason, ParticipantId};
use redress_journal::stream::history;
use redress_proto::records_retention::v1 as proto;
use redress_testkit::backends;

use super::News;
use crate::{
    command::office::{CONTRACT, Office, PRIME, file_of, reasons, take_in},
    store::figures,
};

/// Complaints of one person.
const COMPLAINTS: usize = 30;

#[tokio::test(flavor = "multi_thread")]
async fn each_complaint_is_one_hold_however_many_records_there_are() {
    for backend in backends() {
        let office = Office::on(&backend).await;
        let participant: ParticipantId = office.fresh();
        let (contract, organisation) = (CONTRACT, PRIME);
        take_in(&office, News::PersonRecorded { participant, contract, organisation }).await;
        let complaints: Vec<ComplaintId> = (0..COMPLAINTS).map(|_| office.fresh()).collect();
        for complaint in &complaints {
            let opened = News::Opened { complaint: *complaint, participant, contract, organisation };
            take_in(&office, opened).await;
        }
        for complaint in &complaints {
            let row = file_of(&office, complaint.uuid()).await;
            assert_eq!(entries(&office, "records", row.id.uuid()).await, 3, "registered, with two holders");
        }
        let things = complaints.iter().map(|complaint| complaint.uuid()).chain([participant.uuid()]);
        let things: Vec<_> = things.collect();
        for thing in &things {
            let row = file_of(&office, *thing).await;
            assert_eq!(reasons(&office, &row).await, [HoldReason::OpenComplaint; COMPLAINTS], "{thing}");
            assert_eq!(told(&office, "records", row.id.uuid()).await, [0, 0], "{thing}");
        }
        assert_eq!(told(&office, "participants", participant.uuid()).await, [COMPLAINTS, 0]);

        let all = i64::try_from(things.len()).expect("few");
        assert_eq!(due(&office).await, [0, all, 1], "past their date, and held");

        // All but the last end: each record is held to the end by it.
        for complaint in &complaints[1..] {
            take_in(&office, News::Ended { complaint: *complaint }).await;
        }
        for thing in &things {
            let row = file_of(&office, *thing).await;
            assert_eq!(reasons(&office, &row).await, [HoldReason::OpenComplaint], "{thing}");
        }
        take_in(&office, News::Ended { complaint: complaints[0] }).await;
        for thing in &things {
            let row = file_of(&office, *thing).await;
            assert!(reasons(&office, &row).await.is_empty(), "{thing}");
        }
        assert_eq!(told(&office, "participants", participant.uuid()).await, [COMPLAINTS, COMPLAINTS]);
        assert_eq!(entries(&office, "participants", participant.uuid()).await, 2 * COMPLAINTS);
        assert_eq!(due(&office).await, [all, 0, 0], "past their date, and nothing holds them");
        office.close().await;
    }
}

/// How many holds were placed and released, as the journal has it.
async fn told(office: &Office, kind: &str, stream: uuid::Uuid) -> [usize; 2] {
    let mut tx = office.write().await;
    let entries = history(&mut tx, kind, stream, 0, 500).await.expect("a history");
    tx.commit().await.expect("to let go");
    let of = |name: String| entries.iter().filter(|entry| entry.entry_type == name).count();
    [of(proto::HoldPlaced::full_name()), of(proto::HoldReleased::full_name())]
}

/// How many entries the journal has of a stream.
async fn entries(office: &Office, kind: &str, stream: uuid::Uuid) -> usize {
    let mut tx = office.write().await;
    let entries = history(&mut tx, kind, stream, 0, 500).await.expect("a history");
    tx.commit().await.expect("to let go");
    entries.len()
}

/// What those who watch are told: records past their date that nothing holds, those that something holds, and holds that nobody looked at for years.
async fn due(office: &Office) -> [i64; 3] {
    let mut tx = office.write().await;
    let today = date(2028, 7, 3);
    let free = figures::due(&mut tx, figures::SELECT_DUE, today).await.expect("figures");
    let held = figures::due(&mut tx, figures::SELECT_DUE_HELD, today).await.expect("figures");
    let review = figures::past_review(&mut tx, date(2090, 1, 1)).await.expect("figures");
    tx.commit().await.expect("to let go");
    [free.records, held.records, review]
}
