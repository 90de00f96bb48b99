//! The facts of reliability 0 that a server must be built around, each with the test that would have caught it.

use std::time::Duration;

use bytes::Bytes;
use redress_testkit::{Suite, wait};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};
use tonic::{Code, Request};

use crate::{
    puppet::{
        self, COUNT, GET, HANG, MEMBERS, PANIC, PANIC_LATER, RELEASE, SECRET, WATCH, WORK, framed, manager,
    },
    wire::Wire,
};

const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const SETTINGS: u8 = 4;

#[tokio::test(flavor = "multi_thread")]
async fn work_ends_although_every_caller_went_away() {
    // fact 0.2: tonic drops the handler of a caller who goes away
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    for _ in 0..50 {
        let mut gone = Wire::of(&suite, &manager()).await;
        let answer = gone.send(WORK, &[("grpc-timeout", "20m")], framed(&close())).await;
        assert_eq!(answer.code(), Code::DeadlineExceeded);
    }
    let counted = wire.call(COUNT, &signposting()).await.text();
    let (begun, done) = counted.split_once(' ').unwrap();
    assert!(begun != "0" && done == "0", "{counted}");
    wire.call(RELEASE, &withdraw()).await;
    let whole = format!("{begun} {begun}");
    let counting = async { while wire.call(COUNT, &signposting()).await.text() != whole {} };
    wait::ready("all work that had begun", counting).await;
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_limits_of_the_connection_are_announced() {
    // fact 0.7: left alone, tonic sets no limit on concurrent streams
    let suite = puppet::suite().await;
    let mut peer = Peer::connect(&suite).await;
    let settings = loop {
        let (kind, payload) = peer.frame().await.expect("settings");
        if kind == SETTINGS && !payload.is_empty() {
            break payload;
        }
    };
    let setting = |wanted: u16| {
        settings
            .chunks(6)
            .find(|one| u16::from_be_bytes([one[0], one[1]]) == wanted)
            .map(|one| u32::from_be_bytes([one[2], one[3], one[4], one[5]]))
    };
    assert_eq!(setting(3), Some(64), "concurrent streams");
    assert_eq!(setting(4), Some(64 * 1024), "window of a stream");
    assert_eq!(setting(6), Some(16 * 1024), "header list");
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_makes_the_server_reset_streams_is_sent_away() {
    // fact 0.7: left alone, tonic accepts server-made resets without end (RUSTSEC-2024-0003)
    let suite = puppet::suite().await;
    let mut peer = Peer::connect(&suite).await;
    let mut sent = 0_u32;
    while sent < 5_000 {
        // A header name in upper case makes the stream, not the connection, malformed.
        let block = [&[0x00, 1][..], b"X", &[1], b"y"].concat();
        if peer.send(1, 0x5, sent * 2 + 1, &block).await.is_err() {
            break;
        }
        sent += 1;
    }
    peer.hung_up().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    assert_eq!(wire.call(GET, &get()).await.code(), Code::Ok);
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_opens_streams_to_reset_them_is_sent_away() {
    // T9: the rapid reset of CVE-2023-44487
    let suite = puppet::suite().await;
    let mut peer = Peer::connect(&suite).await;
    let path = GET.as_bytes();
    // By the static table: POST, http, a path, an authority.
    let block = [&[0x83, 0x86, 0x04, u8::try_from(path.len()).unwrap()][..], path, &[0x01, 1], b"x"].concat();
    let mut flood = Vec::new();
    for stream in (1..20_000).step_by(2) {
        flood.extend(Peer::framed(1, 0x5, stream, &block));
        flood.extend(Peer::framed(3, 0, stream, &8_u32.to_be_bytes()));
    }
    // It fails when the server has hung up in the middle, which is what is wanted.
    drop(peer.0.write_all(&flood).await);
    peer.hung_up().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    assert_eq!(wire.call(GET, &get()).await.code(), Code::Ok);
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_says_nothing_is_cut() {
    // fact 0.8: tonic keeps silent connections for ever
    let suite = Suite::of(MEMBERS)
        .with("limits.first_byte", "100ms")
        .with("limits.silence", "200ms")
        .start()
        .await
        .unwrap();
    let address = suite.running().address();
    let mut silent = TcpStream::connect(address).await.unwrap();
    let mut slow = TcpStream::connect(address).await.unwrap();
    slow.write_all(b"P").await.unwrap();
    let mut polite = TcpStream::connect(address).await.unwrap();
    polite.write_all(&[PREFACE, &[0, 0, 0, SETTINGS, 0, 0, 0, 0, 0]].concat()).await.unwrap();
    let mut rest = Vec::new();
    for connection in [&mut silent, &mut slow, &mut polite] {
        // It ends, with or without a reset; what matters is that it does not stay.
        drop(wait::ready("the end of a silent connection", connection.read_to_end(&mut rest)).await);
    }
    let scrape = suite.running().metrics().scrape();
    assert!(scrape.contains("redress_connections_refused_total{reason=\"silent\"} 3"), "{scrape}");
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_takes_no_more_than_its_share_of_connections() {
    // fact 0.8
    let suite = Suite::of(MEMBERS).with("limits.connections_per_address", 2).start().await.unwrap();
    let mut first = Wire::of(&suite, &manager()).await;
    let second = Wire::of(&suite, &manager()).await;
    assert_eq!(first.call(GET, &get()).await.code(), Code::Ok);
    let mut third = TcpStream::connect(suite.running().address()).await.unwrap();
    let mut rest = Vec::new();
    drop(wait::ready("the end of one connection too many", third.read_to_end(&mut rest)).await);
    assert!(rest.is_empty());
    drop(second);
    wait::until_async("a place to come free", || async {
        let mut stream = TcpStream::connect(suite.running().address()).await.unwrap();
        stream.write_all(PREFACE).await.is_ok() && stream.read_u8().await.is_ok()
    })
    .await;
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_message_is_the_callers_fault_and_names_no_field() {
    // fact 0.9: tonic answers INTERNAL with the names of fields
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let answer = wire.call(GET, &[0x0a, 0xff]).await;
    let refused = answer.refused();
    assert_eq!((refused.code, refused.reason.as_str()), (Code::InvalidArgument, "MALFORMED_MESSAGE"));
    assert_eq!(refused.fields, [("(body)".to_owned(), "MALFORMED_MESSAGE".to_owned())]);
    assert!(!refused.message.contains("name"));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_panic_is_answered_and_says_nothing() {
    // fact 0.9: tonic resets the stream, which a caller takes for its own cancellation
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let answer = wire.call(PANIC, &letter()).await;
    let refused = answer.refused();
    assert_eq!((refused.code, refused.reason.as_str()), (Code::Internal, "INTERNAL"));
    assert_eq!(refused.request_id.len(), 32);
    assert!(!format!("{answer:?}").contains(SECRET));
    // The connection and the service go on.
    assert_eq!(wire.call(GET, &get()).await.code(), Code::Ok);

    let answer = wire.call(PANIC_LATER, &letter()).await;
    assert_eq!(answer.code(), Code::Internal);
    assert_eq!(answer.body, framed(b"one"));
    assert!(!format!("{answer:?}").contains(SECRET));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deadline_that_passed_says_so() {
    // fact 0.9: tonic says CANCELLED. G16, G18
    let suite = Suite::of(MEMBERS).with("limits.call", "150ms").start().await.unwrap();
    let mut wire = Wire::of(&suite, &manager()).await;
    for timeout in ["0n", "1n", "1u", "30m"] {
        let answer = wire.send(HANG, &[("grpc-timeout", timeout)], framed(&[])).await;
        assert_eq!(answer.code(), Code::DeadlineExceeded, "{timeout}");
        assert_eq!(answer.refused().reason, "DEADLINE_EXCEEDED");
    }
    // Without one the server's own cap holds, and a longer one does not lift it.
    for headers in [&[][..], &[("grpc-timeout", "1H")]] {
        assert_eq!(wire.send(HANG, headers, framed(&[])).await.code(), Code::DeadlineExceeded);
    }
    // A stream ends by its deadline, with what it had sent before.
    let answer = wire.send(WATCH, &[("grpc-timeout", "100m")], framed(&[])).await;
    assert_eq!((answer.code(), answer.body), (Code::DeadlineExceeded, framed(b"one")));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unreadable_timeout_is_not_ignored() {
    // G17: tonic takes it for none
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    for timeout in ["soon", "123456789S", "-1S", "10", ""] {
        let refused = wire.send(GET, &[("grpc-timeout", timeout)], framed(&get())).await.refused();
        assert_eq!(refused.code, Code::InvalidArgument, "{timeout}");
        assert_eq!(refused.fields, [("grpc-timeout".to_owned(), "INVALID_TIMEOUT".to_owned())]);
    }
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_over_the_limit_is_refused_before_it_is_kept() {
    // fact 0.9: tonic says OUT_OF_RANGE. G4
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let refused = wire.call(GET, &vec![0; 65_537]).await.refused();
    assert_eq!((refused.code, refused.reason.as_str()), (Code::ResourceExhausted, "MESSAGE_TOO_LARGE"));
    assert_eq!(refused.metadata["limit_bytes"], "65536");
    assert!(refused.has("google.rpc.QuotaFailure"));
    // A length that is only announced is judged as well.
    let refused = wire.send(GET, &[], Bytes::from_static(&[0, 0xff, 0xff, 0xff, 0xff])).await.refused();
    assert_eq!(refused.code, Code::ResourceExhausted);
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_legal_message_cannot_cost_a_hundred_times_its_size() {
    // fact 0.10, G5: empty messages of two bytes each, tens of thousands of them
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let respondents = field_of("redress.complaints.v1.Complaint", "respondents");
    let tag = u8::try_from(respondents << 3 | 2).unwrap();
    let many = [tag, 0].repeat(16_000);
    let mut complaint = Vec::new();
    prost::encoding::bytes::encode(2, &many, &mut complaint);
    let refused = wire.call(puppet::ECHO, &complaint).await.refused();
    assert_eq!(refused.code, Code::InvalidArgument);
    let wanted = ("complaint.respondents".to_owned(), "TOO_MANY_ITEMS".to_owned());
    assert!(refused.fields.contains(&wanted) || refused.fields.len() == 20, "{:?}", refused.fields);
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_of_the_library_sees_the_same() {
    let suite = puppet::suite().await;
    let channel = suite.channel().await.unwrap();
    let mut request = Request::new(Bytes::from(get()));
    let token = format!("Bearer {}", suite.token(&manager()).unwrap());
    request.metadata_mut().insert("authorization", token.parse().unwrap());
    let response = redress_testkit::raw::unary(&channel, GET, request).await.unwrap();
    assert!(response.metadata().contains_key("x-request-id"));
    suite.stop().await.unwrap();
}

/// Number of a field of the contract.
pub(crate) fn field_of(message: &str, field: &str) -> u32 {
    let message = redress_proto::pool().get_message_by_name(message).unwrap();
    message.get_field_by_name(field).unwrap().number()
}

const ID: &str = "00000000-0000-4000-8000-000000000001";

/// A well-formed request of [`GET`].
pub(crate) fn get() -> Vec<u8> {
    text(1, &format!("complaints/{ID}"))
}

/// A well-formed request of [`PANIC`] and [`PANIC_LATER`].
fn letter() -> Vec<u8> {
    let field = field_of("redress.complaints.v1.GetLetterRequest", "name");
    text(field, &format!("letters/{ID}"))
}

/// A well-formed request of [`WORK`].
pub(crate) fn close() -> Vec<u8> {
    filled("redress.complaints.v1.CloseComplaintRequest")
}

fn withdraw() -> Vec<u8> {
    filled("redress.complaints.v1.WithdrawComplaintRequest")
}

fn signposting() -> Vec<u8> {
    filled("redress.complaints.v1.GetSignpostingRequest")
}

/// A text field, encoded.
pub(crate) fn text(field: u32, value: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    prost::encoding::string::encode(field, &value.to_owned(), &mut bytes);
    bytes
}

/// The smallest well-formed request of this type: every required field with a plain value.
pub(crate) fn filled(message: &str) -> Vec<u8> {
    crate::inspection::smallest(&redress_proto::pool().get_message_by_name(message).unwrap())
}

/// The other end of a connection, frame by frame.
struct Peer(TcpStream);

impl Peer {
    async fn connect(suite: &Suite) -> Self {
        let mut stream = TcpStream::connect(suite.running().address()).await.unwrap();
        stream.write_all(PREFACE).await.unwrap();
        let mut peer = Self(stream);
        peer.send(SETTINGS, 0, 0, &[]).await.unwrap();
        peer
    }

    async fn send(&mut self, kind: u8, flags: u8, stream: u32, payload: &[u8]) -> std::io::Result<()> {
        self.0.write_all(&Self::framed(kind, flags, stream, payload)).await
    }

    fn framed(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        let mut frame = vec![length[1], length[2], length[3], kind, flags];
        frame.extend_from_slice(&stream.to_be_bytes());
        frame.extend_from_slice(payload);
        frame
    }

    /// Waits until the server has hung up. What it said last may be lost to a peer that still talks.
    async fn hung_up(&mut self) {
        while self.frame().await.is_some() {}
    }

    /// The next frame; `None` when the connection has ended.
    async fn frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let reading = async {
            let mut head = [0; 9];
            self.0.read_exact(&mut head).await.ok()?;
            let mut payload = vec![0; u32::from_be_bytes([0, head[0], head[1], head[2]]) as usize];
            self.0.read_exact(&mut payload).await.ok()?;
            Some((head[3], payload))
        };
        tokio::time::timeout(Duration::from_secs(10), reading).await.expect("a frame or the end")
    }
}
