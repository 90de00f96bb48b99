//! Digests of the fields of a mutating request, by which a repeated call is told from a reused `request_id`.
//!
//! They are keyed, because the content of a field may be guessed from a plain hash of it.

use aws_lc_rs::hmac;
use uuid::Uuid;

use super::wire::{Reader, Value};

/// The identity of a mutating request: its id, and one digest for each other top-level field that was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestDigest {
    /// The caller's `request_id`.
    pub request_id: Uuid,
    /// Name and digest of each field, in the order of their numbers.
    pub fields: Vec<(&'static str, [u8; 16])>,
}

/// Bytes of a digest: enough that no two bodies share one by chance.
pub(super) const LENGTH: usize = 16;

/// Digests the fields of an encoded message. The inspector has been over these bytes: they are well formed.
pub(crate) fn compute(
    key: &hmac::Key,
    method: &str,
    request_id_field: u32,
    name: impl Fn(u32) -> Option<&'static str>,
    bytes: &[u8],
) -> Option<RequestDigest> {
    let mut request_id = None;
    let mut parts: Vec<(u32, hmac::Context)> = Vec::new();
    let mut reader = Reader::new(bytes);
    loop {
        let before = reader.bytes;
        let Ok(Some((number, value))) = reader.field() else { break };
        if number == request_id_field {
            if let Value::Bytes(text) = value {
                request_id = Uuid::try_parse_ascii(text).ok();
            }
            continue;
        }
        let raw = &before[..before.len() - reader.bytes.len()];
        if let Some((_, context)) = parts.iter_mut().find(|(known, _)| *known == number) {
            context.update(raw);
            continue;
        }
        let mut context = hmac::Context::with_key(key);
        context.update(method.as_bytes());
        context.update(&[0]);
        context.update(raw);
        parts.push((number, context));
    }
    parts.sort_unstable_by_key(|(number, _)| *number);
    let fields = parts
        .into_iter()
        .map(|(number, context)| {
            let mut short = [0; LENGTH];
            short.copy_from_slice(&context.sign().as_ref()[..LENGTH]);
            (name(number).unwrap_or("(unknown)"), short)
        })
        .collect();
    request_id.map(|request_id| RequestDigest { request_id, fields })
}
