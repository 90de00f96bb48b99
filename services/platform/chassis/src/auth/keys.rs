//! The public keys of an issuer, and when to look for new ones.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
    time::SystemTime,
};

use jsonwebtoken::{
    Algorithm, DecodingKey,
    jwk::{AlgorithmParameters, EllipticCurve, JwkSet, PublicKeyUse},
};

/// Seconds between two looks at the key file.
const LOOK_EVERY: i64 = 60;

/// A key and the one algorithm it is for.
pub(super) struct Key {
    pub(super) key: DecodingKey,
    pub(super) algorithm: Algorithm,
}

/// An issuer and its keys.
pub(crate) struct Trusted {
    pub(super) issuer: String,
    keys: RwLock<HashMap<String, Arc<Key>>>,
    file: Option<Watched>,
}

struct Watched {
    path: PathBuf,
    looked: AtomicI64,
    changed: RwLock<Option<SystemTime>>,
}

/// Keys that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum BadKeys {
    /// The file cannot be read.
    #[error("the key file cannot be read")]
    Unreadable(#[source] std::io::Error),
    /// The file is not what its setting says.
    #[error("the key file holds no key that is understood: wanted are Ed25519 and P-256 keys with a key id")]
    NoKeys,
}

impl Trusted {
    /// The issuer whose keys are in a JSON Web Key Set.
    pub(crate) fn jwks(issuer: &str, path: &Path) -> Result<Self, BadKeys> {
        let changed = modified(path);
        let keys = read_jwks(path)?;
        let file =
            Watched { path: path.to_owned(), looked: AtomicI64::new(0), changed: RwLock::new(changed) };
        Ok(Self { issuer: issuer.to_owned(), keys: RwLock::new(keys), file: Some(file) })
    }

    /// The issuer with one key in PEM.
    pub(crate) fn pem(issuer: &str, kid: &str, path: &Path) -> Result<Self, BadKeys> {
        let pem = std::fs::read(path).map_err(BadKeys::Unreadable)?;
        let key = DecodingKey::from_ed_pem(&pem)
            .map(|key| Key { key, algorithm: Algorithm::EdDSA })
            .or_else(|_| DecodingKey::from_ec_pem(&pem).map(|key| Key { key, algorithm: Algorithm::ES256 }))
            .map_err(|_| BadKeys::NoKeys)?;
        Ok(Self::one(issuer, kid, key))
    }

    /// The issuer with one Ed25519 key.
    pub(crate) fn ed25519(issuer: &str, kid: &str, public: &[u8]) -> Self {
        Self::one(issuer, kid, Key { key: DecodingKey::from_ed_der(public), algorithm: Algorithm::EdDSA })
    }

    fn one(issuer: &str, kid: &str, key: Key) -> Self {
        let keys = HashMap::from([(kid.to_owned(), Arc::new(key))]);
        Self { issuer: issuer.to_owned(), keys: RwLock::new(keys), file: None }
    }

    pub(super) fn key(&self, kid: &str) -> Option<Arc<Key>> {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).get(kid).cloned()
    }

    /// Reads the key file again if it has changed, looking once a minute; answers whether the keys are others now. A
    /// file that cannot be read leaves the keys as they are.
    pub(super) fn refresh(&self, now: i64) -> bool {
        let Some(file) = &self.file else { return false };
        let looked = file.looked.load(Ordering::Relaxed);
        let due = now.saturating_sub(looked) >= LOOK_EVERY || now < looked;
        if !due || file.looked.compare_exchange(looked, now, Ordering::Relaxed, Ordering::Relaxed).is_err() {
            return false;
        }
        let changed = modified(&file.path);
        if changed == *file.changed.read().unwrap_or_else(PoisonError::into_inner) {
            return false;
        }
        match read_jwks(&file.path) {
            Ok(keys) => {
                *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
                *file.changed.write().unwrap_or_else(PoisonError::into_inner) = changed;
                true
            }
            Err(error) => {
                tracing::warn!(%error, "the key set changed but cannot be used; the old one stays");
                false
            }
        }
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

fn read_jwks(path: &Path) -> Result<HashMap<String, Arc<Key>>, BadKeys> {
    let text = std::fs::read(path).map_err(BadKeys::Unreadable)?;
    let set: JwkSet = serde_json::from_slice(&text).map_err(|_| BadKeys::NoKeys)?;
    let mut keys = HashMap::new();
    for jwk in &set.keys {
        let signs = jwk.common.public_key_use.as_ref().is_none_or(|usage| *usage == PublicKeyUse::Signature);
        let Some(algorithm) = algorithm(&jwk.algorithm) else { continue };
        if let (Some(kid), Ok(key), true) = (&jwk.common.key_id, DecodingKey::from_jwk(jwk), signs) {
            keys.insert(kid.clone(), Arc::new(Key { key, algorithm }));
        }
    }
    if keys.is_empty() { Err(BadKeys::NoKeys) } else { Ok(keys) }
}

/// The algorithm of a key we understand. Others may stand in the set for others; a symmetric one must never become a
/// key of ours.
fn algorithm(parameters: &AlgorithmParameters) -> Option<Algorithm> {
    if let AlgorithmParameters::EllipticCurve(curve) = parameters {
        return (curve.curve == EllipticCurve::P256).then_some(Algorithm::ES256);
    }
    if let AlgorithmParameters::OctetKeyPair(pair) = parameters {
        return (pair.curve == EllipticCurve::Ed25519).then_some(Algorithm::EdDSA);
    }
    None
}
