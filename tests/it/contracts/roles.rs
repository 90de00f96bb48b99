//! Every rpc with every role there is: those it names may call, all others may not, whatever they send (threat 28).

use redress_proto::options::v1::Role;
use redress_tests::{
    chain::Member,
    contract::{self, Rpc},
    identity::Identity,
    officer::Answer,
    raw::Sending,
    refused::Refused,
};
use tonic::Code;

use crate::stand::{Stand, each_rpc, refused};

fn every_role() -> Vec<Role> {
    (1..).map_while(|number| Role::try_from(number).ok()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_declared_roles_may_call() {
    let stand = Stand::new(0x401e).await;
    let roles = every_role();
    assert!(roles.len() >= 12);
    let issuer = stand.chain.people.issuer();
    let token = |roles: &[Role]| {
        let person = stand.chain.people.identity(Member::Prime, Role::Auditor);
        issuer.token(&Identity { roles: roles.to_vec(), ..person }).unwrap()
    };
    let tokens: Vec<(Role, String)> = roles.iter().map(|role| (*role, token(&[*role]))).collect();
    let without = token(&[]);
    each_rpc(async |rpc| {
        let access = rpc.access.clone().unwrap();
        let declared: Vec<Role> = access.roles().collect();
        for (role, token) in &tokens {
            let answer = call(&stand, &rpc, token).await;
            let context = |refusal: &Refused| format!("{} as {role:?}: {refusal:?}", rpc.path());
            if access.open || declared.contains(role) {
                if let Err(refusal) = answer {
                    // Past the door: what is wrong now is the empty request, or nothing.
                    assert_ne!(refusal.code, Code::PermissionDenied, "{}", context(&refusal));
                    assert_ne!(refusal.code, Code::Unauthenticated, "{}", context(&refusal));
                }
            } else {
                let refusal = refused(&rpc, &format!("{role:?}"), answer);
                let got = (refusal.code, refusal.reason.as_str());
                assert_eq!(got, (Code::PermissionDenied, "ROLE_MISSING"), "{}", context(&refusal));
            }
        }
        if !access.open {
            let refusal = refused(&rpc, "no role", call(&stand, &rpc, &without).await);
            assert_eq!(refusal.code, Code::PermissionDenied, "{}", rpc.path());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_a_person_may_do_no_service_does() {
    let stand = Stand::new(0x4a7).await;
    let (mut seen, mut approvals) = (0, 0);
    for rpc in contract::rpcs() {
        let access = rpc.access.clone().unwrap();
        if !access.natural_person {
            continue;
        }
        seen += 1;
        let service = Identity { natural_person: false, ..stand.caller(Member::Prime, &rpc) };
        let token = stand.chain.people.issuer().token(&service).unwrap();
        let refusal = refused(&rpc, "a service", call(&stand, &rpc, &token).await);
        let got = (refusal.code, refusal.reason.as_str());
        if access.second_person {
            // Reliability D14: whoever approves judges for himself.
            approvals += 1;
            assert_eq!(got, (Code::PermissionDenied, "NOT_INDEPENDENT"), "{}", rpc.path());
            assert_eq!(refusal.metadata.get("requires").map(String::as_str), Some("NATURAL_PERSON"));
        } else {
            assert_eq!(got, (Code::PermissionDenied, "NATURAL_PERSON_REQUIRED"), "{}", rpc.path());
        }
    }
    assert!(seen >= 3, "only {seen} rpcs are for people alone");
    assert!(approvals >= 2, "only {approvals} rpcs are the word of a second person");
}

async fn call(stand: &Stand, rpc: &Rpc, token: &str) -> Answer<Vec<bytes::Bytes>> {
    let sending = Sending::new(Vec::new(), token).header("grpc-timeout", "300m");
    stand.peer.call(&rpc.path(), sending).await.map_err(|status| Box::new(Refused::from(&status)))
}
