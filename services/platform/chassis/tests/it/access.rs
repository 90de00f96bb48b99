//! Access as the contract declares it, for every rpc that is answered (T5, L44).

use std::collections::HashSet;

use redress_chassis::auth::Identity;
use redress_proto::options::v1::{Access, Role};
use redress_testkit::Suite;
use tonic::Code;

use crate::{
    puppet::{self, framed, manager, someone},
    wire::Wire,
};

/// The rpcs that the puppet's listener answers: path, and what the contract says about access.
fn answered() -> Vec<(String, Access)> {
    let pool = redress_proto::pool();
    let extension = pool.get_extension_by_name("redress.options.v1.access").unwrap();
    let services = [
        "redress.complaints.v1.ComplaintService",
        "redress.complaints.v1.DocumentService",
        "redress.journal.v1.JournalService",
        "redress.policy.v1.PolicyService",
    ];
    services
        .into_iter()
        .flat_map(|name| pool.get_service_by_name(name).unwrap().methods().collect::<Vec<_>>())
        .map(|method| {
            let options = method.options();
            let access = options.get_extension(&extension).as_message().unwrap().transcode_to().unwrap();
            (format!("/{}/{}", method.parent_service().full_name(), method.name()), access)
        })
        .collect()
}

/// The code of a call whose message is not one: `INVALID_ARGUMENT` tells that the caller was let in so far.
async fn code(suite: &Suite, identity: Option<&Identity>, path: &str) -> (Code, String) {
    let token = identity.map(|identity| suite.token(identity).unwrap());
    let mut wire = Wire::with_token(suite.running().address(), token).await;
    let answer = wire.send(path, &[], framed(&[0x0b])).await;
    (answer.code(), answer.refused().reason)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_rpc_is_closed_to_whoever_is_not_named() {
    let suite = puppet::suite().await;
    for (path, access) in answered() {
        assert_eq!(
            code(&suite, None, &path).await,
            (Code::Unauthenticated, "TOKEN_MISSING".to_owned()),
            "{path}"
        );
        let named: HashSet<Role> = access.roles().collect();
        for role in (1..=15).map(|number| Role::try_from(number).unwrap()) {
            let (code, reason) = code(&suite, Some(&someone([role], true)), &path).await;
            if access.open || named.contains(&role) {
                assert_eq!(code, Code::InvalidArgument, "{path} as {role:?}: {reason}");
            } else {
                assert_eq!(
                    (code, reason.as_str()),
                    (Code::PermissionDenied, "ROLE_MISSING"),
                    "{path} as {role:?}"
                );
            }
        }
        // Someone without a role may call what is open, and nothing else.
        let wanted = if access.open { Code::InvalidArgument } else { Code::PermissionDenied };
        assert_eq!(code(&suite, Some(&someone([], true)), &path).await.0, wanted, "{path}");
        if access.natural_person {
            let robot = someone(named, false);
            let refused = (Code::PermissionDenied, "NATURAL_PERSON_REQUIRED".to_owned());
            assert_eq!(code(&suite, Some(&robot), &path).await, refused, "{path}");
        }
    }
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_answers_is_not_implemented() {
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    for path in [
        "/redress.complaints.v1.ComplaintService/NoSuchThing",
        "/redress.complaints.v1.ParticipantService/GetParticipant",
        "/redress.complaints.v1.ComplaintService",
        "/",
        "/redress.complaints.v1.ComplaintService/GetComplaint/",
        "//redress.complaints.v1.ComplaintService/GetComplaint",
        "/Redress.Complaints.v1.ComplaintService/GetComplaint",
    ] {
        let refused = wire.send(path, &[], framed(&[])).await.refused();
        assert_eq!(
            (refused.code, refused.reason.as_str()),
            (Code::Unimplemented, "UNKNOWN_METHOD"),
            "{path}"
        );
        assert_eq!(refused.request_id.len(), 32);
    }
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_call_is_not_taken_for_one() {
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    for kind in ["text/html", "text/html", "application/grpc-web", "application/grpcish", ""] {
        assert_eq!(wire.stray(puppet::GET, kind).await, 415, "{kind}");
    }
    suite.stop().await.unwrap();
}
