//! Who is calling, as far as a verified token says; built once per call and passed by value.

use redress_proto::options::v1::Role;
use uuid::Uuid;

/// A verified identity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The organisation the caller acts for. All that a caller sees is narrowed to it.
    pub organisation: Uuid,
    /// Opaque id of the person or service at its identity provider.
    pub subject: String,
    /// What the caller may be.
    pub roles: Roles,
    /// Whether this is a person, not a service identity.
    pub natural_person: bool,
    /// Whether somebody else asks in this person's name, as the token's `act` claim says (RFC 8693).
    pub by_delegate: bool,
}

impl Caller {
    /// Resource name of the caller's organisation.
    pub fn organisation_name(&self) -> String {
        format!("organisations/{}", self.organisation)
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u64);

impl Roles {
    /// No role at all.
    pub const NONE: Self = Self(0);

    /// The set with `role` added.
    #[must_use]
    pub fn with(self, role: Role) -> Self {
        Self(self.0 | bit(role))
    }

    /// Whether `role` is among them.
    pub fn has(self, role: Role) -> bool {
        self.0 & bit(role) != 0
    }

    /// Whether the two sets share a role.
    pub fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles, in the order of the contract.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        (1..64).filter_map(|number| Role::try_from(number).ok()).filter(move |role| self.has(*role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles.into_iter().fold(Self::NONE, Self::with)
    }
}

/// The word for `role` in a token: the proto name without its prefix, such as `complaints_officer`.
pub fn role_word(role: Role) -> String {
    role.as_str_name().trim_start_matches("ROLE_").to_lowercase()
}

/// The role that `word` stands for; the unspecified one stands for nothing.
pub fn role_of(word: &str) -> Option<Role> {
    if word.chars().any(char::is_uppercase) {
        return None;
    }
    Role::from_str_name(&format!("ROLE_{}", word.to_uppercase())).filter(|role| *role != Role::Unspecified)
}

fn bit(role: Role) -> u64 {
    if role == Role::Unspecified { 0 } else { 1 << (role as u32) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_word_that_reads_back() {
        for number in 1..=15 {
            let role = Role::try_from(number).expect("a role");
            assert_eq!(role_of(&role_word(role)), Some(role));
        }
        for wrong in ["", "unspecified", "ROLE_AUDITOR", "Auditor", "root"] {
            assert_eq!(role_of(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_unspecified_role_is_no_role() {
        assert!(Roles::NONE.with(Role::Unspecified).is_empty());
        assert!(!Roles::NONE.has(Role::Unspecified));
    }

    #[test]
    fn sets_meet_in_what_both_hold() {
        let officer: Roles = [Role::ComplaintsOfficer, Role::Adviser].into_iter().collect();
        assert!(officer.overlaps(Roles::NONE.with(Role::Adviser)));
        assert!(!officer.overlaps(Roles::NONE.with(Role::Auditor)));
        assert_eq!(officer.iter().count(), 2);
    }
}
