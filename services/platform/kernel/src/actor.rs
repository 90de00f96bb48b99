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

    /// Whether this is the same person, however an identity provider writes them: in capitals, with blanks, or at another
    /// of its addresses. Two people are never told apart by this, only joined.
    pub fn is_alias_of(&self, other: &Self) -> bool {
        canonical(&self.subject) == canonical(&other.subject)
    }
}

/// A subject without what does not tell people apart: case, blanks, and what follows a `+` in an address.
fn canonical(subject: &str) -> String {
    let folded: String =
        subject.chars().filter(|letter| !letter.is_whitespace()).flat_map(char::to_lowercase).collect();
    match folded.split_once('@') {
        Some((person, domain)) => {
            let person = person.split('+').next().unwrap_or_default();
            format!("{person}@{domain}")
        }
        None => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_under_two_names_is_one_person() {
        let actor = |subject: &str| Actor { organisation: None, subject: subject.to_owned() };
        for (one, other, same) in [
            ("rita", "Rita", true),
            ("rita", " rita ", true),
            ("rita@example.org", "Rita+records@example.org", true),
            ("rita", "omar", false),
            ("rita@example.org", "rita@example.com", false),
            ("rita-1", "rita-2", false),
        ] {
            assert_eq!(actor(one).is_alias_of(&actor(other)), same, "{one} and {other}");
        }
    }
}
