//! A record of the prime, with something in it and a hold on it.

use futures::stream;
use redress_proto::{
    options::v1::Role,
    records_retention::v1::{
        Correspondents, ErasureRequest, HoldReason, PlaceHoldRequest, ReceiveErasureRequestRequest, Record,
        RecordClass, RegisterRecordRequest, erasure_service_client::ErasureServiceClient,
        record_service_client::RecordServiceClient,
    },
};
use redress_tests::{
    chain::{Member, bearing, civil},
    day::today,
    registrar::part,
};

use crate::stand::Stand;

/// What there is of it.
pub(super) struct Kept {
    pub(super) erasure: String,
    pub(super) record: String,
    pub(super) part: String,
    pub(super) hold: String,
}

/// Makes it, once the service knows the contract.
pub(super) async fn of(stand: &mut Stand) -> Kept {
    let token = stand.chain.people.token(Member::Prime, Role::RecordsOfficer).unwrap();
    let mut client = RecordServiceClient::new(stand.peer.channel());
    let record = Record {
        contract: stand.chain.contract.clone(),
        record_class: RecordClass::CorrespondenceFile.into(),
        ..Record::default()
    };
    let mut looks = 0;
    let record = loop {
        let request = RegisterRecordRequest {
            request_id: stand.seed.request_id(),
            record: Some(record.clone()),
            ..RegisterRecordRequest::default()
        };
        match client.register_record(bearing(&token, request).unwrap()).await {
            Ok(record) => break record.into_inner(),
            Err(status) => {
                looks += 1;
                assert!(looks < 4_000, "the service does not learn of the contract: {status:?}");
                tokio::task::yield_now().await;
            }
        }
    };
    let pieces = stream::iter(part(stand.seed.request_id(), record.name, b"A letter.\n"));
    let record = client.upload_part(bearing(&token, pieces).unwrap()).await.unwrap().into_inner();
    let request = PlaceHoldRequest {
        request_id: stand.seed.request_id(),
        name: record.name.clone(),
        reason: HoldReason::LegalClaim.into(),
        authority: "CLAIM-1".to_owned(),
        review_on: Some(civil(today().tomorrow().unwrap())),
    };
    let held = client.place_hold(bearing(&token, request).unwrap()).await.unwrap().into_inner();
    let erasure = erasure(stand, &token).await;
    Kept {
        erasure,
        record: record.name,
        part: record.parts[0].name.clone(),
        hold: held.holds[0].name.clone(),
    }
}

/// A request of the prime's person to be erased, once the service knows them.
async fn erasure(stand: &mut Stand, token: &str) -> String {
    let mut client = ErasureServiceClient::new(stand.peer.channel());
    let asked = ErasureRequest {
        contract: stand.chain.contract.clone(),
        participant: stand.chain.participant.clone(),
        received_on: Some(civil(today())),
        ..ErasureRequest::default()
    };
    let mut looks = 0;
    loop {
        let request = ReceiveErasureRequestRequest {
            request_id: stand.seed.request_id(),
            erasure_request: Some(asked.clone()),
            correspondents: Some(Correspondents {
                sender: "Prime".to_owned(),
                full_name: "Wyn Jones".to_owned(),
                postal_address: "1 Mill Lane".to_owned(),
            }),
        };
        match client.receive_erasure_request(bearing(token, request).unwrap()).await {
            Ok(asked) => return asked.into_inner().name,
            Err(status) => {
                looks += 1;
                assert!(looks < 4_000, "the service does not learn of the person: {status:?}");
                tokio::task::yield_now().await;
            }
        }
    }
}
