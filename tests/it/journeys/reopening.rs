//! The examiner sends a case back: the named steps are done again and no others, and a new final response starts a new window
//! (CMP-14, J0 7.16, domain Q7).

use redress_proto::{complaints::v1::Stage, options::v1::Role};
use redress_tests::chain::{JETS, Member};

use super::place::{Place, all_steps, date, finish};

#[tokio::test(flavor = "multi_thread")]
async fn named_steps_are_done_again_in_process() {
    let mut place = Place::here(JETS, 0xa01).await;
    live(&mut place).await;
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn named_steps_are_done_again_on_postgres() {
    let Some(mut place) = Place::process(JETS, "redress_journey_reopening", 0xa02).await else { return };
    live(&mut place).await;
    place.leave().await;
}

async fn live(place: &mut Place) {
    let (received_on, on) = (place.days_ago(10), place.today());
    let complaint = place.complaint(received_on);
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let name = officer.register(complaint).await.unwrap().name;
    all_steps(&mut officer, &name, received_on).await;
    let first = finish(&mut officer, &name, received_on).await;
    let first_window = date(first.examiner_window.as_ref().unwrap().due_on);

    officer.examiner(&name, on, on, false).await.unwrap();
    let reopened = officer.reopen(&name, &[(1, "investigate")], on).await.unwrap();
    assert_eq!(reopened.stage(), Stage::ReopenedByIce);
    let open: Vec<&str> =
        reopened.steps.iter().filter(|step| step.reopened).map(|step| step.id.as_str()).collect();
    assert_eq!(open, ["investigate"], "the named step and no other");

    let must = officer.signposting(&name, on).await.unwrap();
    let text = format!("Again.\n{}\n{}", must.text, must.window_advice);
    let early = officer.finish(&name, &text, on).await.unwrap_err();
    assert_eq!(early.reason, "STEPS_NOT_EXHAUSTED");
    let other = officer.step(&name, "review", on, &[]).await.unwrap_err();
    assert!(
        ["STEP_OUT_OF_ORDER", "STAGE_REFUSES", "UNKNOWN_STEP"].contains(&other.reason.as_str()),
        "{other:?}"
    );
    officer.step(&name, "investigate", on, &[]).await.unwrap();
    let second = finish(&mut officer, &name, on).await;
    let second_window = date(second.examiner_window.as_ref().unwrap().due_on);
    assert!(second_window > first_window, "the window runs from the new final response");
    let finals = second
        .letters
        .iter()
        .filter(|letter| letter.kind() == redress_proto::complaints::v1::LetterKind::FinalResponse);
    assert_eq!(finals.count(), 2, "one final response for each run");
}
