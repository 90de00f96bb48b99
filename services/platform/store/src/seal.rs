//! Sealing: what is personal is kept under the data key of its case, so that without the key nobody can read it,
//! from whatever copy.
//!
//! AES-256-GCM with a random nonce. What is sealed is bound to its place: moved to another row, column or table, or
//! tried with another key, it does not open.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use redress_kernel::Id;
use uuid::Uuid;

use crate::{DbError, secret::Secret};

/// The form of a sealed value, its first byte.
const FORM: u8 = 1;

/// The id of a data key.
pub type KeyId = Id<DataKey>;

/// The key under which the personal data of one case is sealed.
#[derive(Clone)]
pub struct DataKey {
    id: KeyId,
    secret: Secret,
}

/// The place of a sealed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// Its table.
    pub table: &'static str,
    /// Its column.
    pub column: &'static str,
    /// The primary key of its row.
    pub row: Uuid,
}

/// A sealed value that does not open: another key, another place, or tampered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{column} of {table} does not open under its key")]
pub struct SealFault {
    /// Its table.
    pub table: &'static str,
    /// Its column.
    pub column: &'static str,
}

impl DataKey {
    pub(crate) const fn new(id: KeyId, secret: Secret) -> Self {
        Self { id, secret }
    }

    /// Which key it is, to be kept beside what it seals.
    pub const fn id(&self) -> KeyId {
        self.id
    }

    pub(crate) const fn secret(&self) -> &Secret {
        &self.secret
    }

    /// Seals `plaintext` for its place.
    pub fn seal(&self, context: &Context, plaintext: &[u8]) -> Result<Vec<u8>, SealFault> {
        seal(&self.secret, &context.bytes(self.id), plaintext).map_err(|_| context.fault())
    }

    /// Opens what was sealed for this place.
    pub fn unseal(&self, context: &Context, sealed: &[u8]) -> Result<Vec<u8>, SealFault> {
        unseal(&self.secret, &context.bytes(self.id), sealed).map_err(|_| context.fault())
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DataKey({})", self.id)
    }
}

impl Context {
    /// A place.
    pub const fn new(table: &'static str, column: &'static str, row: Uuid) -> Self {
        Self { table, column, row }
    }

    /// What is authenticated beside the value. No two places give the same bytes, because names hold no NUL.
    fn bytes(&self, key: KeyId) -> Vec<u8> {
        let mut bytes = b"redress sealed value\0".to_vec();
        bytes.extend_from_slice(self.table.as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(self.column.as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(self.row.as_bytes());
        bytes.extend_from_slice(key.uuid().as_bytes());
        bytes
    }

    const fn fault(&self) -> SealFault {
        SealFault { table: self.table, column: self.column }
    }
}

impl From<SealFault> for DbError {
    fn from(fault: SealFault) -> Self {
        Self::Inconsistent {
            table: fault.table.to_owned(),
            column: fault.column.to_owned(),
            reason: "does not open under its key",
        }
    }
}

/// Form, nonce, ciphertext, tag.
pub(crate) fn seal(
    secret: &Secret,
    context: &[u8],
    plaintext: &[u8],
) -> Result<Vec<u8>, aws_lc_rs::error::Unspecified> {
    let key = RandomizedNonceKey::new(&AES_256_GCM, secret.expose())?;
    let mut body = plaintext.to_vec();
    let nonce = key.seal_in_place_append_tag(Aad::from(context), &mut body)?;
    let mut sealed = Vec::with_capacity(1 + NONCE_LEN + body.len());
    sealed.push(FORM);
    sealed.extend_from_slice(nonce.as_ref());
    sealed.append(&mut body);
    Ok(sealed)
}

pub(crate) fn unseal(
    secret: &Secret,
    context: &[u8],
    sealed: &[u8],
) -> Result<Vec<u8>, aws_lc_rs::error::Unspecified> {
    let (form, rest) = sealed.split_first().ok_or(aws_lc_rs::error::Unspecified)?;
    let (nonce, body) = rest.split_at_checked(NONCE_LEN).ok_or(aws_lc_rs::error::Unspecified)?;
    if *form != FORM {
        return Err(aws_lc_rs::error::Unspecified);
    }
    let key = RandomizedNonceKey::new(&AES_256_GCM, secret.expose())?;
    let mut body = body.to_vec();
    let length =
        key.open_in_place(Nonce::try_assume_unique_for_key(nonce)?, Aad::from(context), &mut body)?.len();
    body.truncate(length);
    Ok(body)
}
