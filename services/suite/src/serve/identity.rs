//! Identities of the development issuer, whose key lies in the data folder.

use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use redress_chassis::{
    Roles,
    auth::{Identity, Issuer},
};

use crate::client::Failure;

/// File of the issuer's key in the data folder, where `up` looks for it.
const KEY: &str = "development-issuer.key";
/// How long a token made for trying things is good.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 30);

/// Makes tokens that a suite on this machine believes.
#[derive(Debug)]
pub struct Identities {
    issuer: Issuer,
    audience: String,
    data: PathBuf,
}

impl Identities {
    /// Those of the suite whose data lie in `data`.
    pub fn of(data: &Path, audience: &str) -> Result<Self, Failure> {
        let issuer = Issuer::open_or_make(&data.join(KEY)).map_err(|unusable| {
            let cause =
                std::error::Error::source(&unusable).map(|cause| format!(": {cause}")).unwrap_or_default();
            Failure::Configuration(format!("{unusable}{cause} ({})", data.join(KEY).display()))
        })?;
        Ok(Self { issuer, audience: audience.to_owned(), data: data.to_owned() })
    }

    /// The folder with the key.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// A token for thirty days.
    pub fn token(&self, identity: &Identity, now: Timestamp) -> Result<String, Failure> {
        self.issuer
            .issue(identity, &self.audience, LIFETIME, now)
            .map_err(|unusable| Failure::Fault(unusable.to_string()))
    }
}

/// A person with these roles.
pub fn person(organisation: uuid::Uuid, subject: &str, roles: Roles) -> Identity {
    Identity { organisation, subject: subject.to_owned(), roles, person: true }
}
