//! What a process says of itself tells of no one: neither its log, however much is logged, nor its spans hold what was planted. And what
//! fails is told in one line, which names the trace of the call.

use redress_proto::{
    complaints::v1::{GetComplaintRequest, complaint_service_client::ComplaintServiceClient},
    options::v1::Role,
};
use redress_store::{Db, List, Migration, Settings};
use redress_testkit::{Collector, collector::Span};
use redress_tests::{
    chain::{Chain, Member, bearing},
    identity::Issuer,
    seed::Seed,
    server::Launch,
};
use serde_json::Value;
use tonic::Code;

use super::{
    super::ground::{self, Ground},
    planted::plant,
    sightings::CANARY,
};

const TRACE: &str = "7d3b1c5f9a2e4c608b1d0f3e5a7c9b21";
/// Without it no complaint is found.
const TABLE: &str = "complaints";
/// The packages whose rpcs are called while it is planted.
const PACKAGES: [&str; 4] = ["complaints", "routing", "ice_liaison", "records_retention"];

#[tokio::test(flavor = "multi_thread")]
async fn neither_a_line_nor_a_span_tells_what_was_planted() {
    let collector = Collector::start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let issuer = Issuer::new().unwrap();
    let launch = Launch::whole(folder.path(), &issuer)
        .unwrap()
        .with("REDRESS_TELEMETRY_FORMAT", "json")
        .with("REDRESS_TELEMETRY_FILTER", "debug")
        .with("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint());
    let server = launch.start().await.unwrap();
    let channel = server.connect().await.unwrap();
    let mut seed = Seed::new(0x0e11);
    let chain = Chain::set_up(&channel, &issuer, ground::PROGRAMME, &mut seed).await.unwrap();
    let mut visited = Ground::visit(channel, chain, seed);
    let planted = plant(&mut visited).await;
    assert!(server.stop().await.unwrap().success());

    let spans = collector.spans();
    for package in PACKAGES {
        let called = spans.iter().any(|span| span.name.starts_with(&format!("redress.{package}.v1.")));
        assert!(called, "{package} was not called");
    }
    assert!(spans.iter().any(|span| span.name.starts_with("process ")), "nobody followed anybody");
    let telling = |span: &&Span| format!("{span:?}").to_lowercase().contains(CANARY);
    assert_eq!(spans.iter().find(telling), None);

    // A call fails for a reason that is nobody's fault but the service's.
    let server = launch.start().await.unwrap();
    take_away(&format!("sqlite:{}", folder.path().join("data/complaints.db").display())).await;
    let token = visited.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let question = GetComplaintRequest { name: planted.complaint, ..GetComplaintRequest::default() };
    let mut question = bearing(&token, question).unwrap();
    question.metadata_mut().insert("traceparent", format!("00-{TRACE}-00f067aa0ba902b7-01").parse().unwrap());
    let mut complaints = ComplaintServiceClient::new(server.connect().await.unwrap());
    let failed = complaints.get_complaint(question).await.unwrap_err();
    assert_eq!(failed.code(), Code::Internal, "{failed:?}");
    assert!(!failed.message().contains(TABLE), "{failed:?}");
    let log = server.log();
    server.kill().unwrap();

    // What it was writing at this moment is no line yet.
    let (whole, _) = log.rsplit_once('\n').unwrap();
    let lines: Vec<Value> =
        whole.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    for line in &lines {
        for field in ["timestamp", "level", "target"] {
            assert!(line[field].is_string(), "without {field}: {line}");
        }
        assert!(!line.to_string().to_lowercase().contains(CANARY), "{line}");
    }
    let loud = |line: &&Value| line["level"] != "DEBUG" && line["level"] != "INFO";
    let about: Vec<&Value> =
        lines.iter().filter(loud).filter(|line| line.to_string().contains(TRACE)).collect();
    let [line] = about[..] else { panic!("{} lines about one failure: {about:?}", about.len()) };
    assert_eq!(line["level"], "ERROR");
    assert!(line["error"].as_str().unwrap().contains(TABLE), "{line}");
}

/// Takes it away from under a server that runs.
async fn take_away(url: &str) {
    let step = Migration { version: 1, name: "away", sql: "ALTER TABLE complaints RENAME TO away;\n" };
    let db = Db::open(url, Settings::default()).await.unwrap();
    assert_eq!(db.migrate(&[List { name: "away", migrations: vec![step].leak() }]).await, Ok(1));
    db.close().await;
}
