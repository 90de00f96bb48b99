//! The form of an object: a header, then chunks, each encrypted and authenticated, the last one marked.
//!
//! The construction is STREAM: chunk *n* has the nonce (*n*, is it the last), so chunks cannot be left out, swapped,
//! repeated or cut off unseen. The key is derived from the case's key, a random salt in the header and the id of the
//! document's row, so no two objects share one and an object does not open as another document.

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    rand,
};
use uuid::Uuid;

use super::BlobFault;
use crate::seal::DataKey;

/// What every object begins with: the name and version of this form.
const FORM: [u8; 4] = *b"RDB1";

/// Random bytes after it.
const SALT: usize = 16;

/// The header's length.
pub(super) const HEADER: usize = FORM.len() + SALT;

/// A chunk's length before encryption; all but the last are exactly so long.
pub(super) const CHUNK: usize = 64 * 1024;

/// What encryption adds to it.
pub(super) const TAG: usize = 16;

/// Encrypts or decrypts the chunks of one object.
pub(super) struct Cipher {
    key: LessSafeKey,
}

impl Cipher {
    /// A cipher for a new object, and the header to write.
    pub(super) fn begin(key: &DataKey, blob: Uuid) -> Result<(Self, Vec<u8>), BlobFault> {
        let mut salt = [0; SALT];
        rand::fill(&mut salt).map_err(|_| BlobFault::Tampered)?;
        let header = [FORM.as_slice(), &salt].concat();
        Ok((Self::derive(key, blob, &salt)?, header))
    }

    /// A cipher for the object with that header.
    pub(super) fn resume(key: &DataKey, blob: Uuid, header: &[u8]) -> Result<Self, BlobFault> {
        match header.split_at_checked(FORM.len()) {
            Some((form, salt)) if form == FORM && salt.len() == SALT => Self::derive(key, blob, salt),
            Some(_) | None => Err(BlobFault::Tampered),
        }
    }

    fn derive(key: &DataKey, blob: Uuid, salt: &[u8]) -> Result<Self, BlobFault> {
        let purpose: [&[u8]; 2] = [b"redress document\0", blob.as_bytes()];
        let derived = key.secret().derive(salt, &purpose).map_err(|_| BlobFault::Tampered)?;
        let key = UnboundKey::new(&AES_256_GCM, derived.expose()).map_err(|_| BlobFault::Tampered)?;
        Ok(Self { key: LessSafeKey::new(key) })
    }

    /// Encrypts a chunk in place.
    pub(super) fn seal(&self, number: u64, is_last: bool, chunk: &mut Vec<u8>) -> Result<(), BlobFault> {
        let sealed = self.key.seal_in_place_append_tag(nonce(number, is_last), Aad::empty(), chunk);
        sealed.map_err(|_| BlobFault::Tampered)
    }

    /// Decrypts a chunk in place and says how long it is without its tag.
    pub(super) fn open(&self, number: u64, is_last: bool, chunk: &mut [u8]) -> Result<usize, BlobFault> {
        let opened = self.key.open_in_place(nonce(number, is_last), Aad::empty(), chunk);
        opened.map(|opened| opened.len()).map_err(|_| BlobFault::Tampered)
    }
}

fn nonce(number: u64, is_last: bool) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[3..11].copy_from_slice(&number.to_be_bytes());
    bytes[11] = u8::from(is_last);
    Nonce::assume_unique_for_key(bytes)
}
