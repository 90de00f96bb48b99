//! A disposal that stands still, and the two people who end it (L40, reliability D14).

use redress_proto::records_retention::v1 as proto;
use redress_store::{Db, Settings};
use redress_testkit::backends;
use tonic::{Response, Status};
use uuid::Uuid;

use crate::cast::{Cast, refused, request_id};

/// What lies with a record goes by another name.
const RENAME: &str = "UPDATE part_contents SET part_id = $2 WHERE part_id = $1";

/// By which nobody asks for it.
const ELSEWHERE: Uuid = Uuid::from_u128(0xe15e);

/// What lay with a record, taken away behind the back of the service.
struct Away {
    db: Db,
    part: Uuid,
}

impl Away {
    async fn from(cast: &Cast, record: &str) -> Self {
        let db = Db::open(&cast.suite.database("records-retention"), Settings::default()).await.unwrap();
        let part = cast.get(record).await.parts[0].name.clone();
        let part: Uuid = part.strip_prefix("parts/").unwrap().parse().unwrap();
        rename(&db, part, ELSEWHERE).await;
        Self { db, part }
    }

    async fn put_back(self) {
        rename(&self.db, ELSEWHERE, self.part).await;
        self.db.close().await;
    }
}

async fn rename(db: &Db, from: Uuid, to: Uuid) {
    let mut tx = db.write().await.unwrap();
    assert_eq!(tx.query(RENAME).bind(from).bind(to).execute().await.unwrap(), 1);
    tx.commit().await.unwrap();
}

/// A letter whose disposal stands still, because what lay with it is not there.
async fn halted(cast: &Cast) -> (String, proto::Disposal, Away) {
    let record = cast.letter().await;
    cast.fall_due().await;
    let proposed = cast.propose(&[&record]).await.unwrap();
    cast.approve(&proposed, "omar").await.unwrap();
    let away = Away::from(cast, &record).await;
    cast.pass(3);
    cast.stands(&proposed.name, proto::DisposalStage::Halted).await;
    assert_eq!(cast.disposal(&proposed.name).await.obstacle(), proto::DisposalObstacle::HolderRefused);
    (record, proposed, away)
}

pub(crate) async fn propose(
    cast: &Cast,
    name: &str,
    kind: proto::DisposalEndingKind,
    reason: proto::DisposalEndingReason,
) -> Result<proto::Disposal, Status> {
    let request = proto::ProposeDisposalEndingRequest {
        request_id: request_id(),
        name: name.to_owned(),
        kind: kind.into(),
        reason: reason.into(),
        reference: "NOTE-1".to_owned(),
    };
    cast.disposals("rita").await.propose_disposal_ending(request).await.map(Response::into_inner)
}

pub(crate) async fn approve(
    cast: &Cast,
    name: &str,
    kind: proto::DisposalEndingKind,
    subject: &str,
) -> Result<proto::Disposal, Status> {
    let request = proto::ApproveDisposalEndingRequest {
        request_id: request_id(),
        name: name.to_owned(),
        kind: kind.into(),
    };
    cast.disposals(subject).await.approve_disposal_ending(request).await.map(Response::into_inner)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_touched_is_brought_back_by_two_people() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let (record, disposal, away) = halted(&cast).await;
        let abandon = proto::DisposalEndingKind::Abandon;
        assert_eq!(refused(approve(&cast, &disposal.name, abandon, "omar").await), "ENDING_NOT_PROPOSED");
        let wrong = propose(&cast, &disposal.name, abandon, proto::DisposalEndingReason::Corrected).await;
        assert_eq!(refused(wrong), "NOT_ALLOWED");
        propose(&cast, &disposal.name, abandon, proto::DisposalEndingReason::Mistaken).await.unwrap();
        let waiting = cast.disposal(&disposal.name).await.ending.unwrap();
        assert_eq!((waiting.reference.as_str(), waiting.approved_by), ("NOTE-1", None));
        assert_eq!(refused(approve(&cast, &disposal.name, abandon, "rita").await), "SAME_PERSON");
        // Reliability D14
        assert_eq!(refused(approve(&cast, &disposal.name, abandon, "Rita").await), "NOT_INDEPENDENT");
        let void = approve(&cast, &disposal.name, abandon, "omar").await.unwrap();
        let ended = (proto::DisposalStage::Void, proto::DisposalObstacle::Abandoned);
        assert_eq!((void.stage(), void.obstacle()), ended);
        assert_eq!(cast.get(&record).await.stage(), proto::RecordStage::Due);
        // It ends like any other once what was wrong is put right.
        away.put_back().await;
        // The next week, so that no weekend stretches the veto.
        cast.pass(4);
        cast.dispose(&[&record]).await;
        assert_eq!(cast.get(&record).await.stage(), proto::RecordStage::Destroyed);
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_put_right_goes_on_when_two_people_say_so() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let (record, disposal, away) = halted(&cast).await;
        away.put_back().await;
        let resume = proto::DisposalEndingKind::Resume;
        propose(&cast, &disposal.name, resume, proto::DisposalEndingReason::Corrected).await.unwrap();
        approve(&cast, &disposal.name, resume, "omar").await.unwrap();
        cast.stands(&disposal.name, proto::DisposalStage::Certified).await;
        assert_eq!(cast.get(&record).await.stage(), proto::RecordStage::Destroyed);
        let ending = cast.disposal(&disposal.name).await.ending.unwrap();
        assert_eq!(ending.approved_by.unwrap().subject, "omar");
        cast.suite.stop().await.unwrap();
    }
}
