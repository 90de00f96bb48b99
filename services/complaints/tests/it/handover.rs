//! Complaints that routing hands over: registered under the ids it gave, with the person, at the stage it names; what is
//! refused is answered, and what can still be mended waits.

use std::sync::atomic::{AtomicU64, Ordering};

use complaints::Complaints;
use prost::Message as _;
use redress_chassis::Member;
use redress_journal::entry::Content;
use redress_proto::{
    complaints::v1::{
        self as proto, ErrorReason, IntakeRefused, complaint_service_client::ComplaintServiceClient,
        participant_service_client::ParticipantServiceClient,
    },
    journal::v1::{
        ListParkedEntriesRequest, ListSubscriptionsRequest, StreamEntriesRequest,
        journal_service_client::JournalServiceClient, subscription_service_client::SubscriptionServiceClient,
    },
    options::v1::Role,
    routing::v1::{ComplaintHandedOver, Contact},
    r#type::v1::Channel,
};
use redress_testkit::{
    Backend, Suite, backends,
    routing::{Routing, fresh_contact, hand_over, keep},
    wait,
};
use tonic::{Code, Request};
use uuid::Uuid;

use crate::cast::{
    Caller, Cast, DEPARTMENT, JETS, JOBCENTRE, PRIME, SUBCONTRACTOR, day, organisation, request_id,
};

/// The cast beside a routing service.
struct Desk {
    cast: Cast,
    log: String,
}

impl Desk {
    async fn on(backend: Backend) -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(1);
        let host =
            format!("handover-{}-{}.invalid", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let plan = Suite::of([Member::of::<Complaints>(), Member::of::<Routing>()])
            .on(backend)
            .at("2026-11-16T09:00:00Z")
            .with("journal.origin", format!("{host}/{{service}}"));
        Self { cast: Cast::of(plan, JETS).await, log: format!("{host}/routing") }
    }

    /// A complaint about the subcontractor, whose contact can be read.
    fn handed(&self, words: &str) -> ComplaintHandedOver {
        let contact = fresh_contact();
        let kept = Contact {
            name: contact.clone(),
            statement: Some(proto::Statement { narrative: words.to_owned(), ..Default::default() }),
            person: Some(proto::Person { full_name: "Siân Hughes".to_owned(), ..Default::default() }),
            ..Default::default()
        };
        keep(&contact, Some(kept));
        let complaint = contact.replace("contacts", "complaints");
        ComplaintHandedOver {
            contact,
            complaint,
            contract: self.cast.contract.clone(),
            organisation: organisation(SUBCONTRACTOR),
            participant_reference: "p-1".to_owned(),
            received_on: Some(day("2026-11-13")),
            channel: Channel::Telephone.into(),
            respondents: vec![organisation(SUBCONTRACTOR)],
            starts_at_stage: 1,
            ..Default::default()
        }
    }

    async fn hand_over(&self, handed: &ComplaintHandedOver) {
        hand_over(&self.log, handed).await.unwrap();
    }

    /// The complaint as somebody sees it, once it is there.
    async fn seen(&self, by: Uuid, name: &str) -> proto::Complaint {
        let officer = self.cast.officer(by).await;
        let request =
            || proto::GetComplaintRequest { name: name.to_owned(), view: proto::ComplaintView::Full.into() };
        wait::until_async("the complaint to be there", || {
            let mut officer = officer.clone();
            async move { officer.get_complaint(request()).await.is_ok() }
        })
        .await;
        officer.clone().get_complaint(request()).await.unwrap().into_inner()
    }

    /// The answers to complaints that were not taken up.
    async fn refusals(&self) -> Vec<IntakeRefused> {
        let auditor = self.cast.caller(PRIME, &[Role::Auditor]).await;
        let question = StreamEntriesRequest {
            types: vec!["redress.complaints.v1.IntakeRefused".to_owned()],
            ..Default::default()
        };
        let mut parts = JournalServiceClient::new(auditor)
            .stream_entries(to_complaints(question))
            .await
            .unwrap()
            .into_inner();
        let mut found = Vec::new();
        while let Some(part) = parts.message().await.unwrap() {
            for entry in part.entries {
                let content = Content::decode(entry.content.as_ref()).unwrap();
                found.push(IntakeRefused::decode(content.payload.as_slice()).unwrap());
            }
        }
        found
    }

