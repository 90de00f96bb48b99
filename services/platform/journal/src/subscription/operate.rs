//! What a person may do about a subscription: try a parked entry again, give it up, trust a source again.
//!
//! They are commands of the shell like any other, so that a repeated request has one effect and one answer.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use prost::Message as _;
use redress_kernel::{Explanation, Kind, Refusal};
use redress_store::{DbError, Tx};
use uuid::Uuid;

use super::{
    cursor::{self, Standing},
    held,
};
use crate::{
    append::Entries,
    entry::{Draft, Entry},
    shell::{Command, World},
};

/// The kind of stream in which it is recorded that an entry was given up; each is a stream of its own, because it
/// happens once.
const SKIPPED: &str = "skipped-entries";
/// The same of sources that are trusted again.
const READMITTED: &str = "readmitted-sources";

/// `redress.journal.v1.EntrySkipped`.
#[derive(Clone, PartialEq, Eq, prost::Message)]
struct EntrySkipped {
    #[prost(string, tag = "1")]
    source: String,
    #[prost(int64, tag = "2")]
    position: i64,
    #[prost(string, tag = "3")]
    entry_id: String,
}

/// `redress.journal.v1.SourceReadmitted`.
#[derive(Clone, PartialEq, Eq, prost::Message)]
struct SourceReadmitted {
    #[prost(string, tag = "1")]
    source: String,
    #[prost(int64, tag = "2")]
    resume_after_position: i64,
}

/// What is known of parked entries and quarantined sources, and what is done about them.
#[derive(Debug, Default)]
pub struct Operations {
    parked: BTreeMap<(String, i64), Entry>,
    /// Positions that were reached in quarantined sources.
    quarantined: BTreeMap<String, i64>,
    changes: Vec<Change>,
}

/// What a command needs to know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Want {
    /// The parked entry of a source at a position.
    Parked(String, i64),
    /// The standing of a source.
    Source(String),
}

#[derive(Debug)]
enum Change {
    Retry { source: String, position: i64, at: Timestamp },
    Skip { source: String, position: i64 },
    Readmit { source: String, resume_after: Option<i64>, at: Timestamp },
}

/// Lets a parked entry be tried again, after someone has mended what stood in its way.
#[derive(Clone, Debug)]
pub struct Retry {
    /// Whose entry.
    pub source: String,
    /// Its position.
    pub position: i64,
}

/// Gives a parked entry up for good; its stream goes on without it. The journal says who did so.
#[derive(Clone, Debug)]
pub struct Skip {
    /// Whose entry.
    pub source: String,
    /// Its position.
    pub position: i64,
    /// A fresh id, under which it is recorded.
    pub record: Uuid,
}

/// Trusts a quarantined source again, after a person has made sure of it.
#[derive(Clone, Debug)]
pub struct Readmit {
    /// Which.
    pub source: String,
    /// Where to go on; not set: where it was left. Entries after it are acted on again, and what is held of them is
    /// forgotten, because a restored source has others there.
    pub resume_after: Option<i64>,
    /// A fresh id, under which it is recorded.
    pub record: Uuid,
}

/// Why nothing is done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// No entry of the source is parked at the position.
    #[error("no entry of this source is parked at this position")]
    NotParked {
        /// The source.
        source_name: String,
        /// The position.
        position: i64,
    },
    /// The source is not quarantined.
    #[error("this source is not quarantined")]
    NotQuarantined {
        /// The source.
        source_name: String,
    },
    /// The place to go on lies beyond what was reached, so that entries would be passed over unseen.
    #[error("the subscription has not reached this position")]
    NotReached {
        /// The position that was reached.
        reached: i64,
    },
}

impl Refused {
    /// Every reason, as it stands in `redress.journal.v1.ErrorReason`.
    pub const REASONS: [&'static str; 3] =
        ["ENTRY_NOT_PARKED", "SOURCE_NOT_QUARANTINED", "POSITION_NOT_REACHED"];
}

impl Refusal for Refused {
    fn explain(&self) -> Explanation {
        let [not_parked, not_quarantined, not_reached] = Self::REASONS;
        match self {
            Self::NotParked { source_name, position } => {
                Explanation::new(Kind::NotFound, not_parked, self.to_string())
                    .with("source", source_name)
                    .with("position", position)
            }
            Self::NotQuarantined { source_name } => {
                Explanation::new(Kind::Precondition, not_quarantined, self.to_string())
                    .with("source", source_name)
            }
            Self::NotReached { reached } => {
                Explanation::new(Kind::Precondition, not_reached, self.to_string()).with("position", reached)
            }
        }
    }
}

impl World for Operations {
    type Want = Want;

