//! Which texts are sealed, and the place each is bound to.

use redress_store::{
    DataKey,
    seal::SealFault,
    sealed::{self, Sealed},
};
use uuid::Uuid;

/// A text that is kept under seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What ICE wrote in a letter.
    LetterBody,
    /// The provider's account; one with each version of the examination.
    Statement,
    /// What a report says in short.
    Summary,
    /// What a recommendation says.
    Recommendation,
    /// ICE's reason for what it did; one with each version of the examination.
    Reason,
    /// The reason of an excuse.
    Excuse,
    /// The reason of a reversal.
    Reversal,
}

impl Part {
    /// Its name in the table and in what is authenticated.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::LetterBody => "LETTER_BODY",
            Self::Statement => "STATEMENT",
            Self::Summary => "SUMMARY",
            Self::Recommendation => "RECOMMENDATION",
            Self::Reason => "REASON",
            Self::Excuse => "EXCUSE",
            Self::Reversal => "REVERSAL",
        }
    }

    /// Its name where a thing has several, by what tells them apart.
    pub(crate) fn at(self, which: impl std::fmt::Display) -> String {
        format!("{}:{which}", self.as_str())
    }
}

/// Seals a text of `subject`.
pub(crate) fn seal(key: &DataKey, part: Part, subject: Uuid, text: &str) -> Result<Sealed, SealFault> {
    sealed::seal(key, part.as_str(), subject, text.as_bytes())
}
