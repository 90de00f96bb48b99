//! A disposal that a person has carried out, in place of waiting for the next look: not before its veto is over, and once.

use std::collections::BTreeSet;

use redress_chassis::auth::Identity;
use redress_proto::{
    options::v1::Role,
    records_retention::v1::{self as proto, disposal_service_client::DisposalServiceClient},
};
use redress_testkit::{Refused, backends, wait};
use tonic::{Code, Response, Status};

use crate::cast::{Cast, PRIME, refused, request_id};

/// How many ask at once.
const AT_ONCE: usize = 50;

/// Somebody has a disposal carried out at once.
pub(crate) async fn execute(cast: &Cast, name: &str, subject: &str) -> Result<proto::Disposal, Status> {
    let request = proto::ExecuteDisposalRequest { request_id: request_id(), name: name.to_owned() };
    cast.disposals(subject).await.execute_disposal(request).await.map(Response::into_inner)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_many_execute_at_once_is_done_once() {
    // Reliability D19
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let record = cast.letter().await;
        cast.fall_due().await;
        let proposed = cast.propose(&[&record]).await.unwrap();
        assert_eq!(refused(execute(&cast, &proposed.name, "omar").await), "STAGE_REFUSES");
        cast.approve(&proposed, "omar").await.unwrap();
        assert_eq!(refused(execute(&cast, &proposed.name, "omar").await), "VETO_OPEN");
        assert_eq!(cast.get(&record).await.stage(), proto::RecordStage::Due);
        cast.pass(3);
        let asks = (0..AT_ONCE).map(|_| execute(&cast, &proposed.name, "omar"));
        for answer in futures::future::join_all(asks).await {
            // Whoever lost the race is told so, and asks again.
            match answer {
                Ok(disposal) => assert_ne!(disposal.stage(), proto::DisposalStage::Void),
                Err(status) => {
                    let said = Refused::of(&status);
                    let again = [Code::Aborted, Code::Unavailable, Code::ResourceExhausted];
                    assert!(again.contains(&said.code), "{said:?}");
                }
            }
        }
        cast.stands(&proposed.name, proto::DisposalStage::Certified).await;
        assert_eq!(cast.disposal(&proposed.name).await.receipts.len(), 1);
        let certificate = || proto::GetCertificateRequest { name: proposed.name.clone() };
        wait::until_async("the certificate to be in the tree", || async {
            cast.disposals("omar").await.get_certificate(certificate()).await.is_ok()
        })
        .await;
        let mut entries = BTreeSet::new();
        for _ in 0..3 {
            execute(&cast, &proposed.name, "omar").await.unwrap();
            let found = cast.disposals("omar").await.get_certificate(certificate()).await.unwrap();
            entries.insert(found.into_inner().entry);
        }
        assert_eq!(entries.len(), 1, "one certificate, however often it was asked for");
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn no_alias_and_no_service_is_the_second_of_two() {
    // Reliability D14; a delegate is in the rules' own test.
    let cast = Cast::usual().await;
    let record = cast.letter().await;
    cast.fall_due().await;
    let proposed = cast.propose(&[&record]).await.unwrap();
    assert_eq!(refused(cast.approve(&proposed, "Rita").await), "NOT_INDEPENDENT");
    let service = Identity {
        organisation: PRIME,
        subject: "approver".to_owned(),
        roles: [Role::RecordsOfficer].into_iter().collect(),
        person: false,
    };
    let mut service = DisposalServiceClient::new(cast.suite.caller(&service).await.unwrap());
    let approve = proto::ApproveDisposalRequest {
        request_id: request_id(),
        name: proposed.name.clone(),
        digest: proposed.digest.clone(),
    };
    let said = Refused::of(&service.approve_disposal(approve).await.unwrap_err());
    assert_eq!((said.code, said.reason.as_str()), (Code::PermissionDenied, "NOT_INDEPENDENT"));
    assert_eq!(cast.disposal(&proposed.name).await.stage(), proto::DisposalStage::Proposed);
    cast.suite.stop().await.unwrap();
}
