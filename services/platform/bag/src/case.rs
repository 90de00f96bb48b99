//! What goes into a bag, as plain values: whoever gathers them knows services, this package knows none.

use jiff::{Timestamp, civil::Date};
use redress_journal::{Entry, checkpoint::VerifierKey, merkle::Hash};
use redress_kernel::Digest;

/// Everything about one complaint, as of one moment.
#[derive(Clone, Debug)]
pub struct Case {
    /// The complaint's resource name, such as `complaints/0190…`.
    pub name: String,
    /// The reference people use.
    pub reference: String,
    /// The organisation that sends the bag.
    pub sender: String,
    /// Whom it is made for.
    pub recipient: String,
    /// When the newest thing in it was recorded: the time of every file in the archive.
    pub as_of: Timestamp,
    /// What the case is, in a few lines.
    pub facts: Vec<Fact>,
    /// What was said in so many words: the complaint itself, what the person wants.
    pub passages: Vec<Passage>,
    /// What happened, in order.
    pub timeline: Vec<Happening>,
    /// What was decided or computed, and the rules behind each.
    pub decisions: Vec<Decision>,
    /// The procedure the case was worked by, as it stood.
    pub procedure: Option<Procedure>,
    /// Every letter, drafts too.
    pub letters: Vec<Letter>,
    /// Every document on file.
    pub documents: Vec<Document>,
    /// The same facts for programs, each a file of JSON.
    pub records: Vec<Record>,
    /// What the journals hold about the case.
    pub extracts: Vec<Extract>,
}

/// One fact, with what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// The fact.
    pub value: String,
}

/// Something said in so many words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub title: String,
    /// The words.
    pub text: String,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// The day it happened; in London.
    pub on: Date,
    /// What happened.
    pub what: String,
    /// Who did it.
    pub who: String,
    /// Particulars, and the words somebody left with it.
    pub particulars: Vec<Fact>,
    /// The rules behind it, such as `CMP-05, J0 7.03`.
    pub citations: Vec<String>,
}

/// One thing that was decided or computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was to be decided.
    pub question: String,
    /// What came of it.
    pub answer: String,
    /// How a date was derived, day by day.
    pub derivation: Vec<Fact>,
    /// The rules behind it.
    pub citations: Vec<String>,
}

/// A procedure as it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Procedure {
    /// Its resource name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Version, day of effect and the like.
    pub facts: Vec<Fact>,
    /// Its stages.
    pub stages: Vec<Stage>,
}

/// One stage of a procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its title.
    pub title: String,
    /// Its time limits, in words.
    pub limits: Vec<Fact>,
    /// Its steps, in order.
    pub steps: Vec<String>,
}

/// Whether something is in the bag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disposition<T> {
    /// It is.
    Included(T),
    /// It is not.
    Withheld(Withheld),
}

/// Why something is not in the bag, and on whose word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Withheld {
    /// Why.
    pub reason: Reason,
    /// On whose word: who advised, the certificate of destruction, the finding of the scan.
    pub authority: String,
}

/// The reasons for which something may be missing. "All papers" (A0 7.05, J0 7.05) leaves no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Reason {
    /// Advice of a lawyer, or made for proceedings.
    LegalPrivilege,
    /// Kept apart because it would harm whoever opens it.
    Quarantined,
    /// Destroyed under the retention rules.
    Destroyed,
}

/// A letter, or a draft of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its resource name.
    pub id: String,
    /// What it is, such as `Final response`.
    pub title: String,
    /// How far it got, and when: `issued on 3 March 2024`.
    pub state: String,
    /// The letter itself.
    pub content: Disposition<Copy>,
}

/// The two renderings of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// As text.
    pub text: String,
    /// As it was sent; none for a draft, which never was.
    pub pdf: Option<Vec<u8>>,
}

/// A document on file. Its bytes come by the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its resource name.
    pub id: String,
    /// The name under which it was filed. Not told of one that is withheld.
    pub file_name: String,
    /// What it is: evidence, correspondence, a note.
    pub kind: String,
    /// Its media type.
    pub media_type: String,
    /// The day it was filed.
    pub filed_on: Date,
    /// Its length in bytes.
    pub size: u64,
    /// Its digest, as it was taken when it was filed.
    pub digest: Digest,
    /// Whether it is in the bag.
    pub content: Disposition<()>,
}

/// Facts for programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The name of its file, without the ending: `timeline`.
    pub name: String,
    /// What it holds.
    pub title: String,
    /// JSON.
    pub json: Vec<u8>,
}

/// What one service's journal holds about the case.
#[derive(Clone, Debug)]
pub struct Extract {
    /// The service, such as `complaints`.
    pub service: String,
    /// The key that signed the checkpoint.
    pub key: VerifierKey,
    /// The checkpoint, a signed note.
    pub checkpoint: String,
    /// Number of entries under the checkpoint.
    pub size: u64,
    /// The entries about the case, in order of position.
    pub entries: Vec<Proved>,
}

/// An entry, and the hashes that prove it to be under the checkpoint.
#[derive(Clone, Debug)]
pub struct Proved {
    /// The entry.
    pub entry: Entry,
    /// The path to the root.
    pub proof: Vec<Hash>,
}

impl Fact {
    /// Makes a fact of its label and value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

impl Reason {
    /// The reason for a person.
    pub const fn words(self) -> &'static str {
        match self {
            Self::LegalPrivilege => "legal professional privilege",
            Self::Quarantined => "quarantined, because it would harm whoever opens it",
            Self::Destroyed => "destroyed under the retention rules",
        }
    }
}

impl<T> Disposition<T> {
    /// What is in the bag; none when it is withheld.
    pub const fn included(&self) -> Option<&T> {
        match self {
            Self::Included(content) => Some(content),
            Self::Withheld(_) => None,
        }
    }

    /// Why it is withheld; none when it is in the bag.
    pub const fn withheld(&self) -> Option<&Withheld> {
        match self {
            Self::Included(_) => None,
            Self::Withheld(withheld) => Some(withheld),
        }
    }
}
