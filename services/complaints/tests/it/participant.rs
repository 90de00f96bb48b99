//! Participants, and the proof that each was told of the process.

use redress_proto::{
    complaints::v1::{self as proto, participant_service_client::ParticipantServiceClient},
    options::v1::Role,
    r#type::v1::Channel,
};
use redress_testkit::backends;
use tonic::Code;
use uuid::Uuid;

use crate::cast::{Caller, Cast, PRIME, STRANGER, SUBCONTRACTOR, day, organisation, refused, request_id};

type Client = ParticipantServiceClient<Caller>;

async fn adviser(cast: &Cast, organisation: Uuid) -> Client {
    ParticipantServiceClient::new(cast.caller(organisation, &[Role::Adviser]).await)
}

fn person(cast: &Cast, organisation_id: Uuid, reference: &str) -> proto::CreateParticipantRequest {
    proto::CreateParticipantRequest {
        request_id: request_id(),
        participant: Some(proto::Participant {
            contract: cast.contract.clone(),
            organisation: organisation(organisation_id),
            reference: reference.to_owned(),
            person: Some(proto::Person {
                full_name: "  Zoë Null ".to_owned(),
                national_insurance_number: "jx 12 34 56 d".to_owned(),
                ..Default::default()
            }),
            ..Default::default()
        }),
        first_contact: None,
    }
}

fn contact(name: &str, document: &str) -> proto::RecordFirstContactRequest {
    proto::RecordFirstContactRequest {
        request_id: request_id(),
        name: name.to_owned(),
        first_contact: Some(proto::FirstContact {
            explained_on: Some(day("2026-10-05")),
            channel: Channel::Telephone.into(),
            agreement_evidence: 0,
            document: document.to_owned(),
        }),
        etag: String::new(),
    }
}

