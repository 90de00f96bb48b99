//! What a token says about its bearer.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::caller::{Caller, Roles, role_of};

/// The claims of a token of the suite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it.
    pub iss: String,
    /// For whom it is.
    pub aud: Audience,
    /// Opaque id of the person or service.
    pub sub: String,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
    /// When it begins.
    pub nbf: i64,
    /// When it was issued.
    #[serde(default)]
    pub iat: i64,
    /// The organisation the bearer acts for.
    pub org: Uuid,
    /// Words of roles, such as `complaints_officer`.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Whether the bearer is a natural person.
    #[serde(default)]
    pub person: bool,
    /// Who really asks, where the bearer is not the person in whose name it does (RFC 8693, section 4.1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Delegate>,
}

/// Who asks in the name of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// Opaque id of the person or service.
    pub sub: String,
}

/// One audience or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Audience {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Claims {
    /// The caller, and from when until when. Words that are no role of ours are passed over: the issuer may serve others.
    pub(super) fn caller(self) -> Option<(Caller, i64, i64)> {
        if self.sub.is_empty() || self.sub.len() > 200 || self.org.is_nil() || self.nbf >= self.exp {
            return None;
        }
        let roles: Roles = self.roles.iter().filter_map(|word| role_of(word)).collect();
        let caller = Caller {
            organisation: self.org,
            subject: self.sub,
            roles,
            natural_person: self.person,
            by_delegate: self.act.is_some(),
        };
        Some((caller, self.nbf, self.exp))
    }
}
