//! A person asks to be erased, and what every service holds of them goes by the one way of all records: the complaint, the contact it came
//! with, the examination that followed from it, a contact of which no complaint came, and the person (RET-10 to RET-12, RET-14).

use std::collections::BTreeSet;

use redress_disposal::certificate;
use redress_journal::checkpoint::VerifierKey;
use redress_proto::{
    complaints::v1::WithdrawnBy,
    ice_liaison::v1::DeclineGround,
    journal::v1::{GetCheckpointRequest, journal_service_client::JournalServiceClient},
    options::v1::Role,
    records_retention::v1::{
        self as proto, HoldReason, Holder, erasure_service_client::ErasureServiceClient,
    },
    routing::v1::{Matter, Writer},
};
use redress_testkit::{backends, wait};
use redress_tests::{
    chain::{Member, bearing, civil},
    clerk::{contact, input, reference},
    refused::Refused,
};
use tonic::{Request, Response, Status};

use super::ground::{Ground, ON, learned};

#[tokio::test(flavor = "multi_thread")]
async fn an_erasure_reaches_what_every_service_holds_of_the_person() {
    for backend in backends() {
        let mut ground = Ground::on(backend, 0xe7a5).await;
        let (mut officer, mut registrar) = (ground.officer(), ground.registrar());
        let (mut clerk, mut examiner) = (ground.clerk(Member::Prime).await, ground.examiner());
        let asked = input(&ground.chain.contract, Writer::Participant, &[Matter::Provider], ON);
        let mut sent = contact(asked, &reference(&mut ground.seed));
        sent.participant = ground.chain.participant.clone();
        let routed = clerk.route(sent).await.unwrap();
        let (complaint, participant) = (routed.complaint.clone(), ground.chain.participant.clone());
        learned(&mut examiner, &complaint).await;
        let examination = examiner.open(&complaint, ON).await.unwrap().name;
        // Another contact names them, and nothing comes of it.
        let asked = input(&ground.chain.contract, Writer::Participant, &[Matter::Enquiry], ON);
        let mut enquiry = contact(asked, &reference(&mut ground.seed));
        enquiry.participant = participant.clone();
        let enquiry = clerk.route(enquiry).await.unwrap();
        assert!(enquiry.complaint.is_empty(), "{enquiry:?}");
        let subjects = [&routed.name, &complaint, &participant, &examination, &enquiry.name];
        // What a caller without a store of its own lays by about them.
        let letter = proto::Record {
            contract: ground.chain.contract.clone(),
            participant: participant.clone(),
            record_class: proto::RecordClass::CorrespondenceFile.into(),
            ..Default::default()
        };
        let letter = registrar.register(letter, b"A letter about them.").await.unwrap().name;
        // Each is about the person, whoever holds it and whichever news came first.
        for subject in subjects {
            registrar.record(subject, |record| record.participant == participant).await.unwrap();
        }

        // While the request waits it holds all of them, and the open examination keeps them from being erased.
        let request = receive(&mut ground).await.name;
        for subject in subjects {
            registrar.record(subject, |record| is_held(record, HoldReason::ErasurePending)).await.unwrap();
        }
        refer(&mut ground, &request).await;
        let early = decide(&mut ground, &request).await.unwrap_err();
        assert_eq!(Refused::from(&early).reason, "ON_HOLD");
        examiner.decline(&examination, DeclineGround::Premature, ON).await.unwrap();
        officer.withdraw(&complaint, WithdrawnBy::Participant, ON).await.unwrap();
        for subject in subjects {
            registrar.record(subject, |record| only(record, HoldReason::ErasurePending)).await.unwrap();
        }
        let granted = decide(&mut ground, &request).await.unwrap();
        assert_eq!(granted.stage(), proto::ErasureStage::Granted);

        // All of it is due at once, long before the contract's own term, and goes together.
        ground.pass(2);
        let mut names = Vec::new();
        for subject in subjects {
            let due = |record: &proto::Record| record.stage() == proto::RecordStage::Due && !record.held;
            names.push(registrar.record(subject, due).await.unwrap().name);
        }
        names.push(letter.clone());
        let disposal = ground.dispose(&mut registrar, &names).await;
        let holders: BTreeSet<i32> = disposal.receipts.iter().map(|receipt| receipt.holder).collect();
        let told = [Holder::RecordsRetention, Holder::Complaints, Holder::Routing, Holder::IceLiaison];
        let told = told.map(i32::from);
        assert_eq!(holders, BTreeSet::from(told), "{disposal:?}");
        let of_examination = disposal.receipts.iter().find(|receipt| receipt.record == names[3]).unwrap();
        assert!(of_examination.destroyed && of_examination.holder() == Holder::IceLiaison);
        assert_eq!((of_examination.parts, of_examination.keys), (1, 1), "{of_examination:?}");
        let of_enquiry = disposal.receipts.iter().find(|receipt| receipt.record == names[4]).unwrap();
        assert!(of_enquiry.destroyed && of_enquiry.holder() == Holder::Routing, "{of_enquiry:?}");
        let certificate = registrar.certificate(&disposal.name).await.unwrap();
        let proved = certificate::verify(&certificate, &key(&ground).await).unwrap();
        assert_eq!(proved.said.records, 6);

        // Nobody gives any of it back, to tokens of that day, and the request is carried out.
        let (mut clerk, mut officer) = (ground.stranger(Member::Prime), ground.officer());
        let refusals = [
            clerk.contact(&routed.name).await.unwrap_err(),
            clerk.contact(&enquiry.name).await.unwrap_err(),
            officer.get(&complaint).await.unwrap_err(),
            examiner.get(&examination).await.unwrap_err(),
            examiner.papers(&complaint).await.unwrap_err(),
            registrar.part(&letter).await.unwrap_err(),
        ];
        assert!(refusals.iter().all(|refusal| refusal.reason == "ITEM_DESTROYED"), "{refusals:?}");
        ground.pass(1);
        carried_out(&mut ground, &request).await;
        ground.leave().await;
    }
}

