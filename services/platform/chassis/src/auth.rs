//! Who is calling: a signed token, held against keys and claims, and nothing a caller may put into another header.
//!
//! The algorithm is the key's, never the token's; issuer, audience, expiry and start are all required; hints in the
//! header where to find a key are ignored (threat 2, lesson L44).

mod claims;
mod issuer;
mod keys;
mod seen;

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use http::HeaderMap;
use jsonwebtoken::{Validation, decode, decode_header};
use redress_kernel::Clock;
use tonic::Status;

pub use claims::{Audience, Claims, Delegate};
pub use issuer::{Identity, Issuer, Unusable};
pub use keys::BadKeys;

pub(crate) use keys::Trusted;

use self::seen::{Seen, Token};
use crate::{
    caller::Caller,
    status::{Details, Domain, Reason},
};

/// Longest token that is looked at.
const LONGEST: usize = 8 * 1024;

/// Verifies tokens. A token that was verified is remembered until it expires, because a signature costs more than all
/// other steps of a call together.
pub(crate) struct Authenticator {
    trusted: Vec<Trusted>,
    audience: String,
    leeway: i64,
    clock: Arc<dyn Clock>,
    seen: RwLock<Seen>,
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    Invalid,
    Expired,
    NotYet,
}

impl Authenticator {
    pub(crate) fn new(
        trusted: Vec<Trusted>,
        audience: String,
        leeway: Duration,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let leeway = i64::try_from(leeway.as_secs()).unwrap_or(0);
        Self { trusted, audience, leeway, clock, seen: RwLock::default() }
    }

    /// The identity behind a call.
    pub(crate) fn authenticate(&self, domain: Domain, headers: &HeaderMap) -> Result<Arc<Caller>, Status> {
        let token = bearer(headers).ok_or_else(|| {
            refuse(domain, Reason::TokenMissing, "a call needs an `authorization: Bearer` token")
        })?;
        if token.len() > LONGEST {
            return Err(Details::new(domain, Reason::TokenTooLarge.code(), Reason::TokenTooLarge)
                .with("limit_bytes", LONGEST)
                .quota("token_bytes", "a token has at most 8,192 bytes")
                .say("the token is too large"));
        }
        self.caller(token).map_err(|doubt| match doubt {
            Doubt::Invalid => {
                refuse(domain, Reason::TokenInvalid, "the token is not one that this service trusts")
            }
            Doubt::Expired => {
                refuse(domain, Reason::TokenExpired, "the token is no longer valid; get a new one")
            }
            Doubt::NotYet => refuse(domain, Reason::TokenNotYetValid, "the token is not valid yet"),
        })
    }

    fn caller(&self, token: &str) -> Result<Arc<Caller>, Doubt> {
        let now = self.clock.now().as_second();
        if self.trusted.iter().any(|trusted| trusted.refresh(now)) {
            // A key may have been withdrawn, so nothing that was verified before counts.
            self.seen.write().unwrap_or_else(PoisonError::into_inner).forget();
        }
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = seen.get(token) {
            self.in_time(known.not_before, known.expires, now)?;
            return Ok(known.caller.clone());
        }
        let since = seen.since();
        drop(seen);
        let (caller, not_before, expires) = self.verify(token)?;
        self.in_time(not_before, expires, now)?;
        let caller = Arc::new(caller);
        let verified = Token { caller: caller.clone(), not_before, expires };
        self.seen.write().unwrap_or_else(PoisonError::into_inner).keep(token, verified, since, now);
        Ok(caller)
    }

    fn verify(&self, token: &str) -> Result<(Caller, i64, i64), Doubt> {
        let header = decode_header(token).map_err(|_| Doubt::Invalid)?;
        let known_type = header
            .typ
            .as_deref()
            .is_none_or(|typ| typ.eq_ignore_ascii_case("JWT") || typ.eq_ignore_ascii_case("at+jwt"));
        let plain = header.crit.is_none() && header.enc.is_none() && header.zip.is_none();
        let kid = header.kid.as_deref().filter(|_| known_type && plain).ok_or(Doubt::Invalid)?;
        self.trusted
            .iter()
            .find_map(|trusted| {
                let key = trusted.key(kid)?;
                // Times are judged below, by the clock that was handed in.
                let mut validation = Validation::new(key.algorithm);
                validation.validate_exp = false;
                validation.set_issuer(&[trusted.issuer.as_str()]);
                validation.set_audience(&[self.audience.as_str()]);
                validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
                decode::<Claims>(token, &key.key, &validation).ok()
            })
            .and_then(|verified| verified.claims.caller())
            .ok_or(Doubt::Invalid)
    }

    fn in_time(&self, not_before: i64, expires: i64, now: i64) -> Result<(), Doubt> {
        if now >= expires.saturating_add(self.leeway) {
            Err(Doubt::Expired)
        } else if now < not_before.saturating_sub(self.leeway) {
            Err(Doubt::NotYet)
        } else {
            Ok(())
        }
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(http::header::AUTHORIZATION).iter();
    let value = values.next()?;
    // Two identities on one call are none.
    if values.next().is_some() {
        return None;
    }
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn refuse(domain: Domain, reason: Reason, message: &str) -> Status {
    let challenge = if reason == Reason::TokenMissing { "Bearer" } else { "Bearer error=\"invalid_token\"" };
    Details::new(domain, reason.code(), reason).header("www-authenticate", challenge).say(message)
}
