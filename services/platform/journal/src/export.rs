//! A part of the log as a file that a stranger can check with nothing but the verifier key.
//!
//! The file is lines of JSON. The first is the header:
//!
//! ```json
//! {"format": "redress-journal-export-1", "key": "name+hash+key", "checkpoint": "a signed note"}
//! ```
//!
//! Each further line is an entry, in order of position: its content in base64 (the very bytes that are hashed) and its
//! inclusion proof for the size of the checkpoint.
//!
//! ```json
//! {"position": 1, "content": "CiQ…", "proof": ["lqKW0i…", "Xwg/Ch…"]}
//! ```
//!
//! The key in the file says which key to ask for by another way; a checker is given the key it trusts.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use redress_store::DbError;
use serde::{Deserialize, Serialize};

use crate::{
    feed,
    log::{
        Log, head,
        tree::{self, TreeFault, unsigned},
    },
    merkle::{Hash, Plan},
};

/// The format, as its first line names it.
pub const FORMAT: &str = "redress-journal-export-1";

/// Entries that are loaded at once.
const PAGE: i64 = 512;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// [`FORMAT`].
    pub format: String,
    /// The key that signed the checkpoint.
    pub key: String,
    /// The signed note.
    pub checkpoint: String,
}

/// Any other line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Position of the entry.
    pub position: u64,
    /// Its content in base64.
    pub content: String,
    /// The hashes that prove it.
    pub proof: Vec<Hash>,
}

/// Writes the parts of an export one after another; each call gives the next lines.
#[derive(Clone, Debug)]
pub struct Export {
    log: Log,
    size: i64,
    next: i64,
    last: i64,
    header: Option<Header>,
}

impl Log {
    /// Begins an export of the entries from `first` to `last`, or to the newest; none while the log is empty.
    pub async fn export(&self, first: i64, last: Option<i64>) -> Result<Option<Export>, DbError> {
        let Some(head) = self.head().await? else { return Ok(None) };
        let header = Header { format: FORMAT.to_owned(), key: self.key().to_string(), checkpoint: head.note };
        Ok(Some(Export {
            log: self.clone(),
            size: head.size,
            next: first.max(1),
            last: last.unwrap_or(head.size).min(head.size),
            header: Some(header),
        }))
    }
}

impl Export {
    /// The next lines, each with its line end; none when all is told.
    pub async fn next(&mut self) -> Result<Option<String>, TreeFault> {
        if let Some(header) = self.header.take() {
            return Ok(Some(line(&header)));
        }
        if self.next > self.last {
            return Ok(None);
        }
        let upto = self.last.min(self.next + PAGE - 1);
        let mut tx = self.log.db().read().await?;
        let plans: Vec<(i64, Plan)> = (self.next..=upto)
            .filter_map(|position| {
                Some((position, Plan::inclusion(unsigned(position - 1), unsigned(self.size))?))
            })
            .collect();
        let wanted: BTreeSet<_> = plans.iter().flat_map(|(_, plan)| plan.tiles()).collect();
        let tiles = tree::load(&mut tx, wanted).await?;
        let mut text = String::new();
        let entries =
            tx.query(feed::SELECT).bind(self.next - 1).bind(upto - self.next + 1).all(feed::entry).await?;
        for ((position, plan), entry) in plans.iter().zip(entries) {
            if entry.position != *position {
                return Err(TreeFault::Database(head::hole(*position)));
            }
            text.push_str(&line(&Line {
                position: position.unsigned_abs(),
                content: STANDARD.encode(&entry.bytes),
                proof: plan.gather(&tiles)?,
            }));
        }
        self.next = upto + 1;
        Ok(Some(text))
    }
}

fn line(value: &impl Serialize) -> String {
    // Texts, numbers and lists of them always have a form in JSON.
    serde_json::to_string(value).map(|text| text + "\n").unwrap_or_default()
}
