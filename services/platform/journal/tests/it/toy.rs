//! The smallest service there is: things that count up to a limit.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use redress_journal::{Command, Draft, Entries, World};
use redress_kernel::{Explanation, Kind, Refusal};
use redress_store::{Batch, Cause, DbError, List, Migration, Parameter as _, Row, Table, Tx};
use uuid::Uuid;

pub(crate) const SCHEMA: List = List {
    name: "toy",
    migrations: &[Migration { version: 1, name: "things", sql: include_str!("toy.sql") }],
};

const SELECT: &str = "SELECT thing_id, total, version, revision FROM things WHERE thing_id IN ({keys})";
const THINGS: Table =
    Table::save("things", &["thing_id", "total", "version", "revision"], &["thing_id"], "revision");

pub(crate) const LIMIT: i64 = 1_000;

#[derive(Clone, Copy, Default)]
struct Thing {
    total: i64,
    /// Version of its stream.
    version: i64,
    /// Version of its row, which moves once a transaction however many commands there are in it.
    revision: i64,
}

#[derive(Default)]
pub(crate) struct Things {
    loaded: BTreeMap<Uuid, Thing>,
    changed: BTreeSet<Uuid>,
    changes: usize,
}

impl World for Things {
    type Want = Uuid;

    fn new() -> Self {
        Self::default()
    }

    async fn load(&mut self, tx: &mut Tx, wants: &[Uuid]) -> Result<(), DbError> {
        self.loaded = wants.iter().map(|id| (*id, Thing::default())).collect();
        self.loaded.extend(tx.query(SELECT).keys(wants.iter().copied()).all(read).await?);
        Ok(())
    }

    fn changes(&self) -> usize {
        self.changes
    }

    async fn flush(&mut self, tx: &mut Tx) -> Result<(), DbError> {
        let mut batch = Batch::new(&THINGS);
        for id in &self.changed {
            let thing = self.loaded[id];
            batch.push([
                id.value(),
                thing.total.value(),
                thing.version.value(),
                (thing.revision + 1).value(),
            ]);
        }
        let meant = batch.len() as u64;
        if tx.flush(batch).await? == meant {
            Ok(())
        } else {
            Err(DbError::Conflict(Cause::new("version", "a thing was changed meanwhile")))
        }
    }
}

fn read(row: &Row<'_>) -> Result<(Uuid, Thing), DbError> {
    let thing =
        Thing { total: row.get("total")?, version: row.get("version")?, revision: row.get("revision")? };
    Ok((row.get("thing_id")?, thing))
}

/// The total of a thing, straight from its row.
pub(crate) async fn total(tx: &mut Tx, id: Uuid) -> i64 {
    let found = tx.query(SELECT).keys([id]).optional(read).await.unwrap();
    found.map_or(0, |(_, thing)| thing.total)
}

#[derive(Clone, PartialEq, Eq, prost::Message)]
pub(crate) struct Counted {
    #[prost(int64, tag = "1")]
    pub(crate) total: i64,
    #[prost(int64, tag = "2")]
    pub(crate) version: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("that is too much")]
pub(crate) struct TooMuch;

impl Refusal for TooMuch {
    fn explain(&self) -> Explanation {
        Explanation::new(Kind::Precondition, "TOO_MUCH", self.to_string())
    }
}

/// How a command behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    Proper,
    /// Changes the world and then refuses.
    Sloppy,
    Panics,
    /// Always records version 1.
    AlwaysFirst,
}

/// Adds to a thing.
#[derive(Clone, Debug)]
pub(crate) struct Add {
    pub(crate) thing: Uuid,
    pub(crate) amount: i64,
    pub(crate) manner: Manner,
    pub(crate) scope: Option<Uuid>,
}

impl Add {
    pub(crate) const fn new(thing: Uuid, amount: i64) -> Self {
        Self { thing, amount, manner: Manner::Proper, scope: None }
    }
}

impl Command<Things> for Add {
    type Answer = Counted;
    type Refusal = TooMuch;

    fn wants(&self, wants: &mut Vec<Uuid>) {
        wants.push(self.thing);
    }

    fn run(&self, world: &mut Things, entries: &mut Entries<'_>, _: Timestamp) -> Result<Counted, TooMuch> {
        let thing = world.loaded.get_mut(&self.thing).unwrap();
        if thing.total + self.amount > LIMIT {
            return Err(TooMuch);
        }
        thing.total += self.amount;
        thing.version += 1;
        world.changed.insert(self.thing);
        world.changes += 1;
        match self.manner {
            Manner::Proper | Manner::AlwaysFirst => {}
            Manner::Sloppy => return Err(TooMuch),
            Manner::Panics => panic!("as told"),
        }
        let version = if self.manner == Manner::AlwaysFirst { 1 } else { thing.version };
        entries.append(draft(self.thing, version, self.amount, self.scope));
        Ok(Counted { total: thing.total, version: thing.version })
    }
}

pub(crate) fn draft(thing: Uuid, version: i64, amount: i64, scope: Option<Uuid>) -> Draft {
    Draft {
        stream_kind: "things",
        stream_id: thing,
        version,
        entry_type: "toy.Added",
        schema_version: 1,
        payload: amount.to_be_bytes().to_vec(),
        scope,
        citations: vec!["CMP-08 (J0 7.01)".to_owned()],
    }
}
