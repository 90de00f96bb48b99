//! Whom the process believes.

use std::{path::PathBuf, time::Duration};

use super::{Configuration, Settings};

/// Whom the process believes.
#[derive(Clone, Debug)]
pub struct Auth {
    /// The `iss` that tokens must carry.
    pub issuer: String,
    /// The `aud` that tokens must name.
    pub audience: String,
    /// Where the issuer's public keys are.
    pub keys: Option<KeySource>,
    /// Difference of clocks that is forgiven.
    pub leeway: Duration,
    /// Whether tokens of the development issuer, whose private key lies in the data folder, are believed as well.
    pub development: bool,
}

/// A file with the issuer's public keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySource {
    /// A JSON Web Key Set; looked at once a minute, and read again when it has changed.
    Jwks(PathBuf),
    /// One public key in PEM, for tokens that name no key or the one of this id.
    Pem {
        /// The key file.
        path: PathBuf,
        /// The `kid` that tokens must carry.
        kid: String,
    },
}

impl Configuration for Auth {
    fn read(settings: &mut Settings) -> Self {
        let mut section = settings.section("auth");
        let issuer = section.text("issuer", "https://identity.invalid/");
        let audience = section.text("audience", "redress");
        let jwks = section.optional_file("jwks_file");
        let pem = section.optional_file("key_file");
        let kid = section.optional_text("key_id");
        let leeway = section.pause("leeway", Duration::from_secs(5));
        let development = section.flag("development", false);
        if leeway > Duration::from_mins(1) {
            section.mistake("leeway", "is too long; accepted: at most 60s");
        }
        let keys = match (jwks, pem, kid) {
            (Some(_), Some(_), _) => {
                section.mistake("key_file", "is set beside auth.jwks_file; accepted: one of the two");
                None
            }
            (Some(path), None, _) => Some(KeySource::Jwks(path)),
            (None, Some(path), Some(kid)) => Some(KeySource::Pem { path, kid }),
            (None, Some(_), None) => {
                section.mistake(
                    "key_id",
                    "is missing; accepted: the kid that tokens signed with auth.key_file carry",
                );
                None
            }
            (None, None, _) => None,
        };
        if keys.is_none() && !development {
            section.mistake(
                "jwks_file",
                "is missing, so that nobody could call; accepted: a JSON Web Key Set, auth.key_file, or auth.development",
            );
        }
        Self { issuer, audience, keys, leeway, development }
    }
}
