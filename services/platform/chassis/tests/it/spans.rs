//! Traces: the caller's context is taken up, carried to the handler, and what is recorded leaves the process.

use redress_chassis::{
    config::{LogFormat, Telemetry},
    telemetry::Logs,
};
use redress_testkit::{Collector, wait};
use tonic::Code;

use crate::{
    hardening::{filled, get},
    puppet::{self, FINAL, GET, framed, manager},
    wire::Wire,
};

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";

#[tokio::test(flavor = "multi_thread")]
async fn a_callers_trace_goes_on_here() {
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let parent = format!("00-{TRACE}-00f067aa0ba902b7-01");
    let request = filled("redress.complaints.v1.IssueFinalResponseRequest");
    let answer = wire.send(FINAL, &[("traceparent", &parent)], framed(&request)).await;
    assert_eq!(answer.headers["x-request-id"], TRACE);
    assert!(answer.text().contains(TRACE));
    let refused = wire.send(GET, &[("traceparent", &parent)], framed(&[])).await.refused();
    assert_eq!(refused.request_id, TRACE);
    let answer = wire.send(FINAL, &[("traceparent", "garbage")], framed(&request)).await;
    assert!(!answer.text().contains(TRACE));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn spans_reach_the_collector_under_the_callers_trace() {
    const MINE: &str = "0af7651916cd43dd8448eb211c80319c";
    let collector = Collector::start().await.unwrap();
    let config = Telemetry {
        filter: "off,redress_chassis::edge=info".to_owned(),
        format: LogFormat::Json,
        endpoint: Some(collector.endpoint()),
        sampled_per_thousand: 0,
    };
    // For the whole process: the server's tasks take no other. The tests beside this one send spans as well.
    let logs = Logs::install(&config, "redress-test").unwrap();
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let parent = format!("00-{MINE}-00f067aa0ba902b7-01");
    let answer = wire.send(GET, &[("traceparent", &parent)], framed(&get())).await;
    assert_eq!(answer.code(), Code::Ok);
    assert_eq!(wire.send(GET, &[("traceparent", &parent)], framed(&[])).await.code(), Code::InvalidArgument);
    let request = filled("redress.complaints.v1.IssueFinalResponseRequest");
    let told = wire.send(FINAL, &[("traceparent", &parent)], framed(&request)).await.text();
    suite.stop().await.unwrap();
    logs.flush().await;

    let mine =
        || collector.spans().into_iter().filter(|span| hex(&span.trace_id) == MINE).collect::<Vec<_>>();
    wait::until("three spans", || mine().len() == 3).await;
    let mut codes = Vec::new();
    for span in mine() {
        assert_eq!(hex(&span.parent_span_id), "00f067aa0ba902b7");
        assert!([&GET[1..], &FINAL[1..]].contains(&span.name.as_str()), "{}", span.name);
        let code = span.attributes.iter().find(|one| one.key == "rpc.response.status_code").unwrap();
        codes.push(format!("{:?}", code.value));
        // What a handler carries into the journal is the span that was recorded, so that readers can link to it.
        if span.name == FINAL[1..] {
            assert!(told.contains(&hex(&span.span_id)), "{told}");
        }
    }
    codes.sort();
    assert!(codes[0].contains("INVALID_ARGUMENT") && codes[1].contains("OK"), "{codes:?}");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}