    async fn operator(&self) -> SubscriptionServiceClient<Caller> {
        SubscriptionServiceClient::new(self.cast.caller(DEPARTMENT, &[Role::Operator]).await)
    }

    /// Waits until everything handed over was looked at.
    async fn level(&self, position: i64) {
        wait::until_async("the feed to be level", || async {
            let mut operator = self.operator().await;
            let all = operator.list_subscriptions(to_complaints(ListSubscriptionsRequest {})).await.unwrap();
            all.into_inner()
                .subscriptions
                .iter()
                .any(|one| one.source == "routing" && one.position >= position)
        })
        .await;
    }
}

fn to_complaints<T>(message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("redress-service", "complaints".parse().unwrap());
    request
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_handed_over_is_registered_under_the_id_that_routing_gave() {
    for backend in backends() {
        let desk = Desk::on(backend).await;
        let mut handed = desk.handed("Nobody called me back.");
        handed.jobcentre_plus_received_on = Some(day("2026-11-10"));
        desk.hand_over(&handed).await;
        let complaint = desk.seen(PRIME, &handed.complaint).await;
        assert_eq!(
            complaint.participant, desk.cast.participant,
            "the person was recorded under this reference"
        );
        assert_eq!(complaint.organisation, organisation(SUBCONTRACTOR));
        assert_eq!(
            complaint.received_on,
            Some(day("2026-11-13")),
            "the provider's clocks run from its receipt (CMP-12)"
        );
        assert_eq!(
            complaint.jobcentre_plus_on,
            Some(day("2026-11-10")),
            "and the earlier day is kept (RTE-07)"
        );
        assert_eq!(complaint.statement.unwrap().narrative, "Nobody called me back.");
        // RTE-07: Jobcentre Plus sees what it brought, and no other complaint of a provider.
        desk.seen(JOBCENTRE, &handed.complaint).await;
        let direct = desk.handed("The room was cold.");
        desk.hand_over(&direct).await;
        desk.seen(SUBCONTRACTOR, &direct.complaint).await;
        let mut jobcentre = desk.cast.officer(JOBCENTRE).await;
        let request = proto::GetComplaintRequest { name: direct.complaint.clone(), ..Default::default() };
        assert_eq!(jobcentre.get_complaint(request).await.unwrap_err().code(), Code::NotFound);

        // Handed over again, it is there already, and nothing is said twice.
        desk.hand_over(&handed).await;
        desk.level(3).await;
        assert_eq!(desk.refusals().await, []);
        desk.cast.suite.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_whom_nobody_recorded_is_recorded_and_the_missing_explanation_flagged() {
    // CMP-02, A0 7.01, J0 7.02
    let desk = Desk::on(Backend::Sqlite).await;
    let mut handed = desk.handed("I was sent away.");
    handed.participant_reference = String::new();
    handed.organisation = String::new();
    handed.respondents = Vec::new();
    desk.hand_over(&handed).await;
    let complaint = desk.seen(PRIME, &handed.complaint).await;
    assert_ne!(complaint.participant, desk.cast.participant);
    assert_eq!(
        complaint.organisation,
        organisation(PRIME),
        "nobody was named, so the contract holder works it"
    );
    assert_eq!(complaint.respondents, [organisation(PRIME)]);
    let flags: Vec<&str> = complaint.flags.iter().map(|flag| flag.code.as_str()).collect();
    assert!(flags.contains(&"FIRST_CONTACT_NOT_EXPLAINED"), "{flags:?}");
    let adviser = desk.cast.caller(PRIME, &[Role::Adviser]).await;
    let request = proto::GetParticipantRequest {
        name: complaint.participant,
        view: proto::ParticipantView::Full.into(),
    };
    let person = ParticipantServiceClient::new(adviser).get_participant(request).await.unwrap().into_inner();
    assert_eq!(person.person.unwrap().full_name, "Siân Hughes");
    desk.cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_joint_reply_left_over_begins_at_the_next_stage() {
    // CMP-13, J0 7.08
    let desk = Desk::on(Backend::Sqlite).await;
    let mut handed = desk.handed("The provider's part is still wrong.");
    handed.starts_at_stage = 2;
    handed.mixed_complaint = "mixedComplaints/00000000-0000-4000-8000-000000000009".to_owned();
    handed.joint_reply_on = Some(day("2026-11-12"));
    desk.hand_over(&handed).await;
    // Jobcentre Plus leads a mixed complaint, and sees what is left of it.
    desk.seen(JOBCENTRE, &handed.complaint).await;
    let acknowledge = proto::AcknowledgeComplaintRequest {
        request_id: request_id(),
        name: handed.complaint.clone(),
        acknowledged_on: Some(day("2026-11-16")),
        channel: Channel::Email.into(),
        etag: String::new(),
    };
    let mut officer = desk.cast.officer(PRIME).await;
    officer.acknowledge_complaint(acknowledge).await.unwrap();
    let assign = proto::AssignHandlerRequest {
        request_id: request_id(),
        name: handed.complaint.clone(),
        handler: "handler-1".to_owned(),
        etag: String::new(),
    };
    let complaint = officer.assign_handler(assign).await.unwrap().into_inner();
    assert_eq!(complaint.stage_number, 2);

    // The reply is what something can be left over of: nothing is before it.
    let mut before = desk.handed("I was told of no reply.");
    before.starts_at_stage = 2;
    before.joint_reply_on = Some(day("2026-11-14"));
    desk.hand_over(&before).await;
    wait::until_async("the answer to have its position", || async { !desk.refusals().await.is_empty() })
        .await;
    assert_eq!(desk.refusals().await[0].complaint, before.complaint);
    desk.cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_rules_refuse_is_answered_and_not_held() {
    let desk = Desk::on(Backend::Sqlite).await;
    let first = desk.handed("It was said twice.");
    let second = desk.handed("It was  said TWICE.");
    let mut early = desk.handed("Before the contract.");
    early.received_on = Some(day("2024-08-30"));
    for handed in [&first, &second, &early] {
        desk.hand_over(handed).await;
    }
    desk.level(3).await;
    let expected = [
        IntakeRefused {
            contact: second.contact.clone(),
            complaint: second.complaint.clone(),
            reason: ErrorReason::DuplicateComplaint.into(),
            duplicate_of: first.complaint.clone(),
        },
        IntakeRefused {
            contact: early.contact.clone(),
            complaint: early.complaint.clone(),
            reason: ErrorReason::ContractNotInForce.into(),
            duplicate_of: String::new(),
        },
    ];
    wait::until_async("the answers to have their positions", || async { desk.refusals().await.len() == 2 })
        .await;
    assert_eq!(desk.refusals().await, expected);
    // The same again changes nothing.
    desk.hand_over(&second).await;
    desk.level(4).await;
    assert_eq!(desk.refusals().await, expected);
    let mut operator = desk.operator().await;
    let parked =
        operator.list_parked_entries(to_complaints(ListParkedEntriesRequest::default())).await.unwrap();
    assert!(parked.into_inner().entries.is_empty());
    desk.cast.suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_that_cannot_be_read_is_waited_for() {
    let desk = Desk::on(Backend::Sqlite).await;
    let handed = desk.handed("Later, please.");
    let contact = Contact {
        statement: Some(proto::Statement { narrative: "Later, please.".to_owned(), ..Default::default() }),
        ..Default::default()
    };
    keep(&handed.contact, None);
    desk.hand_over(&handed).await;
    let unreachable = || desk.cast.suite.running().metrics().scrape();
    wait::until("the lag to be told", || unreachable().contains("redress_subscription_lag_seconds")).await;
    let mut officer: ComplaintServiceClient<Caller> = desk.cast.officer(PRIME).await;
    let request = proto::GetComplaintRequest { name: handed.complaint.clone(), ..Default::default() };
    assert_eq!(officer.get_complaint(request).await.unwrap_err().code(), Code::NotFound);
    keep(&handed.contact, Some(contact));
    desk.seen(PRIME, &handed.complaint).await;
    desk.cast.suite.stop().await.unwrap();
}
