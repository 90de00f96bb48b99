//! Answers that were rendered before are shown to nobody who may not see them, on no other day, and of no older revision.

use futures::future::join_all;
use jiff::SignedDuration;
use redress_proto::complaints::v1 as proto;
use redress_testkit::backends;
use tonic::Code;

use crate::cast::{Cast, PRIME, STRANGER, SUBCONTRACTOR, day, refused, request_id};

fn get(name: &str, view: proto::ComplaintView) -> proto::GetComplaintRequest {
    proto::GetComplaintRequest { name: name.to_owned(), view: view.into() }
}

fn basic(name: &str) -> proto::GetComplaintRequest {
    get(name, proto::ComplaintView::Basic)
}

#[tokio::test]
async fn what_was_rendered_for_one_is_not_shown_to_a_stranger_nor_after_a_change() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let name = cast.register("2026-11-02").await.name;
        let mut officer = cast.officer(PRIME).await;
        let first = officer.get_complaint(basic(&name)).await.unwrap().into_inner();
        let again = officer.get_complaint(basic(&name)).await.unwrap().into_inner();
        assert_eq!(first, again);
        let mut below = cast.officer(SUBCONTRACTOR).await;
        assert_eq!(below.get_complaint(basic(&name)).await.unwrap().into_inner(), first);
        let mut stranger = cast.officer(STRANGER).await;
        assert_eq!(refused(stranger.get_complaint(basic(&name)).await).code, Code::NotFound);

        let acknowledge = proto::AcknowledgeComplaintRequest {
            request_id: request_id(),
            name: name.clone(),
            acknowledged_on: Some(day("2026-11-03")),
            channel: redress_proto::r#type::v1::Channel::Email.into(),
            etag: first.etag.clone(),
        };
        let changed = officer.acknowledge_complaint(acknowledge).await.unwrap().into_inner();
        let seen = officer.get_complaint(basic(&name)).await.unwrap().into_inner();
        assert_eq!((&seen.etag, seen.stage), (&changed.etag, changed.stage));
        assert_ne!(seen.etag, first.etag);
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn what_was_rendered_yesterday_is_not_shown_today() {
    let cast = Cast::usual().await;
    let name = cast.register("2026-11-02").await.name;
    let mut officer = cast.officer(PRIME).await;
    let states = |complaint: &proto::Complaint| {
        complaint.clocks.iter().map(proto::Clock::state).collect::<Vec<proto::ClockState>>()
    };
    let running = officer.get_complaint(basic(&name)).await.unwrap().into_inner();
    assert!(states(&running).contains(&proto::ClockState::Running));
    cast.suite.clock.move_by(SignedDuration::from_hours(24 * 200));
    let mut officer = cast.officer(PRIME).await;
    let late = officer.get_complaint(basic(&name)).await.unwrap().into_inner();
    assert!(!states(&late).contains(&proto::ClockState::Running), "{:?}", states(&late));
}

#[tokio::test]
async fn the_words_come_with_the_full_view_only_and_stay_in_no_answer_that_is_kept() {
    let cast = Cast::usual().await;
    let name = cast.register("2026-11-02").await.name;
    let mut officer = cast.officer(PRIME).await;
    for _ in 0..2 {
        let full = officer.get_complaint(get(&name, proto::ComplaintView::Full)).await.unwrap().into_inner();
        assert!(full.statement.as_ref().unwrap().narrative.starts_with("Nobody called me back"));
        let derived = get(&name, proto::ComplaintView::Derived);
        let mut derived = officer.get_complaint(derived).await.unwrap().into_inner();
        assert_eq!(derived, proto::Complaint { statement: None, ..full });
        let plain = officer.get_complaint(basic(&name)).await.unwrap().into_inner();
        assert_ne!(plain, derived);
        for deadline in derived.clocks.iter_mut().filter_map(|clock| clock.deadline.as_mut()) {
            deadline.derivation.clear();
        }
        assert_eq!(plain, derived);
    }
}

#[tokio::test]
async fn many_who_ask_at_once_each_get_what_is_theirs() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let mut names = Vec::new();
        for received in ["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05"] {
            names.push(cast.register(received).await.name);
        }
        let (officer, stranger) = (cast.officer(PRIME).await, cast.officer(STRANGER).await);
        for _ in 0..3 {
            let asks = (0..40).map(|number| {
                let name = names[number % names.len()].clone();
                let mut client = if number % 5 == 0 { stranger.clone() } else { officer.clone() };
                async move { (number, name.clone(), client.get_complaint(basic(&name)).await) }
            });
            for (number, name, answer) in join_all(asks).await {
                if number % 5 == 0 {
                    assert_eq!(refused(answer).code, Code::NotFound);
                } else {
                    assert_eq!(answer.unwrap().into_inner().name, name);
                }
            }
        }
        cast.suite.stop().await.unwrap();
    }
}
