//! Digests of the fields of a mutating request, by which a repeated call is told from a reused `request_id`.
//!
//! They are keyed, because the content of a field may be guessed from a plain hash of it.

use aws_lc_rs::hmac;

use super::wire::Reader;

/// One digest for each top-level field that was set, by field number, in ascending order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestDigest {
    fields: Vec<(u32, [u8; 16])>,
}

impl RequestDigest {
    /// Digests the fields of an encoded message, but for the field `leaving_out`, which is the `request_id` itself.
    pub(crate) fn compute(key: &hmac::Key, method: &str, bytes: &[u8], leaving_out: Option<u32>) -> Self {
        let mut parts: Vec<(u32, hmac::Context)> = Vec::new();
        let mut reader = Reader::new(bytes);
        loop {
            let before = reader.bytes;
            // The inspector has been over these bytes: they are well formed.
            let Ok(Some((number, _))) = reader.field() else { break };
            if Some(number) == leaving_out {
                continue;
            }
            let raw = &before[..before.len() - reader.bytes.len()];
            match parts.iter_mut().find(|(known, _)| *known == number) {
                Some((_, context)) => context.update(raw),
                None => {
                    let mut context = hmac::Context::with_key(key);
                    context.update(method.as_bytes());
                    context.update(&[0]);
                    context.update(raw);
                    parts.push((number, context));
                }
            }
        }
        let mut fields: Vec<(u32, [u8; 16])> = parts
            .into_iter()
            .map(|(number, context)| {
                let mut short = [0; 16];
                short.copy_from_slice(&context.sign().as_ref()[..16]);
                (number, short)
            })
            .collect();
        fields.sort_unstable_by_key(|(number, _)| *number);
        Self { fields }
    }

    /// The digests, by field number, in ascending order.
    pub fn fields(&self) -> &[(u32, [u8; 16])] {
        &self.fields
    }
}
