//! A request repeated any number of times has one effect and one answer; a lost race is told.

use futures::future::join_all;
use jiff::SignedDuration;
use redress_proto::{complaints::v1 as proto, r#type::v1::Channel};
use redress_testkit::{backends, wait};
use tonic::Code;

use crate::cast::{Cast, PRIME, day, refused, request_id};

#[tokio::test]
async fn a_hundred_identical_registrations_make_one_complaint() {
    // L19, L20; G21
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let request = proto::RegisterComplaintRequest {
            request_id: request_id(),
            complaint: Some(cast.complaint("2026-11-02")),
        };
        let mut officers = Vec::new();
        for _ in 0..4 {
            officers.push(cast.officer(PRIME).await);
        }
        let calls = (0..100).map(|at| {
            let (mut officer, request) = (officers[at % 4].clone(), request.clone());
            async move { officer.register_complaint(request).await.unwrap().into_inner() }
        });
        let answers = join_all(calls).await;
        assert!(answers.iter().all(|answer| *answer == answers[0]));

        // Across a restart, too.
        let mut cast = cast;
        cast.suite.restart().await.unwrap();
        let again = cast.officer(PRIME).await.register_complaint(request.clone()).await.unwrap().into_inner();
        assert_eq!(again, answers[0]);

        // G22: another body under the same id is told apart, field by field.
        let mut other = request.clone();
        other.complaint.as_mut().unwrap().formal = true;
        let refusal = refused(cast.officer(PRIME).await.register_complaint(other).await);
        assert_eq!((refusal.code, refusal.reason.as_str()), (Code::FailedPrecondition, "REQUEST_ID_REUSED"));
        assert_eq!(refusal.metadata.get("fields").map(String::as_str), Some("complaint"));

        let list =
            proto::ListComplaintsRequest { order: proto::ListOrder::Newest.into(), ..Default::default() };
        let rows = cast.officer(PRIME).await.list_complaints(list).await.unwrap().into_inner().complaints;
        assert_eq!(rows.len(), 1);
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn the_same_words_or_reference_make_no_second_complaint() {
    // L29: white space and case do not tell two references or two texts apart.
    let cast = Cast::usual().await;
    let mut officer = cast.officer(PRIME).await;
    let mut first = cast.complaint("2026-11-02");
    first.reference = "ns-2026/17".to_owned();
    let mut register = async |complaint: proto::Complaint| {
        let request =
            proto::RegisterComplaintRequest { request_id: request_id(), complaint: Some(complaint) };
        officer.register_complaint(request).await
    };
    let name = register(first.clone()).await.unwrap().into_inner().name;

    let mut spaced = first.clone();
    spaced.reference = String::new();
    spaced.statement.as_mut().unwrap().narrative =
        first.statement.as_ref().unwrap().narrative.to_uppercase() + "  ";
    let refusal = refused(register(spaced).await);
    assert_eq!((refusal.code, refusal.reason.as_str()), (Code::AlreadyExists, "DUPLICATE_COMPLAINT"));
    assert!(refusal.metadata.values().any(|value| *value == name), "{:?}", refusal.metadata);

    let mut referenced = cast.complaint("2026-11-03");
    referenced.reference = " NS-2026 / 17".to_owned();
    assert_eq!(refused(register(referenced).await).reason, "DUPLICATE_COMPLAINT");
}

#[tokio::test]
async fn a_stale_version_is_told() {
    // L23; G25
    let cast = Cast::usual().await;
    let mut officer = cast.officer(PRIME).await;
    let complaint = cast.register("2026-11-02").await;
    let mut acknowledge = proto::AcknowledgeComplaintRequest {
        request_id: request_id(),
        name: complaint.name.clone(),
        acknowledged_on: Some(day("2026-11-03")),
        channel: Channel::Email.into(),
        etag: complaint.etag.clone(),
    };
    let acknowledged = officer.acknowledge_complaint(acknowledge.clone()).await.unwrap().into_inner();
    assert_ne!(acknowledged.etag, complaint.etag);
    acknowledge.request_id = request_id();
    let refusal = refused(officer.acknowledge_complaint(acknowledge).await);
    assert_eq!((refusal.code, refusal.reason.as_str()), (Code::Aborted, "VERSION_MISMATCH"));
}

#[tokio::test]
async fn of_two_final_steps_at_once_one_is_taken() {
    // C22: whoever comes second meets the state that the first has made.
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let complaint = cast.register("2026-11-02").await;
        let calls = (0..20).map(|_| {
            let name = complaint.name.clone();
            let cast = &cast;
            async move {
                let request = proto::AcknowledgeComplaintRequest {
                    request_id: request_id(),
                    name,
                    acknowledged_on: Some(day("2026-11-03")),
                    channel: Channel::Email.into(),
                    etag: String::new(),
                };
                cast.officer(PRIME).await.acknowledge_complaint(request).await
            }
        });
        let answers = join_all(calls).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
        for answer in answers.into_iter().filter(Result::is_err) {
            assert_eq!(refused(answer).reason, "STAGE_REFUSES");
        }
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn a_request_is_answered_the_same_for_its_term_and_meets_its_own_effect_after_it() {
    // The term is ninety days; what is forgotten is forgotten at a start, and once an hour.
    for backend in backends() {
        let mut cast = Cast::on(backend).await;
        let days = |days: i64| SignedDuration::from_hours(days * 24);
        // Two days after its contract, whose answers lapse before its own.
        cast.suite.clock.move_by(days(2));
        let request = proto::RegisterComplaintRequest {
            request_id: request_id(),
            complaint: Some(cast.complaint("2026-11-02")),
        };
        let first = cast.officer(PRIME).await.register_complaint(request.clone()).await.unwrap().into_inner();
        cast.suite.clock.move_by(days(89));
        cast.suite.restart().await.unwrap();
        some_lapsed(&cast).await;
        let again = cast.officer(PRIME).await.register_complaint(request.clone()).await.unwrap();
        assert_eq!(again.into_inner(), first, "inside the term");
        cast.suite.clock.move_by(days(2));
        cast.suite.restart().await.unwrap();
        some_lapsed(&cast).await;
        let told = refused(cast.officer(PRIME).await.register_complaint(request).await);
        assert_eq!((told.code, told.reason.as_str()), (Code::AlreadyExists, "DUPLICATE_COMPLAINT"));
        cast.suite.stop().await.unwrap();
    }
}

/// Waits until the answers whose term is over are forgotten, of which there are some.
async fn some_lapsed(cast: &Cast) {
    let metrics = cast.suite.running().metrics();
    wait::until("the answers whose term is over to be forgotten", || {
        let scrape = metrics.scrape();
        let line = scrape.lines().find(|line| line.starts_with("redress_request_answers_lapsed_total{"));
        line.and_then(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).is_some_and(|lapsed| lapsed > 0.0)
    })
    .await;
}
