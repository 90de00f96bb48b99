//! An identity provider of the tests' own, so that they can sign good tokens and every kind of bad one.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use anyhow::Context as _;
use aws_lc_rs::{
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use redress_proto::options::v1::Role;
use serde_json::{Value, json};
use uuid::Uuid;

/// Issuer that servers under test believe.
pub const ISSUER: &str = "https://identity.example/";
/// Audience that servers under test are.
pub const AUDIENCE: &str = "redress-test";
const KID: &str = "test-key-1";
const VALID: Duration = Duration::from_hours(1);

/// Signs tokens.
#[derive(Clone)]
pub struct Issuer {
    key: EncodingKey,
    public: Vec<u8>,
    now: Arc<dyn Fn() -> u64 + Send + Sync>,
}

impl std::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issuer").finish_non_exhaustive()
    }
}

/// Someone who calls.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The organisation acted for.
    pub organisation: Uuid,
    /// Opaque id of the person or service.
    pub subject: String,
    /// What it may be.
    pub roles: Vec<Role>,
    /// A person, not a service.
    pub natural_person: bool,
}

impl Identity {
    /// A person with one role.
    pub fn person(organisation: Uuid, subject: &str, role: Role) -> Self {
        Self { organisation, subject: subject.to_owned(), roles: vec![role], natural_person: true }
    }

    /// A service identity with one role.
    pub fn service(organisation: Uuid, subject: &str, role: Role) -> Self {
        Self { natural_person: false, ..Self::person(organisation, subject, role) }
    }

    /// Its claims, valid for an hour from `now`, in seconds since 1970.
    pub fn claims(&self, now: u64) -> Value {
        json!({
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": self.subject,
            "iat": now,
            "nbf": now - 1,
            "exp": now + VALID.as_secs(),
            "org": self.organisation.to_string(),
            "roles": self.roles.iter().map(|role| word(*role)).collect::<Vec<_>>(),
            "person": self.natural_person,
        })
    }
}

impl Issuer {
    /// Draws a key.
    pub fn new() -> anyhow::Result<Self> {
        let document =
            Ed25519KeyPair::generate_pkcs8v1(&SystemRandom::new()).ok().context("no key could be drawn")?;
        let pair =
            Ed25519KeyPair::from_pkcs8(document.as_ref()).ok().context("the key cannot be read back")?;
        Ok(Self {
            key: EncodingKey::from_ed_der(document.as_ref()),
            public: pair.public_key().as_ref().to_vec(),
            now: Arc::new(seconds),
        })
    }

    /// The same issuer by another clock, which tells seconds since 1970.
    #[must_use]
    pub fn by(self, now: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self { now: Arc::new(now), ..self }
    }

    /// The public key as the set a server reads.
    pub fn key_set(&self) -> Value {
        let x = BASE64_URL_SAFE_NO_PAD.encode(&self.public);
        json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": KID, "x": x }] })
    }

    /// A good token.
    pub fn token(&self, identity: &Identity) -> anyhow::Result<String> {
        self.sign(&identity.claims((self.now)()))
    }

    /// A token that says `claims`, signed as a good one is.
    pub fn sign(&self, claims: &Value) -> anyhow::Result<String> {
        self.sign_under(KID, claims)
    }

    /// A token that says it was signed with the key `kid`.
    pub fn sign_under(&self, kid: &str, claims: &Value) -> anyhow::Result<String> {
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::EdDSA) };
        Ok(jsonwebtoken::encode(&header, claims, &self.key)?)
    }

    /// A token signed with HMAC, the public key taken for the secret: the oldest trick there is.
    pub fn confused(&self, claims: &Value) -> anyhow::Result<String> {
        let header = Header { kid: Some(KID.to_owned()), ..Header::new(Algorithm::HS256) };
        Ok(jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(&self.public))?)
    }

    /// A token that asks to be believed without any signature.
    pub fn unsigned(claims: &Value) -> String {
        let header = json!({ "alg": "none", "typ": "JWT", "kid": KID });
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.", part(&header), part(claims))
    }
}

/// The word for a role in a token.
pub fn word(role: Role) -> String {
    role.as_str_name().trim_start_matches("ROLE_").to_lowercase()
}

/// Seconds since 1970 by the clock of this machine, which the servers under test also have.
#[expect(clippy::disallowed_methods, reason = "tokens are valid by the real clock of the server's process")]
pub fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
