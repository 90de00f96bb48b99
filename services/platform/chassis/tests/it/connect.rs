//! The Connect protocol on the listener of gRPC (lesson L43: many callers cannot speak HTTP/2).

use prost::Message as _;
use redress_proto::{
    complaints::v1::{GetComplaintRequest, UploadDocumentRequest, WatchComplaintsRequest},
    options::v1::Role,
};
use redress_testkit::Suite;

use crate::{
    plain::{post, post_as},
    puppet::{self, ECHO, GET, HANG, PANIC, PANIC_LATER, SECRET, UPLOAD, framed, manager, someone},
};

const JSON: &str = "application/json";
const NAME: &str = r#"{"name":"complaints/00000000-0000-0000-0000-000000000007"}"#;

async fn refused(suite: &Suite, path: &str, body: &str) -> (u16, serde_json::Value) {
    let answer = post_as(suite, &manager(), path, JSON, body.as_bytes()).await;
    assert_eq!(answer.header("content-type"), Some(JSON), "{answer:?}");
    (answer.status, answer.json())
}

#[tokio::test(flavor = "multi_thread")]
async fn json_over_plain_http_reaches_the_same_handler() {
    let suite = puppet::suite().await;
    let answer = post_as(&suite, &manager(), GET, JSON, NAME.as_bytes()).await;
    assert_eq!((answer.status, answer.json()), (200, serde_json::json!({})), "{answer:?}");
    assert!(answer.header("x-request-id").is_some(), "{answer:?}");
    let message =
        GetComplaintRequest { name: "complaints/00000000-0000-0000-0000-000000000007".into(), view: 0 };
    let answer = post_as(&suite, &manager(), GET, "application/proto", &message.encode_to_vec()).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("application/proto")),
        "{answer:?}"
    );
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_has_its_code_its_status_and_readable_details() {
    let suite = puppet::suite().await;
    let (status, body) = refused(&suite, ECHO, "{}").await;
    assert_eq!((status, body["code"].as_str()), (400, Some("invalid_argument")), "{body}");
    let detail = |name: &str| {
        let details = body["details"].as_array().unwrap();
        details.iter().find(|detail| detail["type"] == name).map(|detail| detail["debug"].clone())
    };
    assert_eq!(detail("google.rpc.ErrorInfo").unwrap()["domain"], "complaints.redress");
    let violations = detail("google.rpc.BadRequest").unwrap()["fieldViolations"].clone();
    assert!(violations.as_array().unwrap().len() > 1, "every violation at once: {violations}");
    assert!(detail("google.rpc.RequestInfo").is_some(), "{body}");
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn identity_and_access_are_those_of_grpc() {
    let suite = puppet::suite().await;
    let answer = post(&suite, GET, &[("content-type", JSON)], NAME.as_bytes()).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (401, Some("unauthenticated")));
    let stranger = someone([Role::RecoveryOfficer], true);
    let answer = post_as(&suite, &stranger, GET, JSON, NAME.as_bytes()).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (403, Some("permission_denied")));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_message_is_refused_without_being_repeated() {
    let suite = puppet::suite().await;
    for body in [
        String::new(),
        "{".to_owned(),
        format!(r#"{{"nom":"{SECRET}"}}"#),
        format!(r#"{{"name":["{SECRET}"]}}"#),
        format!(r#"{{"view":"{SECRET}"}}"#),
        format!("{NAME} {SECRET}"),
        "\u{feff}{}".to_owned(),
    ] {
        let (status, told) = refused(&suite, GET, &body).await;
        assert_eq!((status, told["code"].as_str()), (400, Some("invalid_argument")), "{body}: {told}");
        let text = told.to_string();
        assert!(text.contains("MALFORMED_MESSAGE") && !text.contains(SECRET), "{body}: {text}");
    }
    let (status, told) = refused(&suite, GET, &format!(r#"{{"name":"{}"}}"#, "x".repeat(200_000))).await;
    assert_eq!((status, told["code"].as_str()), (429, Some("resource_exhausted")), "{told}");
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_goes_wrong_inside_tells_nothing_but_its_request() {
    let suite = puppet::suite().await;
    let (status, told) = refused(&suite, PANIC, NAME.replace("complaints", "letters").as_str()).await;
    assert_eq!((status, told["code"].as_str()), (500, Some("internal")), "{told}");
    assert!(!told.to_string().contains(SECRET), "{told}");
    let token = format!("Bearer {}", suite.token(&manager()).unwrap());
    let headers = [("content-type", JSON), ("authorization", token.as_str()), ("connect-timeout-ms", "20")];
    let answer = post(&suite, HANG, &headers, b"{}").await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (504, Some("deadline_exceeded")));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_call_of_either_protocol_is_sent_away() {
    let suite = puppet::suite().await;
    let nowhere = "/redress.complaints.v1.ComplaintService/Nothing";
    let answer = post_as(&suite, &manager(), nowhere, JSON, b"{}").await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (501, Some("unimplemented")));
    // One message where there are several, several where there is one, and a page that a browser asks for.
    for (path, kind) in [(PANIC_LATER, JSON), (GET, "application/connect+json"), (GET, "text/html")] {
        let answer = post_as(&suite, &manager(), path, kind, b"{}").await;
        assert_eq!((answer.status, answer.body.len()), (415, 0), "{path} {kind}");
    }
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn compression_is_refused_as_in_grpc() {
    let suite = puppet::suite().await;
    let token = format!("Bearer {}", suite.token(&manager()).unwrap());
    let headers = [("content-type", JSON), ("authorization", token.as_str()), ("content-encoding", "gzip")];
    let answer = post(&suite, GET, &headers, NAME.as_bytes()).await;
    assert_eq!((answer.status, answer.json()["code"].as_str()), (501, Some("unimplemented")));
    suite.stop().await.unwrap();
}

/// Envelopes with their flags.
fn envelopes(mut body: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut found = Vec::new();
    while let [flags, a, b, c, d, rest @ ..] = body {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        found.push((*flags, rest[..length].to_vec()));
        body = &rest[length..];
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_its_status_in_the_last_envelope() {
    let suite = puppet::suite().await;
    let asked = GetComplaintRequest { name: "letters/00000000-0000-0000-0000-000000000007".into(), view: 0 };
    let kind = "application/connect+proto";
    let answer = post_as(&suite, &manager(), PANIC_LATER, kind, &framed(&asked.encode_to_vec())).await;
    let found = envelopes(&answer.body);
    let [(0, first), (2, last)] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(first, b"one");
    let last: serde_json::Value = serde_json::from_slice(last).unwrap();
    assert_eq!(last["error"]["code"], "internal");
    assert!(!last.to_string().contains(SECRET), "{last}");
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_requests_arrives_message_by_message() {
    let suite = puppet::suite().await;
    let message = UploadDocumentRequest { piece: None }.encode_to_vec();
    let body = [framed(&message), framed(&message), framed(&message)].concat();
    let answer = post_as(&suite, &manager(), UPLOAD, "application/connect+proto", &body).await;
    let found = envelopes(&answer.body);
    assert_eq!(found.first().map(|(flags, text)| (*flags, text.as_slice())), Some((0, b"3".as_slice())));
    assert_eq!(found.last(), Some(&(2, b"{}".to_vec())));
    // The first message that is none ends the call.
    let body = [
        framed(&WatchComplaintsRequest::default().encode_to_vec()),
        b"\x00\x00\x00\x00\x09xx".to_vec().into(),
    ]
    .concat();
    let answer = post_as(&suite, &manager(), UPLOAD, "application/connect+proto", &body).await;
    let found = envelopes(&answer.body);
    let (2, last) = found.last().unwrap() else { panic!("{found:?}") };
    assert!(String::from_utf8_lossy(last).contains("invalid_argument"), "{found:?}");
    suite.stop().await.unwrap();
}
