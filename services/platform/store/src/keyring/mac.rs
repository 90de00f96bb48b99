//! Keyed fingerprints: the same value always gives the same one, and nobody without the key can try values.

use std::fmt;

use aws_lc_rs::{error::Unspecified, hmac};

use crate::secret::Secret;

/// HMAC-SHA-256 for one purpose.
pub struct Mac(hmac::Key);

impl Mac {
    pub(super) fn derive(root: &Secret, purpose: &'static str) -> Result<Self, Unspecified> {
        let key = root.derive(&[], &[b"redress keyed fingerprint\0", purpose.as_bytes()])?;
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, key.expose())))
    }

    /// The fingerprint of `value`.
    pub fn of(&self, value: &[u8]) -> Vec<u8> {
        hmac::sign(&self.0, value).as_ref().to_vec()
    }
}

impl fmt::Debug for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Mac(..)")
    }
}
