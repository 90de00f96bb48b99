//! The master key, which wraps every data key and is kept apart from them.

use aws_lc_rs::error::Unspecified;

use crate::{
    seal::{self, DataKey, KeyId},
    secret::Secret,
};

/// A master key, known by a fingerprint that gives nothing away.
#[derive(Clone, Debug)]
pub struct MasterKey {
    secret: Secret,
    fingerprint: Vec<u8>,
}

impl MasterKey {
    /// Takes a secret as a master key.
    pub fn new(secret: Secret) -> Result<Self, Unspecified> {
        let fingerprint = secret.derive(&[], &[b"redress master key fingerprint"])?.expose()[..8].to_vec();
        Ok(Self { secret, fingerprint })
    }

    /// Which key wrapped a row.
    pub(super) fn fingerprint(&self) -> &[u8] {
        &self.fingerprint
    }

    pub(super) fn wrap(&self, key: &DataKey) -> Result<Vec<u8>, Unspecified> {
        seal::seal(&self.secret, &context(key.id()), key.secret().expose())
    }

    pub(super) fn unwrap(&self, id: KeyId, wrapped: &[u8]) -> Result<DataKey, Unspecified> {
        let bytes = zeroize::Zeroizing::new(seal::unseal(&self.secret, &context(id), wrapped)?);
        let bytes = bytes.as_slice().try_into().map_err(|_| Unspecified)?;
        Ok(DataKey::new(id, Secret::new(bytes)))
    }
}

/// A wrapped key is bound to its id, so that rows cannot be swapped.
fn context(id: KeyId) -> Vec<u8> {
    [b"redress data key".as_slice(), id.uuid().as_bytes()].concat()
}
