//! Who does something.

use serde::{Deserialize, Serialize};

use crate::noun::OrganisationId;

/// Who does something: a person or service, acting for an organisation.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The organisation acted for; none for the suite itself.
    pub organisation: Option<OrganisationId>,
    /// Opaque id of the person or service at its identity provider; never a name.
    pub subject: String,
}

impl Actor {
    /// The suite itself, when a clock makes it act.
    pub fn suite() -> Self {
        Self { organisation: None, subject: "suite".to_owned() }
    }
}
