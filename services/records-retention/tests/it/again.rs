//! What was destroyed and comes back, and what is kept and not read (reliability D31, D40).

use redress_proto::{options::v1::Role, records_retention::v1 as proto};
use redress_testkit::backends;
use tonic::Status;

use crate::cast::{Cast, PRIME, content, hold, part, refused};

async fn register(cast: &Cast, content: &[u8], authority: &str) -> Result<proto::Record, Status> {
    let record = proto::Record {
        contract: cast.contract.clone(),
        record_class: proto::RecordClass::CorrespondenceFile.into(),
        ..Default::default()
    };
    let name = cast.enter(record).await?.name;
    add(cast, &name, content, authority).await
}

async fn add(cast: &Cast, record: &str, content: &[u8], authority: &str) -> Result<proto::Record, Status> {
    let described =
        proto::PartDescription { readmission_authority: authority.to_owned(), ..part(record, content) };
    cast.upload(described, content).await
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
        let records = cast.records_as(PRIME, role, subject).await;
        content(records, &record, &part, 0).await.map(|(_, bytes)| bytes)
    };
    assert!(read(Role::RecordsOfficer, "rita").await.is_ok());
    let restriction = proto::HoldReason::Restriction.into();
    let place = proto::PlaceHoldRequest { reason: restriction, ..hold(&record, "ART-18-1") };
    let held = cast.records().await.place_hold(place).await.unwrap().into_inner();
    assert_eq!(refused(read(Role::RecordsOfficer, "rita").await), "RECORD_RESTRICTED");
    assert_eq!(refused(read(Role::ComplaintsManager, "ann").await), "RECORD_RESTRICTED");
    assert_eq!(read(Role::DataProtection, "dina").await.unwrap(), b"A letter.");
    let release = crate::cast::release(&record, &held.holds[0].name);
    cast.records().await.release_hold(release).await.unwrap();
    assert!(read(Role::RecordsOfficer, "rita").await.is_ok());
    cast.suite.stop().await.unwrap();
}
