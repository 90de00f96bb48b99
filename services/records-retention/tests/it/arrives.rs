//! Complaints that arrive while the record of their participant is being destroyed, on both databases (RET-08; L34; reliability D22): whichever
//! side comes first, the other is told, and nobody has a complaint of somebody whom no one knows any more.

use futures::future::join_all;
use redress_proto::{complaints::v1 as complaints, records_retention::v1 as proto};
use redress_testkit::{backends, wait};

use crate::cast::{Cast, refused};

/// Participants, each with a disposal and a complaint that race for them.
const PEOPLE: usize = 8;

#[tokio::test(flavor = "multi_thread")]
async fn a_complaint_that_arrives_keeps_its_participant_or_is_told_that_there_is_none() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let mut people = Vec::new();
        for number in 0..PEOPLE {
            let person = cast.participant(&format!("M-{number}"), &format!("Mair {number}")).await;
            let record = cast.record_of(&person).await.name;
            people.push((person, record));
        }
        cast.fall_due().await;
        let mut disposals = Vec::new();
        for (_, record) in &people {
            let proposed = cast.propose(&[record]).await.unwrap();
            cast.approve(&proposed, "omar").await.unwrap();
            disposals.push(proposed.name);
        }
        // From here on they are ordered and carried out, one after the other; and here come the complaints.
        cast.pass(3);
        let registered =
            join_all(people.iter().map(|(person, _)| cast.try_complaint(person, "Nobody called me back.")))
                .await;
        for ((person, _), (disposal, registered)) in people.iter().zip(disposals.iter().zip(registered)) {
            let stage = ended(&cast, disposal).await;
            let request = complaints::GetParticipantRequest {
                name: person.clone(),
                view: complaints::ParticipantView::Full.into(),
            };
            let participant = cast.participants().await.get_participant(request).await;
            match registered {
                Ok(complaint) => {
                    assert_ne!(stage, proto::DisposalStage::Certified, "{person}");
                    let person = participant.unwrap().into_inner().person.unwrap();
                    assert!(person.full_name.starts_with("Mair"), "{person:?}");
                    assert!(cast.record_of(&complaint).await.held);
                }
                Err(refusal) => {
                    assert_eq!(refused(Err::<(), _>(refusal)), "ITEM_DESTROYED");
                    assert_eq!(stage, proto::DisposalStage::Certified, "{person}");
                    assert_eq!(refused(participant), "ITEM_DESTROYED");
                }
            }
        }
        cast.suite.stop().await.unwrap();
    }
}

/// How a disposal ended, or where it stands still.
async fn ended(cast: &Cast, disposal: &str) -> proto::DisposalStage {
    let under_way =
        [proto::DisposalStage::Proposed, proto::DisposalStage::Approved, proto::DisposalStage::Ordered];
    wait::until_async("the disposal to end", || async {
        !under_way.contains(&cast.disposal(disposal).await.stage())
    })
    .await;
    cast.disposal(disposal).await.stage()
}
