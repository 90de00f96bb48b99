//! From a final response to the day the case closes with the Independent Case Examiner: two services that know each other only
//! by their feeds.

use futures::future::join_all;
use jiff::civil::Date;
use redress_proto::{
    complaints::v1::Stage,
    ice_liaison::v1::{
        AdmissibilityFinding, ComplaintStanding, DeclineGround, ExaminationMove, ExaminationStage, Finding,
        IceLetterKind, IceLetterState, Measure,
    },
    options::v1::Role,
};
use redress_tests::{
    chain::{JETS, Member},
    examiner::Examiner,
    officer::Officer,
};

use super::place::{Place, all_steps, finish};

/// Looks until something is so; what is waited for comes by the feed, a moment later.
macro_rules! eventually {
    ($what:literal, $so:expr) => {
        let mut looks = 0;
        while !$so {
            looks += 1;
            assert!(looks < 5_000, "waited in vain for {}", $what);
            tokio::task::yield_now().await;
        }
    };
}

async fn answered(place: &mut Place, on: Date) -> (Officer, Examiner, String) {
    let complaint = place.complaint(on);
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let name = officer.register(complaint).await.unwrap().name;
    all_steps(&mut officer, &name, on).await;
    finish(&mut officer, &name, on).await;
    let mut examiner = Examiner::new(&place.channel, &place.chain.people, place.seed.split());
    eventually!("the papers", examiner.papers(&name).await.is_ok_and(|papers| papers.len() == 2));
    (officer, examiner, name)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upheld_complaint_costs_its_provider_once() {
    let mut place = Place::here(JETS, 0x1ce).await;
    let on = place.today();
    let (mut officer, mut examiner, complaint) = answered(&mut place, on).await;
    let opened = examiner.open(&complaint, on).await.unwrap();
    let found = opened.admissibility.unwrap();
    assert_eq!(found.finding(), AdmissibilityFinding::InWindow);
    assert_eq!(found.citations[0].rule, "CMP-09");
    let case = opened.name;
    // The complaint's own record shows where it is.
    eventually!(
        "the examiner's contact",
        officer.get(&complaint).await.is_ok_and(|it| it.stage() == Stage::WithIce)
    );

    let asked = examiner.letter(&case, IceLetterKind::ProcessCheck, on).await.unwrap();
    assert_eq!(asked.deadline.unwrap().citations[0].rule, "ICE-05");
    let confirmed = examiner.confirm(&case, on).await.unwrap();
    assert!(confirmed.confirmations[0].complete && confirmed.letters[0].state() == IceLetterState::Answered);
    examiner.accept(&case, on, "").await.unwrap();
    examiner.account(&case, on).await.unwrap();
    let skipped = examiner.advance(&case, ExaminationMove::Allocate, on).await.unwrap_err();
    assert_eq!(skipped.reason, "STAGE_OUT_OF_ORDER");
    examiner.investigate(&case, &complaint, on).await.unwrap();
    let reported = examiner.report(&case, Finding::Upheld, 1, on).await.unwrap();
    assert_eq!(reported.stage(), ExaminationStage::RecommendationsOpen);

    // I26, L21: one of fifty at once.
    let mut asking: Vec<Examiner> =
        (0..50).map(|_| Examiner::new(&place.channel, &place.chain.people, place.seed.split())).collect();
    let answers = join_all(asking.iter_mut().map(|one| one.charge(&case, 500_000))).await;
    let charged = answers.iter().filter(|answer| answer.is_ok()).count();
    assert_eq!(charged, 1);
    assert!(answers.iter().filter_map(|answer| answer.as_ref().err()).all(|no| no.reason == "ALREADY_THERE"));
    let ledger = examiner.reconcile(on).await.unwrap();
    assert_eq!((ledger.sum_pence, ledger.unbalanced_postings, ledger.balances.len()), (0, 0, 2));
    assert!(ledger.due.is_empty());

    let response = examiner.papers(&complaint).await.unwrap()[1].paper.clone();
    examiner.complete(&reported.recommendations[0].name, &response, on).await.unwrap();
    let closed = examiner.get(&case).await.unwrap();
    assert_eq!(closed.stage(), ExaminationStage::Closed);
    assert_eq!(closed.letters[0].body, "Please answer.");
    assert_eq!(closed.accounts[0].statement, "We did what we promised.");
    assert_eq!(closed.report.unwrap().summary, "What we found.");
    eventually!("the closing", officer.get(&complaint).await.is_ok_and(|it| it.stage() == Stage::Closed));

    let year = i32::from(if on.month() >= 4 { on.year() } else { on.year() - 1 });
    let count = |figures: &redress_proto::ice_liaison::v1::Figures, measure: Measure| {
        let total = figures.total.as_ref().unwrap();
        total.figures.iter().find(|figure| figure.measure() == measure).unwrap().count
    };
    eventually!("the figures", {
        let figures = examiner.year(year, 0, Role::Commissioner).await.unwrap();
        count(&figures, Measure::RecommendationsDone) == Some(1)
    });
    let figures = examiner.year(year, 0, Role::Commissioner).await.unwrap();
    for measure in [
        Measure::Received,
        Measure::Accepted,
        Measure::Investigated,
        Measure::FullyUpheld,
        Measure::ChargesRaised,
    ] {
        assert_eq!(count(&figures, measure), Some(1), "{measure:?}");
    }
    assert_eq!(count(&figures, Measure::Live), Some(0));
    // As of an earlier position the same question has the answer it had then; and a reader who may not see single cases is
    // told no figure of one.
    let earlier = examiner.year(year, 1, Role::Commissioner).await.unwrap();
    assert_eq!((count(&earlier, Measure::Received), count(&earlier, Measure::Accepted)), (Some(1), Some(0)));
    let reader = examiner.year(year, 0, Role::DepartmentReader).await.unwrap();
    assert!(reader.suppressed && count(&reader, Measure::FullyUpheld).is_none());
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revisit_reopens_the_named_step_and_ends_in_a_new_window() {
    // ICE-04, CMP-14, Q7
    let mut place = Place::here(JETS, 0x1cf).await;
    let on = place.today();
    let (mut officer, mut examiner, complaint) = answered(&mut place, on).await;
    let case = examiner.open(&complaint, on).await.unwrap().name;
    examiner.letter(&case, IceLetterKind::ProcessCheck, on).await.unwrap();
    eventually!(
        "the examiner's contact",
        officer.get(&complaint).await.is_ok_and(|it| it.stage() == Stage::WithIce)
    );
    let unknown = examiner.revisit(&case, (1, "unheard-of"), on).await.unwrap_err();
    assert_eq!(unknown.reason, "UNKNOWN_STEP");
    examiner.revisit(&case, (1, "investigate"), on).await.unwrap();
    eventually!(
        "the reopening",
        officer.get(&complaint).await.is_ok_and(|it| it.stage() == Stage::ReopenedByIce)
    );
    eventually!(
        "the news of it",
        examiner.get(&case).await.is_ok_and(|it| it.complaint_standing() == ComplaintStanding::Reopened)
    );
    officer.step(&complaint, "investigate", on, &[]).await.unwrap();
    finish(&mut officer, &complaint, on).await;
    eventually!(
        "the new final response",
        examiner.get(&case).await.is_ok_and(|it| it.stage() == ExaminationStage::GatewayCheck)
    );
    let case = examiner.get(&case).await.unwrap();
    assert!(case.revisits[0].completed_on.is_some());
    assert_eq!(case.admissibility.unwrap().finding(), AdmissibilityFinding::InWindow);
    // ICE has it again, and may send it back as often as it wants; no window closes it meanwhile.
    eventually!(
        "the case at the examiner again",
        officer.get(&complaint).await.is_ok_and(|it| it.stage() == Stage::WithIce)
    );
    examiner.revisit(&case.name, (1, "investigate"), on).await.unwrap();
    eventually!(
        "the second reopening",
        officer.get(&complaint).await.is_ok_and(|it| it.stage() == Stage::ReopenedByIce)
    );
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ice_does_not_take_is_the_providers_again() {
    // ICE-24, Q1
    let mut place = Place::here(JETS, 0x1d2).await;
    let on = place.today();
    let (mut officer, mut examiner, complaint) = answered(&mut place, on).await;
    let case = examiner.open(&complaint, on).await.unwrap().name;
    eventually!(
        "the examiner's contact",
        officer.get(&complaint).await.is_ok_and(|it| it.stage() == Stage::WithIce)
    );
    examiner.decline(&case, DeclineGround::OutOfRemit, on).await.unwrap();
    eventually!(
        "its return",
        officer.get(&complaint).await.is_ok_and(|it| it.stage() == Stage::FinalResponseIssued)
    );
    eventually!(
        "the news of it",
        examiner.get(&case).await.is_ok_and(|it| it.complaint_standing() == ComplaintStanding::WithProvider)
    );
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_complaint_does_not_take_shows_on_the_case() {
    // Nobody has answered yet: there is no final response after which steps could be reopened.
    let mut place = Place::here(JETS, 0x1d1).await;
    let on = place.today();
    let complaint = place.complaint(on);
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let name = officer.register(complaint).await.unwrap().name;
    let mut examiner = Examiner::new(&place.channel, &place.chain.people, place.seed.split());
    eventually!("the complaint", examiner.knows(&name, on).await);
    let case = examiner.open(&name, on).await.unwrap().name;
    examiner.letter(&case, IceLetterKind::ProcessCheck, on).await.unwrap();
    examiner.revisit(&case, (1, "investigate"), on).await.unwrap();
    // What came later in the same feed was acted on, so that this was too.
    let (mut later, _, other) = answered(&mut place, on).await;
    examiner.open(&other, on).await.unwrap();
    eventually!(
        "the other one at the examiner",
        later.get(&other).await.is_ok_and(|it| it.stage() == Stage::WithIce)
    );
    let case = examiner.get(&case).await.unwrap();
    assert_eq!(case.complaint_standing(), ComplaintStanding::WithProvider);
    let stage = officer.get(&name).await.unwrap().stage();
    assert!(!matches!(stage, Stage::WithIce | Stage::ReopenedByIce), "{stage:?}");
    place.leave().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ice_takes_at_its_discretion_comes_to_it_whatever_the_calculation_says() {
    let mut place = Place::here(JETS, 0x1d0).await;
    let on = place.today();
    let complaint = place.complaint(on);
    let mut officer = place.officer(Member::Prime, Role::ComplaintsManager);
    let name = officer.register(complaint).await.unwrap().name;
    let mut examiner = Examiner::new(&place.channel, &place.chain.people, place.seed.split());
    eventually!("the complaint", examiner.knows(&name, on).await);
    let opened = examiner.open(&name, on).await.unwrap();
    assert_eq!(opened.admissibility.unwrap().finding(), AdmissibilityFinding::Premature);
    let early = examiner.accept(&opened.name, on, "").await.unwrap_err();
    assert_eq!(early.reason, "BYPASS_NOT_OPEN");
    examiner.accept(&opened.name, on, "The person is in hospital.").await.unwrap();
    eventually!(
        "the examiner's contact",
        officer.get(&name).await.is_ok_and(|it| it.stage() == Stage::WithIce)
    );
    place.leave().await;
}