#[tokio::test]
async fn one_reference_names_one_person_under_a_contract() {
    // L29
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let mut client = adviser(&cast, SUBCONTRACTOR).await;
        let first =
            client.create_participant(person(&cast, SUBCONTRACTOR, "ab 17")).await.unwrap().into_inner();
        assert_eq!((first.reference.as_str(), first.person.is_none()), ("AB17", true));
        let told = refused(client.create_participant(person(&cast, SUBCONTRACTOR, "AB17 ")).await);
        assert_eq!((told.code, told.metadata["name"].as_str()), (Code::AlreadyExists, first.name.as_str()));
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn of_many_who_record_one_person_at_once_one_does_and_the_others_are_told_of_it() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let client = adviser(&cast, SUBCONTRACTOR).await;
        let requests = (0..24).map(|_| person(&cast, SUBCONTRACTOR, "P-5"));
        let calls = requests.map(|request| {
            let mut client = client.clone();
            async move { client.create_participant(request).await }
        });
        let answers = futures::future::join_all(calls).await;
        let (recorded, others): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        let [Ok(recorded)] = recorded.as_slice() else { panic!("{} were recorded", recorded.len()) };
        for other in others {
            let told = refused(other);
            assert_eq!((told.code, &told.metadata["name"]), (Code::AlreadyExists, &recorded.get_ref().name));
        }
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn the_person_is_told_to_those_who_ask_in_full_only() {
    let cast = Cast::usual().await;
    let mut client = adviser(&cast, SUBCONTRACTOR).await;
    let recorded = client.create_participant(person(&cast, SUBCONTRACTOR, "P-7")).await.unwrap().into_inner();
    let get = |view: proto::ParticipantView| proto::GetParticipantRequest {
        name: recorded.name.clone(),
        view: view.into(),
    };
    let basic = client.get_participant(get(proto::ParticipantView::Basic)).await.unwrap().into_inner();
    assert_eq!(basic, recorded);
    let full = client.get_participant(get(proto::ParticipantView::Full)).await.unwrap().into_inner();
    let person = full.person.unwrap();
    assert_eq!(person.full_name, "Zoë Null");
    assert_eq!(person.national_insurance_number, "JX123456D");
    // Nothing of the person lies anywhere in the clear.
    let database = std::fs::read(cast.suite.folder().join("complaints.db")).unwrap();
    let wal = std::fs::read(cast.suite.folder().join("complaints.db-wal")).unwrap_or_default();
    for words in ["Zoë Null", "JX123456D"] {
        let found = |bytes: &[u8]| bytes.windows(words.len()).any(|window| window == words.as_bytes());
        assert!(!found(&database) && !found(&wal), "{words}");
    }
    let mut stranger = adviser(&cast, STRANGER).await;
    let unseen = stranger.get_participant(get(proto::ParticipantView::Full)).await;
    assert_eq!(refused(unseen).code, Code::NotFound);
}

#[tokio::test]
async fn an_organisation_records_people_for_itself_and_those_below() {
    let cast = Cast::usual().await;
    let mut subcontractor = adviser(&cast, SUBCONTRACTOR).await;
    let above = refused(subcontractor.create_participant(person(&cast, PRIME, "P-8")).await);
    assert_eq!((above.code, above.reason.as_str()), (Code::PermissionDenied, "NOT_ABOVE_IN_CHAIN"));
    let mut prime = adviser(&cast, PRIME).await;
    prime.create_participant(person(&cast, SUBCONTRACTOR, "P-8")).await.unwrap();
    let outside = refused(prime.create_participant(person(&cast, STRANGER, "P-9")).await);
    assert_eq!(outside.fields, [("participant.organisation".to_owned(), "NOT_IN_CHAIN".to_owned())]);
    let mut stranger = adviser(&cast, STRANGER).await;
    assert_eq!(
        refused(stranger.create_participant(person(&cast, STRANGER, "P-9")).await).code,
        Code::NotFound
    );
}

#[tokio::test]
async fn those_who_were_not_told_are_listed_until_they_are() {
    // CMP-02, CMP-03
    let cast = Cast::usual().await;
    let mut client = adviser(&cast, SUBCONTRACTOR).await;
    let untold = client.create_participant(person(&cast, SUBCONTRACTOR, "P-2")).await.unwrap().into_inner();
    let list = proto::ListParticipantsRequest { unexplained_only: true, ..Default::default() };
    let listed = client.list_participants(list.clone()).await.unwrap().into_inner().participants;
    assert_eq!(listed, std::slice::from_ref(&untold));

    let told = client.record_first_contact(contact(&untold.name, "")).await.unwrap().into_inner();
    assert_eq!(told.first_contact.unwrap().explained_on, Some(day("2026-10-05")));
    assert!(client.list_participants(list).await.unwrap().into_inner().participants.is_empty());
    let by_reference = proto::ListParticipantsRequest { reference: "p-2".to_owned(), ..Default::default() };
    let found = client.list_participants(by_reference).await.unwrap().into_inner().participants;
    assert_eq!(found.len(), 1);

    let again = client.record_first_contact(contact(&untold.name, "")).await.unwrap().into_inner();
    assert_eq!(again.etag, told.etag, "the same once more is nothing new");
    let stale = proto::RecordFirstContactRequest { etag: untold.etag, ..contact(&untold.name, "") };
    assert_eq!(refused(client.record_first_contact(stale).await).code, Code::Aborted);
}

#[tokio::test]
async fn evidence_is_a_document_on_the_file_of_the_person() {
    // CMP-15
    let cast = Cast::usual().await;
    let mut client = adviser(&cast, SUBCONTRACTOR).await;
    let recorded = client.create_participant(person(&cast, SUBCONTRACTOR, "P-3")).await.unwrap().into_inner();
    let elsewhere = cast.upload(&cast.participant).await;
    let told = refused(client.record_first_contact(contact(&recorded.name, &elsewhere)).await);
    assert_eq!(told.fields, [("first_contact.document".to_owned(), "NOT_ON_FILE".to_owned())]);
    let document = cast.upload(&recorded.name).await;
    let proven = client.record_first_contact(contact(&recorded.name, &document)).await.unwrap().into_inner();
    assert_eq!(proven.first_contact.unwrap().document, document);
}

#[tokio::test]
async fn a_first_contact_in_the_future_is_refused_and_nothing_is_recorded() {
    let cast = Cast::usual().await;
    let mut client = adviser(&cast, SUBCONTRACTOR).await;
    let mut request = person(&cast, SUBCONTRACTOR, "P-4");
    request.first_contact = contact("", "")
        .first_contact
        .map(|contact| proto::FirstContact { explained_on: Some(day("2026-11-17")), ..contact });
    let told = refused(client.create_participant(request).await);
    assert_eq!(told.fields, [("first_contact.explained_on".to_owned(), "DATE_IN_FUTURE".to_owned())]);
    client.create_participant(person(&cast, SUBCONTRACTOR, "P-4")).await.unwrap();
}
