//! A connection that many share, as behind a gateway: the refusals of some do not end it for the others.

use bytes::Bytes;
use futures::future::join_all;
use redress_testkit::Suite;
use tonic::Code;

use crate::{
    hardening::get,
    puppet::{self, ECHO, GET, MEMBERS, UPLOAD, framed, manager, someone},
    wire::Wire,
};

/// Refusals on one connection; the server hangs up after 256 streams that it had to reset (fact 0.7).
const REFUSALS: usize = 2_000;
/// A call, and what it is refused with.
type Refused<'a> = (&'a str, Vec<(&'a str, &'a str)>, Code);

/// Calls under way at once.
const AT_ONCE: usize = 16;

#[tokio::test(flavor = "multi_thread")]
async fn two_thousand_refusals_leave_the_connection_to_those_who_share_it() {
    let suite = puppet::suite().await;
    let (trusted, other) =
        (bearer(&suite.token(&manager()).unwrap()), bearer(&suite.token(&someone([], true)).unwrap()));
    let shared = Wire::with_token(suite.running().address(), None).await;
    // More than one frame of HTTP/2, so that some of it comes after the refusal, and none of gRPC.
    let body = Bytes::from(vec![2; 30_000]);
    let calls: [Refused<'_>; 6] = [
        (ECHO, vec![], Code::Unauthenticated),
        (ECHO, vec![("authorization", &other)], Code::PermissionDenied),
        ("/made/up", vec![("authorization", &trusted)], Code::Unimplemented),
        (ECHO, vec![("authorization", &trusted), ("grpc-timeout", "soon")], Code::InvalidArgument),
        (ECHO, vec![("authorization", &trusted), ("grpc-encoding", "gzip")], Code::Unimplemented),
        // Begun, and refused at its first message.
        (UPLOAD, vec![("authorization", &trusted)], Code::InvalidArgument),
    ];
    let mut refused = 0;
    while refused < REFUSALS {
        let answers = (0..AT_ONCE).map(|at| {
            let (path, headers, code) = &calls[(refused + at) % calls.len()];
            let (mut wire, body) = (shared.share(), body.clone());
            async move { assert_eq!(wire.send(path, headers, body).await.code(), *code, "{path} {headers:?}") }
        });
        refused += join_all(answers).await.len();
        let mut good = shared.share();
        assert_eq!(good.send(GET, &[("authorization", &trusted)], framed(&get())).await.code(), Code::Ok);
    }
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_does_not_wait_for_a_body_and_does_not_read_it_for_ever() {
    let suite = Suite::of(MEMBERS).start().await.unwrap();
    let mut wire = Wire::with_token(suite.running().address(), None).await;
    let body = Bytes::from(vec![0; 8 << 20]);
    assert_eq!(wire.send(ECHO, &[], body).await.code(), Code::Unauthenticated);
    // Nothing is left that counts as a call, although nobody read eight megabytes.
    suite.stop().await.unwrap();
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}
