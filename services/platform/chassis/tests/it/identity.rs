//! Tokens that are not what they should be (G12, L44, threat 2).

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use redress_chassis::auth::{Audience, Claims, Identity, Issuer};
use redress_kernel::Clock as _;
use redress_testkit::Suite;
use serde_json::{Value, json};
use tonic::Code;
use uuid::Uuid;

use crate::{
    hardening::get,
    puppet::{self, GET, MEMBERS, framed, manager},
    wire::Wire,
};

fn claims(suite: &Suite) -> Claims {
    let now = suite.clock.now().as_second();
    Claims {
        iss: "redress-development".to_owned(),
        aud: Audience::One("redress".to_owned()),
        sub: "manager-1".to_owned(),
        exp: now + 3600,
        nbf: now,
        iat: now,
        org: Uuid::from_u128(1),
        roles: vec!["complaints_manager".to_owned()],
        person: true,
        act: None,
    }
}

async fn answer(suite: &Suite, token: Option<String>) -> (Code, String) {
    let mut wire = Wire::with_token(suite.running().address(), token).await;
    let answer = wire.call(GET, &get()).await;
    let refused = answer.refused();
    assert!(answer.code() == Code::Ok || refused.request_id.len() == 32);
    (answer.code(), refused.reason)
}

fn unauthenticated(reason: &str) -> (Code, String) {
    (Code::Unauthenticated, reason.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_that_do_not_hold_are_not_believed() {
    let suite = puppet::suite().await;
    let good = claims(&suite);
    let sign = |claims: &Claims| suite.issuer().sign(claims).unwrap();
    assert_eq!(answer(&suite, Some(sign(&good))).await.0, Code::Ok);
    assert_eq!(answer(&suite, None).await, unauthenticated("TOKEN_MISSING"));

    let now = good.nbf;
    let changed: [(&str, Claims); 8] = [
        ("TOKEN_INVALID", Claims { iss: "https://elsewhere.example/".to_owned(), ..good.clone() }),
        ("TOKEN_INVALID", Claims { aud: Audience::One("another".to_owned()), ..good.clone() }),
        ("TOKEN_INVALID", Claims { sub: String::new(), ..good.clone() }),
        ("TOKEN_INVALID", Claims { org: Uuid::nil(), ..good.clone() }),
        ("TOKEN_INVALID", Claims { exp: now - 10, nbf: now, ..good.clone() }),
        ("TOKEN_EXPIRED", Claims { exp: now - 5, nbf: now - 100, ..good.clone() }),
        ("TOKEN_NOT_YET_VALID", Claims { nbf: now + 6, ..good.clone() }),
        ("TOKEN_NOT_YET_VALID", Claims { nbf: now + 3000, ..good.clone() }),
    ];
    for (reason, claims) in changed {
        assert_eq!(answer(&suite, Some(sign(&claims))).await, unauthenticated(reason), "{claims:?}");
    }
    // Clocks may differ by the leeway, and an audience may be one of several.
    let several = Audience::Several(vec!["another".to_owned(), "redress".to_owned()]);
    for claims in [
        Claims { exp: now - 4, nbf: now - 100, ..good.clone() },
        Claims { aud: several, nbf: now + 5, ..good },
    ] {
        assert_eq!(answer(&suite, Some(sign(&claims))).await.0, Code::Ok, "{claims:?}");
    }
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_was_believed_is_not_believed_for_ever() {
    let suite = puppet::suite().await;
    let token = suite.token(&manager()).unwrap();
    assert_eq!(answer(&suite, Some(token.clone())).await.0, Code::Ok);
    suite.clock.move_by(SignedDuration::from_hours(2));
    assert_eq!(answer(&suite, Some(token)).await, unauthenticated("TOKEN_EXPIRED"));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_was_changed_is_not_believed() {
    let suite = puppet::suite().await;
    let token = suite.issuer().sign(&claims(&suite)).unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts[..] else { panic!("a token has three parts") };
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let read =
        |part: &str| -> Value { serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap() };

    let mut raised = read(payload);
    raised["roles"] = json!(["operator"]);
    let headers = [
        json!({"alg": "none", "typ": "JWT", "kid": "development"}),
        json!({"alg": "None", "typ": "JWT", "kid": "development"}),
        json!({"alg": "HS256", "typ": "JWT", "kid": "development"}),
        json!({"alg": "RS256", "typ": "JWT", "kid": "development"}),
        json!({"alg": "ES256", "typ": "JWT", "kid": "development"}),
        json!({"alg": "EdDSA", "typ": "JWT", "kid": "another"}),
        json!({"alg": "EdDSA", "typ": "JWT", "kid": "../../dev/null"}),
        json!({"alg": "EdDSA", "typ": "JWT"}),
        json!({"alg": "EdDSA", "typ": "secevent+jwt", "kid": "development"}),
        json!({"alg": "EdDSA", "typ": "JWT", "kid": "development", "crit": ["exp"]}),
    ];
    let mut forged: Vec<String> =
        headers.iter().map(|header| format!("{}.{payload}.{signature}", encode(header))).collect();
    // The public key as the secret of an HMAC is the oldest trick there is.
    let hs = format!("{}.{payload}", encode(&headers[2]));
    let public = URL_SAFE_NO_PAD.encode(public_key(&suite));
    let tag = aws_lc_rs::hmac::sign(
        &aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, public.as_bytes()),
        hs.as_bytes(),
    );
    forged.push(format!("{hs}.{}", URL_SAFE_NO_PAD.encode(tag.as_ref())));
    // Another issuer's key under our key id.
    forged.push(Issuer::passing().unwrap().sign(&claims(&suite)).unwrap());
    forged.extend([
        format!("{header}.{}.{signature}", encode(&raised)),
        format!("{header}.{payload}."),
        format!("{header}.{payload}"),
        format!("{header}.{payload}.{signature}."),
        format!("{header}.{payload}.{}", &signature[..signature.len() - 2]),
        "a.b.c".to_owned(),
        "x".repeat(8192),
    ]);
    for token in forged {
        assert_eq!(answer(&suite, Some(token.clone())).await, unauthenticated("TOKEN_INVALID"), "{token}");
    }
    assert_eq!(
        answer(&suite, Some("x".repeat(8193))).await,
        (Code::ResourceExhausted, "TOKEN_TOO_LARGE".to_owned())
    );
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_comes_from_the_token_alone() {
    // G14, L44
    let suite = puppet::suite().await;
    let mut wire = Wire::of(&suite, &manager()).await;
    let request = crate::hardening::filled("redress.complaints.v1.IssueFinalResponseRequest");
    let plain = wire.call(puppet::FINAL, &request).await.text();
    let spoofed = [
        ("x-tenant-id", "00000000-0000-0000-0000-000000000009"),
        ("x-auth-userid", "someone-else"),
        ("x-auth-roles", "operator"),
        ("x-forwarded-for", "192.0.2.1"),
        ("x-forwarded-client-cert", "URI=spiffe://redress/svc/routing"),
    ];
    let with = wire.send(puppet::FINAL, &spoofed, framed(&request)).await.text();
    // The trace is a new one each time; all else is the same.
    let without_trace = |text: &str| {
        text.split(' ')
            .enumerate()
            .filter(|(at, _)| *at != 3)
            .map(|(_, word)| word.to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(without_trace(&with), without_trace(&plain));

    let token = suite.token(&manager()).unwrap();
    let mut nobody = Wire::with_token(suite.running().address(), None).await;
    for value in [token.clone(), format!("Basic {token}"), "Bearer".to_owned(), "Bearer ".to_owned()] {
        let answer = nobody.send(GET, &[("authorization", &value)], framed(&get())).await;
        assert_eq!(answer.refused().reason, "TOKEN_MISSING");
        assert_eq!(answer.headers["www-authenticate"], "Bearer");
    }
    let bearer = format!("Bearer {token}");
    let answer = wire.send(GET, &[("authorization", &bearer)], framed(&get())).await;
    assert_eq!(answer.refused().reason, "TOKEN_MISSING", "two identities are none");
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keys_of_a_provider_can_be_changed_while_the_service_runs() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jwks.json");
    let old = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let new = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    // A symmetric key in the set must never become one of ours.
    let secret = json!({"kty": "oct", "kid": "oct", "alg": "HS256", "k": URL_SAFE_NO_PAD.encode("secret")});
    std::fs::write(&file, json!({"keys": [jwk("old", &old), secret]}).to_string()).unwrap();
    let suite = Suite::of(MEMBERS)
        .with("auth.development", "false")
        .with("auth.issuer", "https://identity.example/")
        .with("auth.jwks_file", file.display())
        .start()
        .await
        .unwrap();
    let claims = Claims { iss: "https://identity.example/".to_owned(), ..claims(&suite) };
    let (by_old, by_new) = (es256("old", &old, &claims), es256("new", &new, &claims));
    assert_eq!(answer(&suite, Some(by_old.clone())).await.0, Code::Ok);
    assert_eq!(answer(&suite, Some(by_new.clone())).await, unauthenticated("TOKEN_INVALID"));
    assert_eq!(
        answer(&suite, Some(suite.token(&manager()).unwrap())).await,
        unauthenticated("TOKEN_INVALID")
    );
    let header = URL_SAFE_NO_PAD.encode(json!({"alg": "HS256", "typ": "JWT", "kid": "oct"}).to_string());
    let message = format!("{header}.{}", by_old.split('.').nth(1).unwrap());
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, b"secret");
    let tag = URL_SAFE_NO_PAD.encode(aws_lc_rs::hmac::sign(&key, message.as_bytes()).as_ref());
    assert_eq!(answer(&suite, Some(format!("{message}.{tag}"))).await, unauthenticated("TOKEN_INVALID"));

    std::fs::write(&file, json!({"keys": [jwk("new", &new)]}).to_string()).unwrap();
    let later = std::time::UNIX_EPOCH + std::time::Duration::from_secs(4_000_000_000);
    std::fs::File::options().write(true).open(&file).unwrap().set_modified(later).unwrap();
    suite.clock.move_by(SignedDuration::from_secs(60));
    assert_eq!(answer(&suite, Some(by_new)).await.0, Code::Ok);
    // A key that was withdrawn is not believed any more, nor what it had signed before.
    assert_eq!(answer(&suite, Some(by_old)).await, unauthenticated("TOKEN_INVALID"));
    suite.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_development_issuer_is_off_unless_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jwks.json");
    let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    std::fs::write(&file, json!({"keys": [jwk("one", &key)]}).to_string()).unwrap();
    let environment = vec![("REDRESS_AUTH_JWKS_FILE", file.to_str().unwrap())];
    let settled = redress_chassis::process::settle(&MEMBERS, &environment, None).unwrap();
    let development = settled.effective.iter().find(|one| one.setting == "auth.development").unwrap();
    assert_eq!(development.value, "false");
}

#[test]
fn a_key_file_that_others_can_read_is_not_used() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("issuer.key");
    Issuer::open_or_make(&file).unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert!(Issuer::open(&file).is_err());
}

#[test]
fn an_identity_is_what_its_token_says() {
    let identity: Identity = manager();
    let issuer = Issuer::passing().unwrap();
    let now = "2026-06-15T09:00:00Z".parse().unwrap();
    let token = issuer.issue(&identity, "redress", SignedDuration::from_hours(1), now).unwrap();
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    let claims: Claims = serde_json::from_slice(&payload).unwrap();
    assert_eq!((claims.org, claims.sub.as_str()), (identity.organisation, "manager-1"));
    assert_eq!((claims.exp - claims.nbf, claims.roles), (3600, vec!["complaints_manager".to_owned()]));
}

fn public_key(suite: &Suite) -> Vec<u8> {
    let pkcs8 = std::fs::read(suite.folder().join("development-issuer.key")).unwrap();
    Ed25519KeyPair::from_pkcs8(&pkcs8).unwrap().public_key().as_ref().to_vec()
}

fn jwk(kid: &str, key: &EcdsaKeyPair) -> Value {
    let point = key.public_key().as_ref();
    let part = |from: usize| URL_SAFE_NO_PAD.encode(&point[from..from + 32]);
    json!({"kty": "EC", "crv": "P-256", "use": "sig", "kid": kid, "x": part(1), "y": part(33)})
}

fn es256(kid: &str, key: &EcdsaKeyPair, claims: &Claims) -> String {
    let header = URL_SAFE_NO_PAD.encode(json!({"alg": "ES256", "typ": "at+jwt", "kid": kid}).to_string());
    let payload = URL_SAFE_NO_PAD.encode(serde_json::to_string(claims).unwrap());
    let message = format!("{header}.{payload}");
    let signature = key.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature.as_ref()))
}
