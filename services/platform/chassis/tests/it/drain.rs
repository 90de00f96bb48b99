//! How a process ends (T23).

use std::time::Duration;

use redress_testkit::{Suite, wait};
use tonic::Code;
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};

use crate::{
    hardening::{close, get},
    puppet::{self, COUNT, GET, MEMBERS, RELEASE, WATCH, WORK, framed, manager},
    wire::Wire,
};

#[tokio::test(flavor = "multi_thread")]
async fn calls_that_run_are_answered_and_streams_are_told_to_resume() {
    let suite = puppet::suite().await;
    let mut working = Wire::of(&suite, &manager()).await;
    let mut watching = Wire::of(&suite, &manager()).await;
    let mut control = Wire::of(&suite, &manager()).await;
    let close = close();
    let work = async { working.call(WORK, &close).await };
    let watch = async { watching.call(WATCH, &[]).await };
    let stop = async {
        let signposting = crate::hardening::filled("redress.complaints.v1.GetSignpostingRequest");
        while control.call(COUNT, &signposting).await.text() != "1 0" {}
        let withdraw = crate::hardening::filled("redress.complaints.v1.WithdrawComplaintRequest");
        // The call that lets the work go on is under way when the process is told to end.
        let release = async { control.call(RELEASE, &withdraw).await };
        let (stopped, released) = tokio::join!(suite.stop(), release);
        stopped.unwrap();
        assert_eq!(released.code(), Code::Ok);
    };
    let (worked, watched, ()) = tokio::join!(work, watch, stop);
    assert_eq!(worked.code(), Code::Ok);
    let refused = watched.refused();
    assert_eq!((refused.code, refused.reason.as_str()), (Code::Unavailable, "DRAINING"));
    assert!(refused.has("google.rpc.RetryInfo"));
    assert_eq!(watched.body, framed(b"one"));
}

#[tokio::test(flavor = "multi_thread")]
async fn health_says_so_before_the_door_is_shut() {
    let suite = Suite::of(MEMBERS).with("limits.pre_drain", "2s").start().await.unwrap();
    let channel = suite.channel().await.unwrap();
    let mut health = HealthClient::new(channel);
    let mut wire = Wire::of(&suite, &manager()).await;
    let check = |service: &str| HealthCheckRequest { service: service.to_owned() };
    for service in ["", "redress.complaints.v1.ComplaintService", "redress.journal.v1.JournalService"] {
        let status = health.check(check(service)).await.unwrap().into_inner().status();
        assert_eq!(status, ServingStatus::Serving, "{service}");
    }
    assert_eq!(health.check(check("redress.no.v1.Such")).await.unwrap_err().code(), Code::NotFound);

    let mut watching = health.watch(check("")).await.unwrap().into_inner();
    assert_eq!(watching.message().await.unwrap().unwrap().status(), ServingStatus::Serving);
    let observe = async {
        let change = wait::ready("health to change", watching.message()).await.unwrap().unwrap();
        assert_eq!(change.status(), ServingStatus::NotServing);
        // A balancer that has not looked yet is still served.
        assert_eq!(wire.call(GET, &get()).await.code(), Code::Ok);
        drop(watching);
        drop(wire);
    };
    let (stopped, ()) = tokio::join!(suite.stop(), observe);
    stopped.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_was_stopped_finds_everything_again() {
    let mut suite = puppet::suite().await;
    let before = suite.running().address();
    wait::ready("a restart", suite.restart()).await.unwrap();
    let mut wire = Wire::of(&suite, &manager()).await;
    assert_eq!(wire.call(GET, &get()).await.code(), Code::Ok);
    assert!(
        tokio::time::timeout(Duration::from_secs(5), tokio::net::TcpStream::connect(before))
            .await
            .unwrap()
            .is_err()
            || before == suite.running().address()
    );
    suite.stop().await.unwrap();
}
