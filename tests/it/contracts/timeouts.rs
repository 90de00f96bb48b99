//! Deadlines: unreadable ones are refused, passed ones end the call, and what was done is found again (G16, G17).

use prost_reflect::prost::Message as _;
use redress_proto::{complaints::v1::complaint_service_client::ComplaintServiceClient, options::v1::Role};
use redress_tests::{
    chain::{Member, bearing},
    contract,
    day::today,
    raw::Sending,
    refused::Refused,
};
use tonic::Code;

use super::filled::filled;
use crate::stand::{Stand, refused};

#[tokio::test(flavor = "multi_thread")]
async fn unreadable_deadlines_are_refused() {
    let mut stand = Stand::new(0x71).await;
    let names = stand.nothing();
    for rpc in contract::rpcs() {
        let token = stand.token(Member::Prime, &rpc);
        let mut seed = stand.seed.split();
        let body = filled(&rpc.method.input(), &names, &mut seed).encode_to_vec();
        for timeout in ["soon", "123456789S", "-1S", "5", "S", "1.5S"] {
            let sending = Sending::new(body.clone(), &token).header("grpc-timeout", timeout);
            let answer = stand
                .peer
                .call(&rpc.path(), sending)
                .await
                .map_err(|status| Box::new(Refused::from(&status)));
            let refusal = refused(&rpc, timeout, answer);
            assert_eq!(refusal.code, Code::InvalidArgument, "{} with {timeout}: {refusal:?}", rpc.path());
            assert!(refusal.names("grpc-timeout"), "{} with {timeout}: {refusal:?}", rpc.path());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_has_passed_is_said_to_have() {
    let mut stand = Stand::new(0x72).await;
    let names = stand.nothing();
    for rpc in contract::rpcs() {
        let token = stand.token(Member::Prime, &rpc);
        let mut seed = stand.seed.split();
        let body = filled(&rpc.method.input(), &names, &mut seed).encode_to_vec();
        for timeout in ["0n", "1n"] {
            let sending = Sending::new(body.clone(), &token).header("grpc-timeout", timeout);
            let answer = stand
                .peer
                .call(&rpc.path(), sending)
                .await
                .map_err(|status| Box::new(Refused::from(&status)));
            let refusal = refused(&rpc, timeout, answer);
            assert_eq!(refusal.code, Code::DeadlineExceeded, "{} with {timeout}: {refusal:?}", rpc.path());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_cut_short_has_one_effect_or_none() {
    let mut stand = Stand::new(0x73).await;
    let mut seed = stand.seed.split();
    let token = stand.chain.people.token(Member::Prime, Role::ComplaintsOfficer).unwrap();
    let path = "/redress.complaints.v1.ComplaintService/RegisterComplaint";
    let mut client = ComplaintServiceClient::new(stand.peer.channel());
    for microseconds in (0..40_u64).map(|step| step * 250) {
        let request = stand.chain.registration(today(), &mut seed);
        let sending = Sending::new(prost::Message::encode_to_vec(&request), &token)
            .header("grpc-timeout", format!("{microseconds}u"));
        let first = stand.peer.call(path, sending).await;
        // Whatever became of the first call (G38): the same request has one answer from now on.
        let answer =
            client.register_complaint(bearing(&token, request.clone()).unwrap()).await.unwrap().into_inner();
        let again = client.register_complaint(bearing(&token, request).unwrap()).await.unwrap().into_inner();
        assert_eq!(answer, again);
        if let Ok(first) = first {
            let first: redress_proto::complaints::v1::Complaint =
                prost::Message::decode(&first[0][..]).unwrap();
            assert_eq!(first, answer);
        }
    }
}
