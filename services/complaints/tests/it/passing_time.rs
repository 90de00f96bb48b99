//! What happens because time passes, with a clock that the test moves.

use jiff::SignedDuration;
use redress_proto::complaints::v1 as proto;
use redress_testkit::{backends, wait};

use crate::cast::{Cast, PRIME, day};

async fn types(cast: &Cast, name: &str) -> Vec<String> {
    let request = proto::ListTimelineRequest { name: name.to_owned(), ..Default::default() };
    let timeline = cast.officer(PRIME).await.list_timeline(request).await.unwrap().into_inner();
    timeline.entries.into_iter().map(|entry| entry.r#type).collect()
}

async fn get(cast: &Cast, name: &str) -> proto::Complaint {
    let request = proto::GetComplaintRequest { name: name.to_owned(), view: 0 };
    cast.officer(PRIME).await.get_complaint(request).await.unwrap().into_inner()
}

#[tokio::test]
async fn the_early_way_opens_on_day_fifty_seven_and_the_case_goes_on() {
    // CMP-08, J0 7.01; Q1
    for backend in backends() {
        let cast = Cast::quick(backend).await;
        let name = cast.register("2026-11-02").await.name;
        let before = get(&cast, &name).await.early_access.unwrap();
        assert_eq!(before.state(), proto::EarlyAccessState::NotYet);
        assert_eq!(before.opens_on, Some(day("2026-12-29")));

        cast.suite.clock.move_to("2026-12-28T23:59:59Z".parse().unwrap());
        assert_eq!(get(&cast, &name).await.early_access.unwrap().state(), proto::EarlyAccessState::NotYet);
        cast.suite.clock.move_by(SignedDuration::from_secs(2));
        wait::until_async("the early way to open", || async {
            types(&cast, &name).await.iter().any(|kind| kind == "EarlyAccessOpened")
        })
        .await;
        let complaint = get(&cast, &name).await;
        assert_eq!(complaint.early_access.as_ref().unwrap().state(), proto::EarlyAccessState::Open);
        assert_eq!(complaint.stage(), proto::Stage::Received, "a right, not a referral");
        let seen = types(&cast, &name).await;
        assert!(seen.iter().any(|kind| kind == "ClockBreached"), "{seen:?}");
        // Looking again does nothing again.
        let breaches = seen.iter().filter(|kind| *kind == "ClockBreached").count();
        cast.suite.clock.move_by(SignedDuration::from_hours(1));
        let complaint = get(&cast, &name).await;
        assert_eq!(complaint.etag, get(&cast, &name).await.etag);
        assert_eq!(
            types(&cast, &name).await.iter().filter(|kind| *kind == "ClockBreached").count(),
            breaches
        );
        cast.suite.stop().await.unwrap();
    }
}
