//! The completeness statement: every document and every entry, each included or withheld, with reason and authority.

use std::fmt::Write as _;

use redress_journal::Entry;
use serde::{Deserialize, Serialize};

use crate::{
    case::{Case, Disposition, Reason},
    day,
};

/// The format, as the statement names it.
pub const FORMAT: &str = "redress-evidence-bag-1";

/// Where it lies in a bag, for programs.
pub const JSON: &str = "data/completeness.json";
/// Where it lies in a bag, for people.
pub const TEXT: &str = "data/completeness.txt";

/// What a bag holds of a case, and what it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Statement {
    /// [`FORMAT`].
    pub format: String,
    /// The complaint.
    pub case: String,
    /// The reference people use.
    pub reference: String,
    /// The organisation that sends the bag.
    pub sender: String,
    /// Whom it is made for.
    pub recipient: String,
    /// The moment as of which everything is told.
    pub as_of: String,
    /// Every paper of the case.
    pub items: Vec<Item>,
    /// What the journals hold about the case.
    pub journals: Vec<Journal>,
}

/// One paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Its resource name.
    pub id: String,
    /// `document`, `letter`, `procedure` or `record`.
    pub kind: String,
    /// What it is, for a person.
    pub title: String,
    /// Its files; none when it is withheld.
    pub files: Vec<File>,
    /// Why it is not in the bag; none when it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld: Option<WithheldItem>,
}

/// One file of a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Where it lies in the bag.
    pub path: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its digest, in hexadecimal.
    pub sha256: String,
}

/// Why a paper is not in the bag, and what it is known by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithheldItem {
    /// Why.
    pub reason: Reason,
    /// On whose word.
    pub authority: String,
    /// Its digest where it is known, so that whoever is shown it later can tell that it is the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// What one journal holds about the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Journal {
    /// The service.
    pub service: String,
    /// The log and its key.
    pub key: String,
    /// Number of entries under the checkpoint, of whatever case.
    pub size: u64,
    /// Where the entries, their proofs and the checkpoint lie in the bag.
    pub file: File,
    /// The entries about the case. All of them are included: they hold no words of anyone.
    pub entries: Vec<EntryStated>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryStated {
    /// Its place in the journal.
    pub position: u64,
    /// Its id.
    pub id: String,
    /// What happened: the full name of the message.
    #[serde(rename = "type")]
    pub what: String,
    /// The thing it is about.
    pub about: String,
    /// The version the thing reached: counted from 1, so that an entry that was left out shows.
    pub version: i64,
    /// Always so today; a reader need not know that.
    pub included: bool,
}

impl EntryStated {
    /// An entry that is in the bag.
    pub(crate) fn of(entry: &Entry) -> Self {
        let content = &entry.content;
        Self {
            position: entry.position.unsigned_abs(),
            id: content.entry_id.clone(),
            what: content.entry_type.clone(),
            about: format!("{}/{}", content.stream_kind, content.stream_id),
            version: content.version,
            included: true,
        }
    }
}

impl Statement {
    /// The statement about a case whose files have been laid out.
    pub(crate) fn of(case: &Case, items: Vec<Item>, journals: Vec<Journal>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            case: case.name.clone(),
            reference: case.reference.clone(),
            sender: case.sender.clone(),
            recipient: case.recipient.clone(),
            as_of: case.as_of.to_string(),
            items,
            journals,
        }
    }

    /// How many papers are in the bag, and how many are not.
    pub fn counts(&self) -> (usize, usize) {
        let withheld = self.items.iter().filter(|item| item.withheld.is_some()).count();
        (self.items.len() - withheld, withheld)
    }

    /// How many entries are in the bag.
    pub fn entries(&self) -> usize {
        self.journals.iter().map(|journal| journal.entries.len()).sum()
    }

    /// The statement for programs.
    pub(crate) fn json(&self) -> Vec<u8> {
        // Texts and numbers always have a form in JSON.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The statement for people.
    pub(crate) fn text(&self, case: &Case) -> String {
        let (included, withheld) = self.counts();
        let mut text = format!(
            "COMPLETENESS STATEMENT\n\nComplaint {} ({})\nSent by {} to {}\nAs it stood on {}\n\n\
             {included} papers are in this bag and {withheld} are withheld. {} journal entries are in it, and none is withheld.\n",
            self.reference,
            self.case,
            self.sender,
            self.recipient,
            day::moment(case.as_of),
            self.entries(),
        );
        // Writing to a text cannot fail.
        for item in &self.items {
            let _ = write!(text, "\n{}: {}\n  {}\n", item.kind, one_line(&item.title), item.id);
            for file in &item.files {
                let _ = writeln!(
                    text,
                    "  included as {} ({} bytes, SHA-256 {})",
                    file.path, file.size, file.sha256
                );
            }
            if let Some(withheld) = &item.withheld {
                let reason = withheld.reason.words();
                let _ = writeln!(
                    text,
                    "  WITHHELD: {reason}; on the authority of: {}",
                    one_line(&withheld.authority)
                );
            }
        }
        for journal in &self.journals {
            let _ = write!(
                text,
                "\njournal of {}: {} of {} entries are about this case\n",
                journal.service,
                journal.entries.len(),
                journal.size
            );
            for entry in &journal.entries {
                let _ =
                    writeln!(text, "  {:>8}  {}  {}  {}", entry.position, entry.id, entry.what, entry.about);
            }
        }
        text
    }
}

/// Whether something is withheld, in the statement's form.
pub(crate) fn withheld<T>(content: &Disposition<T>, sha256: Option<String>) -> Option<WithheldItem> {
    content.withheld().map(|withheld| WithheldItem {
        reason: withheld.reason,
        authority: withheld.authority.clone(),
        sha256,
    })
}

/// Text on one line, so that nobody's words look like the statement's own.
pub(crate) fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
