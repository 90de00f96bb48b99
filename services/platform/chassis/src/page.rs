//! Page tokens: sealed, and bound to the caller, the question and a day (reliability 4.1 G33, threat 17).
//!
//! A token holds the key after which the next page begins. That may be of someone else's making, so a token is
//! encrypted, and one that was made for another caller or another filter opens nothing.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey},
    digest,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use tonic::Status;

use crate::{call::Call, status::Domain};

/// Items on a page when the caller does not say.
pub const DEFAULT_SIZE: u32 = 50;
/// Most items on a page, whatever the caller says.
pub const LARGEST_SIZE: u32 = 200;
/// How long a token opens the next page.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// How many items a page has: fifty when the caller leaves it out, never more than two hundred.
///
/// # Errors
/// `INVALID_ARGUMENT` when it is negative.
pub fn size(domain: Domain, asked: i32) -> Result<u32, Status> {
    match u32::try_from(asked) {
        Ok(0) => Ok(DEFAULT_SIZE),
        Ok(size) => Ok(size.min(LARGEST_SIZE)),
        Err(_) => Err(domain.invalid_field("page_size", "TOO_SMALL", "must be at least 0")),
    }
}

/// Seals and opens page tokens.
#[derive(Debug)]
pub struct Pages {
    key: RandomizedNonceKey,
}

impl Pages {
    /// Tokens under `key`, which all instances of a service share.
    ///
    /// # Panics
    /// Never: the key has the length the cipher wants.
    pub fn new(key: &[u8; 32]) -> Self {
        #[expect(clippy::expect_used, reason = "a key of 32 bytes is a key of this cipher")]
        let key = RandomizedNonceKey::new(&AES_256_GCM, key).expect("a key of the right length");
        Self { key }
    }

    /// A token for the page after `cursor`, for this caller and this question. `question` is whatever decides which
    /// items the list has: filter and order, encoded.
    pub fn seal(&self, call: &Call, question: &[u8], cursor: &[u8], now: Timestamp) -> String {
        let expiry = now.saturating_add(LIFETIME).map_or(i64::MAX, Timestamp::as_second);
        let mut sealed = expiry.to_be_bytes().to_vec();
        sealed.extend_from_slice(cursor);
        let bound = Aad::from(bound(call, question));
        match self.key.seal_in_place_append_tag(bound, &mut sealed) {
            Ok(nonce) => {
                sealed.extend_from_slice(nonce.as_ref());
                URL_SAFE_NO_PAD.encode(sealed)
            }
            // The cipher refuses nothing of this size; an empty token would end the list, which is the safe side.
            Err(_) => String::new(),
        }
    }

    /// The cursor in `token`, or `None` when there is no token and the list starts at the beginning.
    ///
    /// # Errors
    /// `INVALID_ARGUMENT` when the token was changed, is not this caller's, belongs to another question or is too old;
    /// which of these is not told.
    pub fn open(
        &self,
        domain: Domain,
        call: &Call,
        question: &[u8],
        token: &str,
        now: Timestamp,
    ) -> Result<Option<Vec<u8>>, Status> {
        if token.is_empty() {
            return Ok(None);
        }
        self.unseal(call, question, token, now).map(Some).ok_or_else(|| {
            domain.invalid_field(
                "page_token",
                "INVALID_PAGE_TOKEN",
                "must be the token of the last page of the same list, not older than a day; begin again without one",
            )
        })
    }

    fn unseal(&self, call: &Call, question: &[u8], token: &str, now: Timestamp) -> Option<Vec<u8>> {
        let mut sealed = URL_SAFE_NO_PAD.decode(token).ok()?;
        let nonce = sealed.split_off(sealed.len().checked_sub(NONCE_LEN)?);
        let nonce = Nonce::try_assume_unique_for_key(&nonce).ok()?;
        let opened = self.key.open_in_place(nonce, Aad::from(bound(call, question)), &mut sealed).ok()?;
        let (expiry, cursor) = opened.split_first_chunk::<8>()?;
        (now.as_second() < i64::from_be_bytes(*expiry)).then(|| cursor.to_vec())
    }
}

/// What a token is bound to, as one digest; lengths keep the parts apart.
fn bound(call: &Call, question: &[u8]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in [
        call.method.as_bytes(),
        call.caller.organisation.as_bytes(),
        call.caller.subject.as_bytes(),
        question,
    ] {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut bound = [0; 32];
    bound.copy_from_slice(context.finish().as_ref());
    bound
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use uuid::Uuid;

    use super::*;
    use crate::{
        caller::{Caller, Roles},
        trace_context::TraceContext,
    };

    fn call(subject: &str) -> Call {
        Call {
            caller: Arc::new(Caller {
                organisation: Uuid::from_u128(1),
                subject: subject.to_owned(),
                roles: Roles::NONE,
                natural_person: true,
                by_delegate: false,
            }),
            authorization: http::HeaderValue::from_static("Bearer token"),
            deadline: None,
            trace: TraceContext::begin(Uuid::from_u128(1), false),
            digest: None,
            method: "redress.test.v1.Test/List",
        }
    }

    #[test]
    fn a_token_opens_for_its_caller_and_question_only() {
        // G33
        let (pages, now) = (Pages::new(&[7; 32]), Timestamp::UNIX_EPOCH);
        let token = pages.seal(&call("ann"), b"stage=open", b"cursor", now);
        let open = |call: &Call, question: &[u8], token: &str, now| {
            pages.open(Domain::CHASSIS, call, question, token, now)
        };
        assert_eq!(open(&call("ann"), b"stage=open", &token, now).ok(), Some(Some(b"cursor".to_vec())));
        assert!(open(&call("bob"), b"stage=open", &token, now).is_err());
        assert!(open(&call("ann"), b"stage=closed", &token, now).is_err());
        assert!(open(&call("ann"), b"stage=open", &token, now + SignedDuration::from_hours(24)).is_err());
        for at in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("ascii");
            // The last character has spare bits, which the decoder refuses to ignore.
            assert!(open(&call("ann"), b"stage=open", &changed, now).is_err(), "{at}");
        }
        for wrong in ["x", "%%%", &"A".repeat(4096)] {
            assert!(open(&call("ann"), b"stage=open", wrong, now).is_err());
        }
    }

    #[test]
    fn a_page_is_neither_negative_nor_endless() {
        // G32
        assert!(size(Domain::CHASSIS, -1).is_err());
        assert_eq!(size(Domain::CHASSIS, 0).ok(), Some(50));
        assert_eq!(size(Domain::CHASSIS, 1_000_000_000).ok(), Some(200));
    }
}
