//! What was destroyed and comes back, and what is kept and not read (reliability D31, D40).

use redress_proto::{options::v1::Role, records_retention::v1 as proto};
use redress_testkit::backends;
use tonic::{Response, Status};

use crate::cast::{Cast, PRIME, hold, refused, request_id};

async fn register(cast: &Cast, content: &[u8], authority: &str) -> Result<proto::Record, Status> {
    let record = proto::Record {
        contract: cast.contract.clone(),
        record_class: proto::RecordClass::CorrespondenceFile.into(),
        ..Default::default()
    };
    let request = proto::RegisterRecordRequest {
        request_id: request_id(),
        record: Some(record),
        content: content.to_vec().into(),
        report: None,
        readmission_authority: authority.to_owned(),
    };
    cast.records().await.register_record(request).await.map(Response::into_inner)
}

async fn add(cast: &Cast, record: &str, content: &[u8], authority: &str) -> Result<proto::Record, Status> {
    let request = proto::AddPartRequest {
        request_id: request_id(),
        name: record.to_owned(),
        content: content.to_vec().into(),
        etag: String::new(),
        readmission_authority: authority.to_owned(),
    };
    cast.records().await.add_part(request).await.map(Response::into_inner)
}

#[tokio::test]
async fn what_was_destroyed_is_taken_in_again_only_on_authority() {
    // Reliability D31
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let gone = register(&cast, b"Burn after reading.", "").await.unwrap().name;
        // While it is kept, the same again is nothing strange.
        register(&cast, b"Burn after reading.", "").await.unwrap();
        cast.fall_due().await;
        cast.dispose(&[&gone]).await;
        assert_eq!(refused(register(&cast, b"Burn after reading.", "").await), "PREVIOUSLY_DESTROYED");
        let other = register(&cast, b"Something else.", "").await.unwrap();
        let late = add(&cast, &other.name, b"Burn after reading.", "").await;
        assert_eq!(refused(late), "PREVIOUSLY_DESTROYED");
        let readmitted = register(&cast, b"Burn after reading.", "ORDER-9").await.unwrap();
        assert_eq!(readmitted.parts[0].readmitted_of, gone);
        let added = add(&cast, &other.name, b"Burn after reading.", "ORDER-9").await.unwrap();
        assert_eq!(added.parts[1].readmitted_of, gone);
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn what_is_restricted_is_read_only_by_whoever_protects_data() {
    // Reliability D40
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    let part = cast.get(&record).await.parts[0].name.clone();
    let read = async |role, subject: &str| {
        let request = proto::GetPartContentRequest { name: record.clone(), part: part.clone() };
        let answer = cast.records_as(PRIME, role, subject).await.get_part_content(request).await;
        answer.map(|answer| answer.into_inner().content)
    };
    assert!(read(Role::RecordsOfficer, "rita").await.is_ok());
    let restriction = proto::HoldReason::Restriction.into();
    let place = proto::PlaceHoldRequest { reason: restriction, ..hold(&record, "ART-18-1") };
    let held = cast.records().await.place_hold(place).await.unwrap().into_inner();
    assert_eq!(refused(read(Role::RecordsOfficer, "rita").await), "RECORD_RESTRICTED");
    assert_eq!(refused(read(Role::ComplaintsManager, "ann").await), "RECORD_RESTRICTED");
    assert_eq!(read(Role::DataProtection, "dina").await.unwrap(), b"A letter.".as_slice());
    let release = crate::cast::release(&record, &held.holds[0].name);
    cast.records().await.release_hold(release).await.unwrap();
    assert!(read(Role::RecordsOfficer, "rita").await.is_ok());
    cast.suite.stop().await.unwrap();
}
