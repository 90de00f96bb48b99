//! Every rpc with no identity and with every kind of wrong one (G12, G14, threat 2).

use std::collections::HashMap;

use redress_tests::{
    chain::Member,
    contract::{self, Rpc},
    identity::{Identity, Issuer, seconds},
    officer::Answer,
    raw::Sending,
    refused::Refused,
};
use serde_json::{Value, json};
use tonic::Code;

use crate::stand::{Stand, each_rpc, refused};

#[tokio::test(flavor = "multi_thread")]
async fn no_rpc_answers_without_a_good_identity() {
    let stand = Stand::new(0x1de1).await;
    let other = Issuer::new().unwrap();
    // Of each caller the bad tokens are made once; whether the rpc is one it may call is all that matters of it.
    let mut tokens: HashMap<Identity, Vec<(&'static str, Option<String>)>> = HashMap::new();
    for rpc in contract::rpcs() {
        let caller = stand.caller(Member::Prime, &rpc);
        tokens.entry(caller).or_insert_with_key(|caller| bad_tokens(&stand, &other, caller));
    }
    each_rpc(async |rpc| {
        for (what, token) in &tokens[&stand.caller(Member::Prime, &rpc)] {
            let answer = call(&stand, &rpc, token.as_deref(), &[]).await;
            let refusal = refused(&rpc, what, answer);
            let expected =
                if *what == "a token of 64 KiB" { Code::ResourceExhausted } else { Code::Unauthenticated };
            assert_eq!(refusal.code, expected, "{} with {what}: {refusal:?}", rpc.path());
            assert!(refusal.reason.starts_with("TOKEN_"), "{} with {what}: {refusal:?}", rpc.path());
            assert!(refusal.request_info && refusal.domain.ends_with(".redress"), "{refusal:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn headers_that_name_someone_else_change_nothing() {
    let stand = Stand::new(0x1de2).await;
    let prime = stand.chain.people.prime.to_string();
    each_rpc(async |rpc| {
        for header in ["x-tenant-id", "x-organisation", "x-user", "x-forwarded-user"] {
            let refusal = refused(&rpc, header, call(&stand, &rpc, None, &[(header, prime.clone())]).await);
            assert_eq!(
                (refusal.code, refusal.reason.as_str()),
                (Code::Unauthenticated, "TOKEN_MISSING"),
                "{}",
                rpc.path()
            );
        }
    })
    .await;
}

async fn call(
    stand: &Stand,
    rpc: &Rpc,
    token: Option<&str>,
    headers: &[(&'static str, String)],
) -> Answer<Vec<bytes::Bytes>> {
    let sending = Sending {
        messages: vec![bytes::Bytes::new()],
        token: token.map(str::to_owned),
        headers: headers.to_vec(),
    };
    stand.peer.call(&rpc.path(), sending).await.map_err(|status| Box::new(Refused::from(&status)))
}

/// Every kind of token that is not to be believed, and none at all.
fn bad_tokens(stand: &Stand, other: &Issuer, caller: &Identity) -> Vec<(&'static str, Option<String>)> {
    let issuer = stand.chain.people.issuer();
    let good = caller.claims(seconds());
    let with = |change: &[(&str, Value)]| {
        let mut claims = good.clone();
        for (name, value) in change {
            claims[*name] = value.clone();
        }
        Some(issuer.sign(&claims).unwrap())
    };
    let without = |name: &str| {
        let mut claims = good.clone();
        claims.as_object_mut().unwrap().remove(name);
        Some(issuer.sign(&claims).unwrap())
    };
    let now = seconds();
    vec![
        ("no token", None),
        ("words", Some("let me in".to_owned())),
        ("another issuer's name", with(&[("iss", json!("https://elsewhere.example/"))])),
        ("another issuer's key", Some(other.sign(&good).unwrap())),
        ("another audience", with(&[("aud", json!("payroll"))])),
        ("an expired token", with(&[("nbf", json!(now - 7200)), ("exp", json!(now - 3600))])),
        ("a token of tomorrow", with(&[("nbf", json!(now + 86400)), ("exp", json!(now + 90000))])),
        ("no expiry", without("exp")),
        ("no start", without("nbf")),
        ("no audience", without("aud")),
        ("no subject", without("sub")),
        ("no organisation", without("org")),
        ("an unknown key", Some(issuer.sign_under("no-such-key", &good).unwrap())),
        ("alg none", Some(Issuer::unsigned(&good))),
        ("the public key as an HMAC secret", Some(issuer.confused(&good).unwrap())),
        ("a token of 64 KiB", with(&[("padding", json!("x".repeat(11_000)))])),
    ]
}
