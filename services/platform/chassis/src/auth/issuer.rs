//! The development issuer: identities for one machine, so that the suite can be tried without an identity provider.
//! Its key lies in a file that only its owner reads; services believe it only where `auth.development` says so.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::Path,
};

use aws_lc_rs::{
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair as _},
};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use uuid::Uuid;

use super::{Claims, Trusted, claims::Audience};
use crate::caller::{Roles, role_word};

/// The `iss` of development tokens.
const DEVELOPMENT: &str = "redress-development";
/// The `iss` of tokens that a process makes for itself and nobody else believes.
const PASSING: &str = "redress-process";
/// The `kid` of an issuer's one key.
const KEY_ID: &str = "development";

/// Who a development token is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The organisation the bearer acts for.
    pub organisation: Uuid,
    /// Opaque id of the bearer.
    pub subject: String,
    /// What the bearer may be.
    pub roles: Roles,
    /// Whether the bearer is a natural person.
    pub person: bool,
}

/// Issues development tokens.
pub struct Issuer {
    name: &'static str,
    key: EncodingKey,
    public: Vec<u8>,
}

/// The development key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// The file cannot be read or made.
    #[error("the key file of the development issuer cannot be read or made")]
    File(#[source] io::Error),
    /// Others than its owner may read it.
    #[error("the key file of the development issuer may be read by others; its mode must be 0600")]
    Exposed,
    /// It holds no Ed25519 key.
    #[error("the key file of the development issuer holds no key")]
    NoKey,
    /// A token cannot be signed.
    #[error("a token cannot be signed")]
    Unsigned,
}

impl Issuer {
    /// Reads the key at `path`.
    ///
    /// # Errors
    /// [`Unusable`] when it is missing, holds no key, or others may read it.
    pub fn open(path: &Path) -> Result<Self, Unusable> {
        let mode = fs::metadata(path).map_err(Unusable::File)?.permissions().mode();
        if mode & 0o077 != 0 {
            return Err(Unusable::Exposed);
        }
        Self::from_pkcs8(DEVELOPMENT, &fs::read(path).map_err(Unusable::File)?)
    }

    /// Reads the key at `path`, making it first when it is not there.
    pub fn open_or_make(path: &Path) -> Result<Self, Unusable> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Unusable::File)?;
        }
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| Unusable::NoKey)?;
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(mut file) => {
                file.write_all(pkcs8.as_ref()).and_then(|()| file.sync_all()).map_err(Unusable::File)?;
                Self::from_pkcs8(DEVELOPMENT, pkcs8.as_ref())
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Self::open(path),
            Err(error) => Err(Unusable::File(error)),
        }
    }

    /// An issuer with a key that is kept nowhere: what it issues is believed in this process only.
    pub fn passing() -> Result<Self, Unusable> {
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).map_err(|_| Unusable::NoKey)?;
        Self::from_pkcs8(PASSING, pkcs8.as_ref())
    }

    fn from_pkcs8(name: &'static str, pkcs8: &[u8]) -> Result<Self, Unusable> {
        let pair = Ed25519KeyPair::from_pkcs8(pkcs8).map_err(|_| Unusable::NoKey)?;
        Ok(Self { name, key: EncodingKey::from_ed_der(pkcs8), public: pair.public_key().as_ref().to_vec() })
    }

    /// A token for `identity`, valid from now on.
    pub fn issue(
        &self,
        identity: &Identity,
        audience: &str,
        lifetime: SignedDuration,
        now: Timestamp,
    ) -> Result<String, Unusable> {
        let begin = now.as_second();
        self.sign(&Claims {
            iss: self.name.to_owned(),
            aud: Audience::One(audience.to_owned()),
            sub: identity.subject.clone(),
            exp: begin.saturating_add(lifetime.as_secs()),
            nbf: begin,
            iat: begin,
            org: identity.organisation,
            roles: identity.roles.iter().map(role_word).collect(),
            person: identity.person,
            act: None,
        })
    }

    /// A token with exactly these claims.
    pub fn sign(&self, claims: &Claims) -> Result<String, Unusable> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(KEY_ID.to_owned());
        encode(&header, claims, &self.key).map_err(|_| Unusable::Unsigned)
    }

    /// The trust in this issuer.
    pub(crate) fn trusted(&self) -> Trusted {
        Trusted::ed25519(self.name, KEY_ID, &self.public)
    }
}

impl std::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Issuer").finish_non_exhaustive()
    }
}
