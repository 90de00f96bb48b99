//! A complaint of the prime that the examiner upheld, with a letter, a recommendation and a charge.

use redress_proto::{
    ice_liaison::v1::{Finding, IceLetterKind},
    options::v1::Role,
};
use redress_tests::{chain::Member, day::today, examiner::Examiner};

use crate::stand::Stand;

/// What there is of it.
pub(super) struct Examined {
    pub(super) examination: String,
    pub(super) letter: String,
    pub(super) recommendation: String,
    pub(super) charge: String,
}

/// Makes it.
pub(super) async fn of(stand: &mut Stand) -> Examined {
    let complaint = finished(stand).await;
    let on = today();
    let mut examiner = Examiner::new(&stand.peer.channel(), &stand.chain.people, stand.seed.split());
    known(&mut examiner, &complaint).await;
    let examination = examiner.open(&complaint, on).await.unwrap().name;
    let letter = examiner.letter(&examination, IceLetterKind::ProcessCheck, on).await.unwrap().name;
    examiner.accept(&examination, on, "").await.unwrap();
    examiner.investigate(&examination, &complaint, on).await.unwrap();
    let reported = examiner.report(&examination, Finding::Upheld, 1, on).await.unwrap();
    let charge = examiner.charge(&examination, 500_000).await.unwrap().name;
    Examined { letter, recommendation: reported.recommendations[0].name.clone(), charge, examination }
}

/// A complaint with its final response out.
async fn finished(stand: &mut Stand) -> String {
    let name = stand.chain.register(&stand.peer.channel(), today(), &mut stand.seed).await.unwrap();
    let mut officer = stand.officer(Member::Prime, Role::ComplaintsManager);
    officer.acknowledge(&name, today()).await.unwrap();
    officer.assign(&name, "handler-1", "").await.unwrap();
    for step in ["call-complainant", "investigate"] {
        officer.step(&name, step, today(), &[]).await.unwrap();
    }
    officer.respond(&name, "We are sorry.", today()).await.unwrap();
    officer.escalate(&name, today()).await.unwrap();
    officer.step(&name, "review", today(), &[]).await.unwrap();
    let must = officer.signposting(&name, today()).await.unwrap();
    let text = format!("We have looked again.\n\n{}\n\n{}\n", must.text, must.window_advice);
    officer.finish(&name, &text, today()).await.unwrap();
    name
}

/// Waits until both letters of the complaint are known at the other service.
async fn known(examiner: &mut Examiner, complaint: &str) {
    let mut looks = 0;
    while examiner.papers(complaint).await.map_or(0, |papers| papers.len()) < 2 {
        looks += 1;
        assert!(looks < 4_000, "the other service does not learn of the complaint");
        tokio::task::yield_now().await;
    }
}
