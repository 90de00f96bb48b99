//! Duties: what the documents say someone must or may do, in the project's own words.

use serde::Deserialize;

use crate::Source;

/// One duty, fact or entitlement of a document.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "Written")]
pub struct Duty {
    /// Who acts.
    pub actor: Actor,
    /// What it is, in the project's own words.
    pub text: String,
    /// Rule and paragraph.
    pub source: Source,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    actor: Actor,
    text: String,
    rule: String,
    at: String,
}

impl From<Written> for Duty {
    fn from(Written { actor, text, rule, at }: Written) -> Self {
        Self { actor, text, source: Source { rule, at } }
    }
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The provider, its supply chain included.
    Provider,
    /// The participant or customer.
    Person,
    /// The department.
    Department,
    /// Jobcentre Plus.
    JobcentrePlus,
    /// The Independent Case Examiner.
    Ice,
    /// The Performance Manager.
    PerformanceManager,
    /// An elected member of a national or international body.
    ElectedMember,
    /// Whoever runs the suite.
    Service,
}

impl Actor {
    /// The name in files and on the wire.
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Person => "person",
            Self::Department => "department",
            Self::JobcentrePlus => "jobcentre-plus",
            Self::Ice => "ice",
            Self::PerformanceManager => "performance-manager",
            Self::ElectedMember => "elected-member",
            Self::Service => "service",
        }
    }
}