fn is_held(record: &proto::Record, reason: HoldReason) -> bool {
    record.holds.iter().any(|hold| hold.released_on.is_none() && hold.reason() == reason)
}

fn only(record: &proto::Record, reason: HoldReason) -> bool {
    let mut open = record.holds.iter().filter(|hold| hold.released_on.is_none());
    is_held(record, reason) && open.all(|hold| hold.reason() == reason)
}

fn by<T>(ground: &Ground, message: T) -> Request<T> {
    let token = ground.chain.people.token(Member::Prime, Role::RecordsOfficer).unwrap();
    bearing(&token, message).unwrap()
}

async fn receive(ground: &mut Ground) -> proto::ErasureRequest {
    let request = proto::ReceiveErasureRequestRequest {
        request_id: ground.seed.request_id(),
        erasure_request: Some(proto::ErasureRequest {
            contract: ground.chain.contract.clone(),
            participant: ground.chain.participant.clone(),
            received_on: Some(civil(ON)),
            ..Default::default()
        }),
        correspondents: Some(proto::Correspondents {
            sender: "Prime".to_owned(),
            full_name: "Wyn Jones".to_owned(),
            postal_address: "1 Mill Lane".to_owned(),
        }),
    };
    let mut client = ErasureServiceClient::new(ground.channel.clone());
    client.receive_erasure_request(by(ground, request)).await.unwrap().into_inner()
}

async fn refer(ground: &mut Ground, name: &str) {
    let request = proto::RecordDataProtectionReferenceRequest {
        request_id: ground.seed.request_id(),
        name: name.to_owned(),
        data_protection_reference: "DPO-2022-18".to_owned(),
    };
    let mut client = ErasureServiceClient::new(ground.channel.clone());
    client.record_data_protection_reference(by(ground, request)).await.unwrap();
}

async fn decide(ground: &mut Ground, name: &str) -> Result<proto::ErasureRequest, Status> {
    let decision = proto::ErasureDecision {
        outcome: proto::ErasureOutcome::Erase.into(),
        ground: proto::ErasureGround::Unspecified.into(),
        progress: proto::ParticipantProgress::NeverStarted.into(),
        explanation: String::new(),
    };
    let request = proto::DecideErasureRequestRequest {
        request_id: ground.seed.request_id(),
        name: name.to_owned(),
        decision: Some(decision),
    };
    let mut client = ErasureServiceClient::new(ground.channel.clone());
    client.decide_erasure_request(by(ground, request)).await.map(Response::into_inner)
}

async fn carried_out(ground: &mut Ground, name: &str) {
    let mut client = ErasureServiceClient::new(ground.channel.clone());
    wait::ready("the request to be carried out", async {
        loop {
            let request = proto::GetErasureRequestRequest { name: name.to_owned() };
            let found = client.get_erasure_request(by(ground, request)).await.unwrap().into_inner();
            if found.stage() == proto::ErasureStage::CarriedOut {
                return;
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
}

/// The key of the journal in which certificates stand.
async fn key(ground: &Ground) -> VerifierKey {
    let token = ground.chain.people.token(Member::Prime, Role::Auditor).unwrap();
    let mut request = bearing(&token, GetCheckpointRequest::default()).unwrap();
    request.metadata_mut().insert("redress-service", "records-retention".parse().unwrap());
    let mut client = JournalServiceClient::new(ground.channel.clone());
    let told = client.get_checkpoint(request).await.unwrap().into_inner();
    VerifierKey::parse(&told.verifier_key).unwrap()
}
