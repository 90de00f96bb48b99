//! Who a service is to its peers: a token with the role of a service and no other, that belongs to no organisation.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use jiff::{SignedDuration, Timestamp};
use redress_kernel::Clock;
use redress_proto::options::v1::Role;
use tonic::metadata::{Ascii, MetadataValue};
use uuid::Uuid;

use crate::{
    auth::{self, Issuer},
    caller::Roles,
};

/// The organisation of the suite's own identities, which is party to nothing.
const SUITE: Uuid = Uuid::from_u128(0x0000_0000_0000_7000_8000_7265_6472_6573);
/// How long a token that is made here is good; it is renewed at half of it.
const LIFETIME: SignedDuration = SignedDuration::from_hours(1);

type Token = MetadataValue<Ascii>;

/// Where the token comes from.
pub(crate) enum Identity {
    /// From an identity provider, by way of a file.
    File(TokenFile),
    /// From an issuer in this process.
    Issued(Issued),
    /// From nowhere: peers will say so.
    None,
}

impl Identity {
    /// The token to call with.
    pub(crate) fn token(&self) -> Option<Token> {
        match self {
            Self::File(file) => file.token(),
            Self::Issued(issued) => issued.token(),
            Self::None => None,
        }
    }
}

/// A file that someone else renews.
pub(crate) struct TokenFile {
    path: PathBuf,
    held: Mutex<Held>,
}

#[derive(Default)]
struct Held {
    changed: Option<SystemTime>,
    token: Option<Token>,
}

impl TokenFile {
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), held: Mutex::default() }
    }

    /// The token as it is in the file now. One that cannot be read leaves the last one in use.
    fn token(&self) -> Option<Token> {
        let changed = fs::metadata(&self.path).and_then(|metadata| metadata.modified()).ok();
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if changed.is_some() && changed != held.changed {
            if let Some(token) = fs::read_to_string(&self.path).ok().and_then(|text| bearer(text.trim())) {
                *held = Held { changed, token: Some(token) };
            } else {
                tracing::warn!("the token file of this service cannot be read; the last one stays");
            }
        }
        held.token.clone()
    }
}

/// Tokens that are made here when they are needed.
pub(crate) struct Issued {
    pub(crate) issuer: Arc<Issuer>,
    pub(crate) audience: String,
    pub(crate) service: &'static str,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) held: Mutex<Option<(Token, Timestamp)>>,
}

impl Issued {
    fn token(&self) -> Option<Token> {
        let now = self.clock.now();
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((token, renew)) = held.as_ref().filter(|(_, renew)| now < *renew) {
            let _ = renew;
            return Some(token.clone());
        }
        let identity = auth::Identity {
            organisation: SUITE,
            subject: format!("redress-{}", self.service),
            roles: [Role::Service].into_iter().collect::<Roles>(),
            person: false,
        };
        let token =
            self.issuer.issue(&identity, &self.audience, LIFETIME, now).ok().and_then(|t| bearer(&t))?;
        *held = Some((token.clone(), now.saturating_add(LIFETIME / 2).unwrap_or(now)));
        Some(token)
    }
}

fn bearer(token: &str) -> Option<Token> {
    let mut value: Token = format!("Bearer {token}").parse().ok()?;
    value.set_sensitive(true);
    (!token.is_empty()).then_some(value)
}
