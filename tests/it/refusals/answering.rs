//! Answering: C16–C23.

use redress_proto::{complaints::v1::Complaint, options::v1::Role};
use redress_tests::{chain::Member, officer::Answer};
use tonic::Code;

use super::desk::Desk;

pub(super) async fn try_all(desk: &mut Desk) {
    stage_responses(desk).await;
    gate(desk).await;
    letters(desk).await;
    race(desk).await;
}

async fn stage_responses(desk: &mut Desk) {
    let name = desk.at_stage_one(3).await;
    let on = desk.today;
    let answer = desk.officer.respond(&name, "We are sorry.", on).await;
    desk.expect(
        "answered before the steps are done",
        answer,
        Code::FailedPrecondition,
        "STEPS_NOT_EXHAUSTED",
    );
    let name = desk.ready_to_finish(3).await;
    let answer = desk.officer.respond(&name, "We are sorry.", on).await;
    desk.expect("a stage response at the last stage", answer, Code::FailedPrecondition, "FINAL_RESPONSE_DUE");
}

/// The gate of the final response: CMP-05, CMP-07, CMP-09.
async fn gate(desk: &mut Desk) {
    let on = desk.today;
    let open = desk.escalated(3).await;
    let text = desk.full_text(&open, on).await;
    let answer = desk.officer.finish(&open, &text, on).await;
    let refusal = desk.expect("C16 a step is open", answer, Code::FailedPrecondition, "STEPS_NOT_EXHAUSTED");
    let cited = refusal
        .as_ref()
        .is_some_and(|refusal| refusal.metadata.get("citations").is_some_and(|text| text.contains("CMP-05")));
    desk.verdicts.also("C16 a step is open", cited, refusal.as_ref());

    let name = desk.ready_to_finish(3).await;
    let must = desk.officer.signposting(&name, on).await.unwrap();
    let answer = desk.officer.finish(&name, &format!("We are sorry.\n{}", must.window_advice), on).await;
    desk.expect("C17 no signposting text", answer, Code::FailedPrecondition, "SIGNPOST_MISSING");
    let answer = desk.officer.finish(&name, &format!("We are sorry.\n{}", must.text), on).await;
    desk.expect("C19 no advice of the window", answer, Code::FailedPrecondition, "ICE_WINDOW_NOTICE_MISSING");

    let text = desk.full_text(&name, on).await;
    let (early, late) = (desk.days_ago(30), desk.tomorrow());
    let answer = desk.officer.finish(&name, &text, early).await;
    desk.expect_field("C20 before receipt", answer, "issued_on", "BEFORE_RECEIPT");
    let answer = desk.officer.finish(&name, &text, late).await;
    desk.expect_field("C20 tomorrow", answer, "issued_on", "DATE_IN_FUTURE");
}

async fn letters(desk: &mut Desk) {
    let name = desk.finished(3).await;
    let on = desk.today;
    let text = desk.full_text(&name, on).await;
    let answer = desk.officer.finish(&name, &text, on).await;
    desk.expect("C23 a second final response", answer, Code::FailedPrecondition, "IMMUTABLE");

    let letter = desk.officer.get(&name).await.unwrap().letters.last().unwrap().name.clone();
    let early = desk.days_ago(4);
    let answer = desk.officer.correct(&name, &letter, "A correction.", early).await;
    desk.expect("a correction before its letter", answer, Code::InvalidArgument, "BEFORE_RECEIPT");
    let nothing = format!("letters/{}", desk.stand.seed.uuid());
    let answer = desk.officer.correct(&name, &nothing, "A correction.", on).await;
    desk.expect("a correction of nothing", answer, Code::NotFound, "NOT_FOUND");
    let corrected = desk.officer.correct(&name, &letter, "A correction.", on).await.unwrap();
    let still = corrected.letters.iter().find(|known| known.name == letter).map(|known| known.digest.clone());
    assert!(
        still.is_some() && corrected.letters.len() > 1,
        "the corrected letter stays as it is: {:?}",
        corrected.letters
    );
}

/// C22: two people issue final responses at once.
async fn race(desk: &mut Desk) {
    let name = desk.ready_to_finish(3).await;
    let on = desk.today;
    let text = desk.full_text(&name, on).await;
    let etag = desk.officer.get(&name).await.unwrap().etag;
    let mut one = desk.stand.officer(Member::Prime, Role::ComplaintsOfficer);
    let mut other = desk.stand.officer(Member::Prime, Role::ComplaintsOfficer);
    let (first, second) =
        tokio::join!(one.finish_if(&name, &text, on, &etag), other.finish_if(&name, &text, on, &etag));
    let (won, lost): (Vec<Answer<Complaint>>, Vec<Answer<Complaint>>) =
        [first, second].into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1, "one of two final responses goes out: {lost:?}");
    for answer in lost {
        desk.expect("C22 the other of two at once", answer, Code::Aborted, "VERSION_MISMATCH");
    }
}
