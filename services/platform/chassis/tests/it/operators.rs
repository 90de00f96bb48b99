//! What operators see: metrics in good shape, liveness, readiness, reflection.

use redress_chassis::telemetry::{CATALOGUE, Teller};
use redress_testkit::{Suite, wait};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tonic::Code;

use crate::{
    duo::{FOLLOWER, SOURCE},
    hardening::get,
    puppet::{self, BARE, ECHO, GET, MEMBERS, framed, manager},
    wire::Wire,
};

pub(crate) async fn ask(suite: &Suite, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(suite.running().admin_address()).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: operators\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn every_metric_of_the_catalogue_is_scraped_with_its_meaning() {
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    assert_eq!(wire.call(GET, &get()).await.code(), Code::Ok);
    assert_eq!(wire.call(ECHO, &[]).await.code(), Code::InvalidArgument);
    let mut nobody = Wire::with_token(suite.running().address(), None).await;
    for path in ["/made/up", "/made/up/too", "/redress.complaints.v1.ComplaintService/Invented"] {
        assert_eq!(nobody.call(path, &[]).await.code(), Code::Unimplemented);
    }
    let one_too_many = Suite::of(MEMBERS).with("limits.connections", 1).start().await.unwrap();
    let _first = Wire::of(&one_too_many, &manager()).await;
    let mut second = TcpStream::connect(one_too_many.running().address()).await.unwrap();
    drop(second.read_to_end(&mut Vec::new()).await);

    let following = Suite::of([SOURCE, FOLLOWER]).start().await.unwrap();
    crate::following::record(&following, uuid::Uuid::from_u128(1)).await;
    let followed = || following.running().metrics().scrape();
    wait::until("an effect to be measured", || {
        followed().contains("redress_subscription_delay_seconds_count")
    })
    .await;

    let (status, text) = ask(&suite, "/metrics").await;
    assert_eq!(status, 200);
    let scraped = text.clone() + &one_too_many.running().metrics().scrape() + &followed();
    for measure in CATALOGUE
        .iter()
        .filter(|measure| measure.told_by == Teller::Process || measure.name.contains("subscription"))
    {
        let kind = measure.kind.as_str();
        assert!(
            scraped.contains(&format!("# HELP {} {}", measure.scraped, measure.meaning)),
            "{}\n{scraped}",
            measure.name
        );
        assert!(scraped.contains(&format!("# TYPE {} {kind}", measure.scraped)), "{}", measure.name);
    }
    // Every line of a scrape belongs to a metric that was announced.
    for line in scraped.lines().filter(|line| line.starts_with("# TYPE")) {
        let name = line.split(' ').nth(2).unwrap();
        assert!(CATALOGUE.iter().any(|measure| measure.scraped == name), "{name} is not in the catalogue");
    }
    let counted = |method: &str, code: &str| {
        text.lines()
            .find(|line| {
                line.starts_with("rpc_server_call_duration_seconds_count")
                    && line.contains(method)
                    && line.contains(code)
            })
            .and_then(|line| line.rsplit(' ').next())
            .unwrap_or_else(|| panic!("{method} {code} in {text}"))
            .to_owned()
    };
    assert_eq!(counted(&GET[1..], "\"OK\""), "1");
    assert_eq!(counted(&ECHO[1..], "\"INVALID_ARGUMENT\""), "1");
    // Paths that callers make up must not make labels.
    assert_eq!(counted("\"_other\"", "\"UNIMPLEMENTED\""), "3");
    assert!(!text.contains("Invented"));
    following.stop().await.unwrap();
    one_too_many.stop().await.unwrap();
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_tells_whether_it_lives_and_whether_it_is_ready() {
    let suite = puppet::suite().await;
    assert_eq!(ask(&suite, "/healthz").await, (200, "ok\n".to_owned()));
    assert_eq!(ask(&suite, "/readyz").await, (200, "ready\n".to_owned()));
    assert_eq!(ask(&suite, "/nothing").await.0, 404);
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn reflection_can_be_switched_off() {
    let path = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    let older = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
    // ListServices
    let request = &[0x3a, 0x00];
    let on = puppet::suite().await;
    let mut wire = Wire::with_token(on.running().address(), None).await;
    for path in [path, older] {
        let answer = wire.call(path, request).await;
        let listed = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(answer.code(), Code::Ok);
        assert!(
            listed.contains("redress.complaints.v1.ComplaintService")
                && listed.contains("grpc.health.v1.Health")
        );
        assert!(!listed.contains("ParticipantService"), "what is not answered is not listed");
    }
    on.stop().await.unwrap();
    let off = Suite::of(MEMBERS).with("listen.reflection", "false").start().await.unwrap();
    let mut wire = Wire::with_token(off.running().address(), None).await;
    assert_eq!(wire.call(path, request).await.code(), Code::Unimplemented);
    off.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_has_an_id_and_every_refusal_details() {
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let answer = wire.call(GET, &get()).await;
    assert_eq!(answer.headers["x-request-id"].len(), 32);
    let body = framed(&get());
    let answer = wire.send(GET, &[("x-request-id", "my-own.id_7")], body.clone()).await;
    assert_eq!(answer.headers["x-request-id"], "my-own.id_7");
    for unfit in ["a b", &"x".repeat(65), "<script>"] {
        let answer = wire.send(GET, &[("x-request-id", unfit)], body.clone()).await;
        assert_eq!(answer.headers["x-request-id"].len(), 32, "{unfit}");
    }
    // What a library refuses without details gets them on the way out.
    let name = crate::hardening::filled("redress.complaints.v1.ListTimelineRequest");
    let refused = wire.call(BARE, &name).await.refused();
    assert_eq!((refused.code, refused.reason.as_str()), (Code::Internal, "INTERNAL"));
    assert_eq!((refused.domain.as_str(), refused.request_id.len()), ("complaints.redress", 32));
    suite.stop().await.unwrap();
}
