//! What routing hands over is worked by complaints, and routing tells what became of it: in one process, and between processes
//! (CMP-02, CMP-12, CMP-13, RTE-07).

use prost::Message as _;
use redress_journal::entry::Content;
use redress_proto::{
    complaints::v1::{
        Complaint, ComplaintRegistered, GetParticipantRequest, ParticipantView,
        participant_service_client::ParticipantServiceClient,
    },
    journal::v1::{StreamEntriesRequest, journal_service_client::JournalServiceClient},
    options::v1::Role,
    routing::v1::{Contact, ContactStage, Fate, GetMixedComplaintRequest, Matter, MixedComplaint, Writer},
};
use redress_testkit::wait;
use redress_tests::{
    chain::{JETS, Member, bearing, civil},
    clerk::{Clerk, contact, input, reference},
};
use tonic::Code;

use super::{
    mixed,
    place::{Place, date},
};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_handed_over_is_worked_and_told_of_in_one_process() {
    Box::pin(live(Place::here(JETS, 0x5ea).await)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_handed_over_is_worked_and_told_of_between_processes() {
    let Some(place) = Place::apart(JETS, "redress_seam", 0x5eb).await else { return };
    Box::pin(live(place)).await;
}

async fn live(mut place: Place) {
    let (sent, first) = routed(&mut place).await;
    let forwarded = Box::pin(forwarded_twice(&mut place)).await;
    duplicate(&mut place, sent, &first).await;
    let (mut place, left) = mixed::live(place).await;
    left_over(&mut place, &left).await;
    assert_eq!(
        on_record(&place).await,
        [first, forwarded, left.residual_complaint],
        "each once, in the order in which it was handed over"
    );
    place.leave().await;
}

/// CMP-12, CMP-02: a complaint that came by way of Jobcentre Plus, of somebody whom no list knows. Returns what was sent and the
/// complaint's name.
async fn routed(place: &mut Place) -> (Contact, String) {
    let mut officer = place.clerk(Member::Prime, Role::ComplaintsOfficer).await;
    let (on, raised_on) = (place.days_ago(2), place.days_ago(4));
    let mut asked = input(&place.chain.contract, Writer::JobcentrePlus, &[Matter::Provider], on);
    asked.jobcentre_plus_received_on = Some(civil(raised_on));
    let sent = contact(asked, &reference(&mut place.seed));
    let routed = officer.route(sent.clone()).await.unwrap();
    assert_eq!(routed.stage(), ContactStage::HandedOver);

    let complaint = registered(place, &routed.complaint).await;
    assert_eq!(complaint.name, routed.complaint, "under the id that routing answered with");
    assert_eq!((date(complaint.received_on), date(complaint.jobcentre_plus_on)), (on, raised_on));
    let flags: Vec<&str> = complaint.flags.iter().map(|flag| flag.code.as_str()).collect();
    assert!(flags.contains(&"FIRST_CONTACT_NOT_EXPLAINED"), "{flags:?}");

    let adviser = place.chain.people.token(Member::Prime, Role::Adviser).unwrap();
    let question = GetParticipantRequest { name: complaint.participant, view: ParticipantView::Full.into() };
    let mut participants = ParticipantServiceClient::new(place.channel.clone());
    let recorded = participants.get_participant(bearing(&adviser, question).unwrap()).await.unwrap();
    let recorded = recorded.into_inner();
    assert_eq!(recorded.reference, sent.participant_reference);
    assert_eq!(recorded.person.unwrap().full_name, sent.person.as_ref().unwrap().full_name);

    let told = told(&mut officer, &routed.name).await;
    assert_eq!((told.stage(), told.fate()), (ContactStage::HandedOver, Fate::Open));
    (sent, routed.complaint)
}

/// Passed on twice by Jobcentre Plus, it is one contact and one complaint. Returns the complaint's name.
async fn forwarded_twice(place: &mut Place) -> String {
    let mut jobcentre = place.clerk(Member::JobcentrePlus, Role::JobcentrePlus).await;
    let on = place.days_ago(3);
    let asked = input(&place.chain.contract, Writer::JobcentrePlus, &[Matter::Provider], on);
    let sent = contact(asked, &reference(&mut place.seed));
    let first = jobcentre.forward(sent.clone()).await.unwrap();
    let again = jobcentre.forward(sent).await.unwrap();
    assert!(!first.already_there && again.already_there);
    let (first, again) = (first.contact.unwrap(), again.contact.unwrap());
    assert_eq!((&first.name, &first.complaint), (&again.name, &again.complaint));
    let complaint = registered(place, &first.complaint).await;
    assert_eq!(date(complaint.jobcentre_plus_on), on);
    assert_eq!(told(&mut jobcentre, &first.name).await.fate(), Fate::Open);
    first.complaint
}

/// The same words of the same person once more: complaints refuses them, and the contact names the complaint that was there.
async fn duplicate(place: &mut Place, sent: Contact, first: &str) {
    let mut clerk = place.clerk(Member::Prime, Role::ComplaintsOfficer).await;
    let again = Contact { reference: reference(&mut place.seed), ..sent };
    let routed = clerk.route(again).await.unwrap();
    assert_ne!(routed.complaint, first);
    let told = told(&mut clerk, &routed.name).await;
    assert_eq!((told.stage(), told.fate()), (ContactStage::NotOpened, Fate::Refused));
    assert_eq!(told.existing_complaint, first);
    let mut officer = place.officer(Member::Prime, Role::ComplaintsOfficer);
    let refused = officer.get(&routed.complaint).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound, "{refused:?}");
}

/// CMP-13, J0 7.08: what a joint reply left over begins at the second stage.
async fn left_over(place: &mut Place, left: &MixedComplaint) {
    let today = place.today();
    let complaint = registered(place, &left.residual_complaint).await;
    assert_eq!(complaint.participant, place.chain.participant);
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    officer.acknowledge(&complaint.name, today).await.unwrap();
    let assigned = officer.assign(&complaint.name, "handler-1", "").await.unwrap();
    assert_eq!(assigned.stage_number, 2);

    let mut clerk = place.clerk(Member::Prime, Role::ComplaintsManager).await;
    let told = wait::ready("routing to know what became of what was left over", async {
        loop {
            let question = GetMixedComplaintRequest { name: left.name.clone(), view: 0 };
            let mixed = clerk.get_mixed_complaint(question).await.unwrap();
            if mixed.residual_fate() != Fate::Awaited {
                return mixed;
            }
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(told.await.residual_fate(), Fate::Open);
}

/// The complaint, once complaints has it.
async fn registered(place: &mut Place, name: &str) -> Complaint {
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    wait::ready("complaints to take it up", async {
        loop {
            match officer.get(name).await {
                Ok(complaint) => return complaint,
                Err(refused) => assert_eq!(refused.code, Code::NotFound, "{refused:?}"),
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}

/// The contact, once routing knows what became of its complaint.
async fn told(clerk: &mut Clerk, name: &str) -> Contact {
    wait::ready("routing to know what became of it", async {
        loop {
            let contact = clerk.contact(name).await.unwrap();
            if contact.fate() != Fate::Awaited {
                return contact;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}

/// The complaints that were registered, in the order of the journal.
async fn on_record(place: &Place) -> Vec<String> {
    let auditor = place.chain.people.token(Member::Prime, Role::Auditor).unwrap();
    let question = StreamEntriesRequest {
        types: vec!["redress.complaints.v1.ComplaintRegistered".to_owned()],
        ..StreamEntriesRequest::default()
    };
    let mut request = bearing(&auditor, question).unwrap();
    request.metadata_mut().insert("redress-service", "complaints".parse().unwrap());
    let mut journal = JournalServiceClient::new(place.channel.clone());
    let mut parts = journal.stream_entries(request).await.unwrap().into_inner();
    let mut found = Vec::new();
    while let Some(part) = parts.message().await.unwrap() {
        for entry in part.entries {
            let content = Content::decode(entry.content.as_ref()).unwrap();
            found.push(ComplaintRegistered::decode(content.payload.as_slice()).unwrap().complaint);
        }
    }
    found
}
