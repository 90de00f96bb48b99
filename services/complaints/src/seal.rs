//! Which texts are sealed, and the place each is bound to.

use redress_store::{
    DataKey, DbError,
    seal::SealFault,
    sealed::{self, Sealed},
};
use uuid::Uuid;

/// A text that is kept under seal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// What identifies a participant.
    Person,
    /// What a person says of a complaint.
    Statement,
    /// The text of a letter or draft.
    LetterText,
    /// What was noted with an event of a complaint.
    Note,
    /// The name of a document's file.
    FileName,
    /// What is wrong, in an issue.
    Description,
    /// The text of a change proposal.
    ProposalText,
    /// The Performance Manager's comment on a proposal.
    Comment,
}

impl Part {
    /// Its name in the table and in what is authenticated.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Statement => "STATEMENT",
            Self::LetterText => "LETTER_TEXT",
            Self::Note => "NOTE",
            Self::FileName => "FILE_NAME",
            Self::Description => "DESCRIPTION",
            Self::ProposalText => "PROPOSAL_TEXT",
            Self::Comment => "COMMENT",
        }
    }

    /// Its name where a thing has several, such as a note with each version.
    pub(crate) fn at(self, version: i64) -> String {
        format!("{}:{version}", self.as_str())
    }
}

/// Seals a text of `subject`.
pub(crate) fn seal(key: &DataKey, part: Part, subject: Uuid, text: &[u8]) -> Result<Sealed, SealFault> {
    sealed::seal(key, part.as_str(), subject, text)
}

/// Opens a text.
pub(crate) fn open(key: &DataKey, part: Part, text: &Sealed) -> Result<Vec<u8>, DbError> {
    Ok(sealed::open(key, part.as_str(), text)?)
}
