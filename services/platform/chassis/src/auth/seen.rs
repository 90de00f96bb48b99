//! Tokens that were verified.

use std::{collections::HashMap, sync::Arc};

use crate::caller::Caller;

/// Most verified tokens that are remembered.
const REMEMBERED: usize = 4096;

/// What a verified token says.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) caller: Arc<Caller>,
    pub(super) not_before: i64,
    pub(super) expires: i64,
}

/// The tokens that were verified by the keys of now.
#[derive(Debug, Default)]
pub(super) struct Seen {
    tokens: HashMap<Box<str>, Token>,
    /// How often the keys changed.
    changes: u64,
}

impl Seen {
    /// A token that was verified.
    pub(super) fn get(&self, token: &str) -> Option<&Token> {
        self.tokens.get(token)
    }

    /// By which keys something is verified that begins now.
    pub(super) const fn since(&self) -> u64 {
        self.changes
    }

    /// Forgets all of them: the keys are others now.
    pub(super) fn forget(&mut self) {
        self.tokens.clear();
        self.changes += 1;
    }

    /// Remembers a token whose verifying began under the keys of `since`. Where they changed meanwhile it may be by one that was
    /// withdrawn that it was verified, and it is verified anew the next time.
    pub(super) fn keep(&mut self, token: &str, verified: Token, since: u64, now: i64) {
        if since != self.changes {
            return;
        }
        if self.tokens.len() >= REMEMBERED {
            self.tokens.retain(|_, known| known.expires > now);
        }
        if self.tokens.len() >= REMEMBERED {
            self.tokens.clear();
        }
        self.tokens.insert(token.into(), verified);
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::caller::Roles;

    fn verified() -> Token {
        let caller = Caller {
            organisation: Uuid::from_u128(1),
            subject: "ann".to_owned(),
            roles: Roles::NONE,
            natural_person: true,
            by_delegate: false,
        };
        Token { caller: Arc::new(caller), not_before: 0, expires: 100 }
    }

    #[test]
    fn what_was_verified_by_keys_that_changed_meanwhile_is_not_remembered() {
        // Threat 2: a token of a withdrawn key is believed no longer than until the key set is looked at.
        let mut seen = Seen::default();
        let since = seen.since();
        seen.forget();
        seen.keep("token", verified(), since, 50);
        assert!(seen.get("token").is_none());
        let since = seen.since();
        seen.keep("token", verified(), since, 50);
        assert!(seen.get("token").is_some());
    }

    #[test]
    fn only_so_many_are_remembered() {
        let mut seen = Seen::default();
        for number in 0..=REMEMBERED {
            seen.keep(&number.to_string(), verified(), seen.since(), 50);
        }
        assert!(seen.tokens.len() <= REMEMBERED);
    }
}
