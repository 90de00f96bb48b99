//! How a process ends (T23).

use std::time::Duration;

use redress_chassis::Member;
use redress_testkit::{Suite, wait};
use tonic::Code;
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};

use crate::{
    hardening::{close, get},
    puppet::{self, Brief, Clumsy, GET, MEMBERS, WATCH, WORK, framed, manager},
    wire::Wire,
};

#[tokio::test(flavor = "multi_thread")]
async fn calls_that_run_are_answered_and_streams_are_told_to_resume() {
    let suite = puppet::suite().await;
    let mut working = Wire::of(&suite, &manager()).await;
    let mut watching = Wire::of(&suite, &manager()).await;
    let close = close();
    let work = async { working.call(WORK, &close).await };
    let watch = async { watching.call(WATCH, &[]).await };
    let stop = async {
        let both = || suite.running().metrics().scrape().contains("redress_calls_running 2");
        wait::until("both calls to run", both).await;
        // The work goes on when the watch is cut, so it is under way when the process is told to end, and not before.
        suite.stop().await.unwrap();
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

#[tokio::test(flavor = "multi_thread")]
async fn work_that_ends_too_early_is_a_failure_of_the_process() {
    for member in [Member::of::<Brief>(), Member::of::<Clumsy>()] {
        let suite = Suite::of([member]).start().await.unwrap();
        assert_eq!(wait::ready("the failure", suite.running().failed()).await, "reactor ended");
        suite.stop().await.unwrap();
    }
    let suite = puppet::suite().await;
    let mut failed = Box::pin(suite.running().failed());
    assert!(futures::poll!(failed.as_mut()).is_pending());
    drop(failed);
    suite.stop().await.unwrap();
}
