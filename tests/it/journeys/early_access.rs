//! The right to go to the examiner without a final response opens on day 57, where the pack has it (CMP-08, J0 7.01).

use jiff::ToSpan as _;
use redress_proto::{
    complaints::v1::{EarlyAccessState, Stage},
    options::v1::Role,
};
use redress_testkit::wait;
use redress_tests::chain::{ACCESS_TO_WORK, JETS, Member};
use tonic::Code;

use super::place::{Place, date};

#[tokio::test(flavor = "multi_thread")]
async fn the_right_opens_on_day_57_and_the_case_goes_on() {
    let mut place = Place::here(JETS, 0x801).await;
    let received_on = place.today();
    let complaint = place.complaint(received_on);
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let name = officer.register(complaint).await.unwrap().name;
    officer.acknowledge(&name, received_on).await.unwrap();

    // Day 56, the last of the eight weeks (the day of receipt is not counted): nothing yet, and the person who goes is too early.
    let day_56 = received_on.checked_add(56.days()).unwrap();
    place.wait_until(day_56);
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let now = officer.get(&name).await.unwrap();
    assert_eq!(now.early_access.as_ref().unwrap().state(), EarlyAccessState::NotYet);
    let refusal = officer.examiner(&name, day_56, day_56, false).await.unwrap_err();
    assert_eq!((refusal.code, refusal.reason.as_str()), (Code::FailedPrecondition, "EARLY_ACCESS_NOT_OPEN"));

    let opens_on = date(now.early_access.unwrap().opens_on);
    assert_eq!(opens_on, received_on.checked_add(57.days()).unwrap());
    place.wait_until(opens_on);
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let opened = wait_for(&mut officer, &name, "EarlyAccessOpened").await;
    assert!(opened, "the clock itself records that the right has opened");
    let now = officer.get(&name).await.unwrap();
    assert_eq!(now.early_access.as_ref().unwrap().state(), EarlyAccessState::Open);
    assert_eq!(now.stage(), Stage::Acknowledged, "a right only: the case stays open (invariant 3.1.3)");
    let cited = &now.early_access.unwrap().citations;
    assert!(
        cited.iter().any(|citation| citation.rule == "CMP-08" && citation.paragraph.starts_with("7.01")),
        "{cited:?}"
    );

    let taken = officer.examiner(&name, opens_on, opens_on, false).await.unwrap();
    assert_eq!(taken.stage(), Stage::WithIce);
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pack_that_does_not_say_gives_no_right() {
    let mut place = Place::here(ACCESS_TO_WORK, 0x802).await;
    let received_on = place.today();
    let complaint = place.complaint(received_on);
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let name = officer.register(complaint).await.unwrap().name;
    place.wait_until(received_on.checked_add(90.days()).unwrap());
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let access = officer.get(&name).await.unwrap().early_access.unwrap();
    assert_eq!(access.state(), EarlyAccessState::Unknown, "the rest of the chapter is not known");
    assert!(access.opens_on.is_none(), "{access:?}");
    let on = place.today();
    let refusal = officer.examiner(&name, on, on, false).await.unwrap_err();
    assert_eq!(refusal.code, Code::FailedPrecondition, "{refusal:?}");
    let taken = officer.examiner(&name, on, on, true).await.unwrap();
    assert_eq!(taken.stage(), Stage::WithIce, "the examiner's discretion is recorded, not judged");
    place.leave().await;
}

/// Waits until something of this type is on the timeline.
async fn wait_for(officer: &mut redress_tests::officer::Officer, name: &str, event: &str) -> bool {
    wait::ready("the timeline", async {
        loop {
            let timeline = officer.timeline(name).await.unwrap();
            if timeline.iter().any(|entry| entry.r#type.ends_with(event)) {
                return true;
            }
            tokio::task::yield_now().await;
        }
    })
    .await
}
