//! More than the process carries (T6): told when to come back, and health goes on.

use redress_testkit::{Suite, wait};
use tonic::Code;
use tonic_health::pb::{HealthCheckRequest, health_client::HealthClient};

use crate::{
    hardening::get,
    puppet::{GET, HANG, MEMBERS, framed, manager},
    wire::Wire,
};

#[tokio::test(flavor = "multi_thread")]
async fn one_call_too_many_is_told_when_to_come_back() {
    let suite = Suite::of(MEMBERS).with("limits.calls", 1).with("limits.queue", "1ms").start().await.unwrap();
    let mut busy = Wire::of(&suite, &manager()).await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let hang = async { busy.send(HANG, &[("grpc-timeout", "5S")], framed(&[])).await };
    let rest = async {
        wait::until("the first call to run", || {
            suite.running().metrics().scrape().contains("redress_calls_running 1")
        })
        .await;
        // The place is taken as soon as the first call has begun.
        let refused = loop {
            let answer = wire.call(GET, &get()).await;
            if answer.code() != Code::Ok {
                break answer;
            }
        };
        assert_eq!(refused.code(), Code::ResourceExhausted);
        assert_eq!(refused.headers["grpc-retry-pushback-ms"], "250");
        let refused = refused.refused();
        assert_eq!(refused.reason, "OVERLOADED");
        assert!(refused.has("google.rpc.RetryInfo") && refused.has("google.rpc.QuotaFailure"));
        // Health is never shed.
        let mut health = HealthClient::new(suite.channel().await.unwrap());
        assert!(health.check(HealthCheckRequest { service: String::new() }).await.is_ok());
    };
    tokio::select! {
        answer = hang => panic!("the first call ended: {answer:?}"),
        () = rest => {}
    }
    // A caller who goes away gives its place back.
    drop(busy);
    wait::until_async("the place to come free", || async {
        Wire::of(&suite, &manager()).await.call(GET, &get()).await.code() == Code::Ok
    })
    .await;
    suite.stop().await.unwrap();
}
