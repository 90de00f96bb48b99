//! The window to the examiner: six months from the final response, the days of the post on top, and the case closes by itself on
//! the day after (CMP-09, J0 7.15, domain Q6).

use redress_proto::{
    complaints::v1::{CloseReason, Stage},
    options::v1::Role,
};
use redress_testkit::wait;
use redress_tests::chain::{JETS, Member};
use tonic::Code;

use super::place::{Place, all_steps, date, finish};

#[tokio::test(flavor = "multi_thread")]
async fn the_window_counts_its_last_day_and_closes_the_case_after_it() {
    let mut place = Place::here(JETS, 0xb01).await;
    let on = place.today();
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let mut names = Vec::new();
    for _ in 0..2 {
        let complaint = place.complaint(on);
        let name = officer.register(complaint).await.unwrap().name;
        all_steps(&mut officer, &name, on).await;
        finish(&mut officer, &name, on).await;
        names.push(name);
    }
    let [taken, left] = &names[..] else { unreachable!() };
    let last_day = date(officer.get(taken).await.unwrap().examiner_window.unwrap().due_on);
    // 15 June 2026 and six months is 15 December; two working days of post on top.
    assert_eq!(last_day, jiff::civil::date(2026, 12, 17));

    place.wait_until(last_day);
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let early = officer.close(left, CloseReason::WindowPassed, "").await.unwrap_err();
    assert_eq!((early.code, early.reason.as_str()), (Code::FailedPrecondition, "WINDOW_OPEN"));
    let with_ice = officer.examiner(taken, last_day, last_day, false).await.unwrap();
    assert_eq!(with_ice.stage(), Stage::WithIce, "the last day is in time");

    place.wait_until(last_day.tomorrow().unwrap());
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let closed = wait::ready("the case to close by itself", async {
        loop {
            let complaint = officer.get(left).await.unwrap();
            if complaint.stage() == Stage::Closed {
                return complaint;
            }
            tokio::task::yield_now().await;
        }
    })
    .await;
    assert_eq!(closed.close_reason(), CloseReason::WindowPassed);
    assert_eq!(
        officer.get(taken).await.unwrap().stage(),
        Stage::WithIce,
        "what is with the examiner stays there"
    );
    place.leave().await;
}