    fn new() -> Self {
        Self::default()
    }

    async fn load(&mut self, tx: &mut Tx, wants: &[Want]) -> Result<(), DbError> {
        // A person does one such thing now and then, so each is looked up by itself.
        for want in wants.iter().cloned().collect::<BTreeSet<_>>() {
            match want {
                Want::Parked(source, position) => {
                    if let Some(entry) = held::parked_at(tx, &source, position).await? {
                        self.parked.insert((source, position), entry);
                    }
                }
                Want::Source(source) => {
                    let found = cursor::find(tx, &source).await?;
                    if let Some(found) = found.filter(|found| found.standing != Standing::Following) {
                        self.quarantined.insert(source, found.position);
                    }
                }
            }
        }
        Ok(())
    }

    fn changes(&self) -> usize {
        self.changes.len()
    }

    async fn flush(&mut self, tx: &mut Tx) -> Result<(), DbError> {
        for change in self.changes.drain(..) {
            match change {
                Change::Retry { source, position, at } => held::redrive(tx, &source, position, at).await?,
                Change::Skip { source, position } => held::skip(tx, &source, position).await?,
                Change::Readmit { source, resume_after, at } => {
                    cursor::readmit(tx, &source, resume_after, at).await?;
                    if let Some(after) = resume_after {
                        held::forget(tx, &source, after).await?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Operations {
    /// Takes the parked entry, so that another command of the group does not find it as well.
    fn take(&mut self, source: &str, position: i64) -> Result<Entry, Refused> {
        let refused = || Refused::NotParked { source_name: source.to_owned(), position };
        self.parked.remove(&(source.to_owned(), position)).ok_or_else(refused)
    }
}

impl Command<Operations> for Retry {
    type Answer = ();
    type Refusal = Refused;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Parked(self.source.clone(), self.position));
    }

    fn run(&self, world: &mut Operations, _: &mut Entries<'_>, now: Timestamp) -> Result<(), Refused> {
        world.take(&self.source, self.position)?;
        world.changes.push(Change::Retry { source: self.source.clone(), position: self.position, at: now });
        Ok(())
    }
}

impl Command<Operations> for Skip {
    type Answer = ();
    type Refusal = Refused;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Parked(self.source.clone(), self.position));
    }

    fn run(&self, world: &mut Operations, entries: &mut Entries<'_>, _: Timestamp) -> Result<(), Refused> {
        let entry = world.take(&self.source, self.position)?;
        let skipped = EntrySkipped {
            source: self.source.clone(),
            position: self.position,
            entry_id: entry.content.entry_id,
        };
        entries.append(record(
            SKIPPED,
            self.record,
            "redress.journal.v1.EntrySkipped",
            skipped.encode_to_vec(),
        ));
        world.changes.push(Change::Skip { source: self.source.clone(), position: self.position });
        Ok(())
    }
}

impl Command<Operations> for Readmit {
    type Answer = ();
    type Refusal = Refused;

    fn wants(&self, wants: &mut Vec<Want>) {
        wants.push(Want::Source(self.source.clone()));
    }

    fn run(&self, world: &mut Operations, entries: &mut Entries<'_>, now: Timestamp) -> Result<(), Refused> {
        let Some(reached) = world.quarantined.get(&self.source).copied() else {
            return Err(Refused::NotQuarantined { source_name: self.source.clone() });
        };
        let resume_after_position = self.resume_after.unwrap_or(reached);
        if resume_after_position > reached {
            return Err(Refused::NotReached { reached });
        }
        world.quarantined.remove(&self.source);
        let readmitted = SourceReadmitted { source: self.source.clone(), resume_after_position };
        let payload = readmitted.encode_to_vec();
        entries.append(record(READMITTED, self.record, "redress.journal.v1.SourceReadmitted", payload));
        world.changes.push(Change::Readmit {
            source: self.source.clone(),
            resume_after: self.resume_after,
            at: now,
        });
        Ok(())
    }
}

fn record(stream_kind: &'static str, stream_id: Uuid, entry_type: &'static str, payload: Vec<u8>) -> Draft {
    Draft {
        stream_kind,
        stream_id,
        version: 1,
        entry_type,
        schema_version: 1,
        payload,
        scope: None,
        citations: Vec::new(),
    }
}
