//! Bytes that are no message, or more than one should be (G1, G2, G4, G5, G8, G16–G18).

use prost_reflect::{FieldDescriptor, Kind, prost::Message as _};
use redress_tests::{
    chain::Member,
    contract::{self, Rpc},
    refused::Refused,
};
use tonic::Code;

use super::filled::filled;
use crate::stand::{Stand, refused};

/// What an rpc takes when it declares nothing else.
const DEFAULT_LIMIT: u32 = 65_536;

fn limit(rpc: &Rpc) -> usize {
    let declared = rpc.access.as_ref().map_or(0, |access| access.max_request_bytes);
    usize::try_from(if declared == 0 { DEFAULT_LIMIT } else { declared }).unwrap()
}

fn malformed(refusal: &Refused) -> bool {
    refusal.code == Code::InvalidArgument && refusal.reason == "MALFORMED_MESSAGE" && refusal.names("(body)")
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_no_message_are_the_callers_mistake() {
    let stand = Stand::new(0x6a1).await;
    let bodies: [(&str, &[u8]); 6] = [
        ("a truncated varint", &[0x08, 0xff]),
        (
            "a varint of eleven bytes",
            &[0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
        ),
        ("a length beyond the end", &[0x0a, 0x7f, 0x61]),
        ("a group", &[0x0b, 0x0c]),
        ("the field number zero", &[0x02, 0x01, 0x61]),
        ("a wire type that does not exist", &[0x0f]),
    ];
    for rpc in contract::rpcs() {
        let token = stand.token(Member::Prime, &rpc);
        for (what, body) in bodies {
            let refusal = refused(&rpc, what, stand.send_bytes(&rpc, &token, body.to_vec()).await);
            assert!(malformed(&refusal), "{} with {what}: {refusal:?}", rpc.path()); // fact 0.9
            let field = rpc.method.input().fields().next().map(|field| field.name().to_owned());
            assert!(field.is_none_or(|field| !refusal.message.contains(&field)), "{refusal:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn text_is_utf8() {
    let stand = Stand::new(0x6a2).await;
    let mut tried = 0;
    for rpc in contract::rpcs() {
        let text = rpc.method.input().fields().find(|field| field.kind() == Kind::String);
        let Some(field) = text else { continue };
        tried += 1;
        let mut body = Vec::new();
        prost::encoding::encode_key(field.number(), prost::encoding::WireType::LengthDelimited, &mut body);
        body.extend_from_slice(&[2, 0xc3, 0x28]);
        let token = stand.token(Member::Prime, &rpc);
        let refusal = refused(&rpc, "text that is not UTF-8", stand.send_bytes(&rpc, &token, body).await);
        assert!(malformed(&refusal), "{}: {refusal:?}", rpc.path());
    }
    assert!(tried > 30, "{tried}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_over_the_limit_says_what_the_limit_is() {
    let stand = Stand::new(0x6a4).await;
    for rpc in contract::rpcs() {
        let token = stand.token(Member::Prime, &rpc);
        let body = unknown(limit(&rpc) + 1);
        let refusal = refused(&rpc, "a long message", stand.send_bytes(&rpc, &token, body).await);
        let got = (refusal.code, refusal.reason.as_str());
        assert_eq!(got, (Code::ResourceExhausted, "MESSAGE_TOO_LARGE"), "{}: {refusal:?}", rpc.path());
        let told = refusal.metadata.get("limit_bytes").cloned();
        assert_eq!(told, Some(limit(&rpc).to_string()), "{}: {refusal:?}", rpc.path());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_items_than_allowed_cost_nothing() {
    let stand = Stand::new(0x6a5).await;
    let before = stand.server.memory("VmHWM");
    let mut tried = 0;
    for rpc in contract::rpcs() {
        for field in rpc.method.input().fields().filter(FieldDescriptor::is_list) {
            if !matches!(field.kind(), Kind::Message(_) | Kind::String) {
                continue;
            }
            tried += 1;
            // Two bytes an item: the densest there is (fact 0.10).
            let mut one = Vec::new();
            prost::encoding::encode_key(field.number(), prost::encoding::WireType::LengthDelimited, &mut one);
            one.push(0);
            let body = one.repeat(limit(&rpc) / one.len());
            let token = stand.token(Member::Prime, &rpc);
            let refusal = refused(&rpc, "too many items", stand.send_bytes(&rpc, &token, body).await);
            let field = (field.name().to_owned(), "TOO_MANY_ITEMS".to_owned());
            assert_eq!(refusal.code, Code::InvalidArgument, "{}: {refusal:?}", rpc.path());
            assert!(
                refusal.violations.contains(&field) || refusal.violations.len() == 20,
                "{}: {refusal:?}",
                rpc.path()
            );
        }
    }
    assert!(tried >= 3, "{tried}");
    if let (Some(before), Some(after)) = (before, stand.server.memory("VmHWM")) {
        assert!(after < before + 64 * 1024, "memory grew from {before} to {after} kB");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_fields_are_refused_only_where_nothing_can_be_undone() {
    let mut stand = Stand::new(0x6a8).await;
    let names = stand.nothing();
    for rpc in contract::rpcs() {
        let token = stand.token(Member::Prime, &rpc);
        let mut seed = stand.seed.split();
        let mut body = filled(&rpc.method.input(), &names, &mut seed).encode_to_vec();
        body.extend(unknown(8));
        let answer = stand.send_bytes(&rpc, &token, body).await;
        let irreversible = rpc.access.as_ref().is_some_and(|access| access.irreversible);
        let unknown = answer
            .is_err_and(|refusal| refusal.violations.iter().any(|(_, reason)| reason == "UNKNOWN_FIELD"));
        assert_eq!(unknown, irreversible, "{}", rpc.path());
    }
}

/// A field that no message has, the whole of it `length` bytes long at least.
fn unknown(length: usize) -> Vec<u8> {
    use prost::encoding::{WireType, encode_key, encode_varint};
    let mut body = Vec::new();
    encode_key(19_000 - 1, WireType::LengthDelimited, &mut body);
    encode_varint(length as u64, &mut body);
    body.resize(body.len() + length, b'x');
    body
}
