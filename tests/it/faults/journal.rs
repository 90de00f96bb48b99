//! The journal as it lies in the database after the server has ended: no gap, no entry lost, every signed head true.

use std::collections::{BTreeMap, BTreeSet};

use redress_journal::merkle::{Hash, Tiles, plan};
use redress_store::{Db, DbError, Row, Settings, Tx};
use uuid::Uuid;

const POSITIONS: &str = "SELECT p.position, p.leaf, j.entry_type, j.stream_id, j.stream_version, j.content \
     FROM journal_positions AS p JOIN journal AS j ON j.entry_id = p.entry_id ORDER BY p.position";
const ENTRIES: &str = "SELECT COUNT(*) AS found FROM journal";
const WAITING: &str = "SELECT COUNT(*) AS found FROM journal_pending";
const HEADS: &str = "SELECT tree_size, root FROM journal_checkpoints ORDER BY tree_size";

/// An entry at its position.
struct Placed {
    position: i64,
    leaf: Vec<u8>,
    entry_type: String,
    stream: Uuid,
    version: i64,
    content: Vec<u8>,
}

/// Checks all of it; `registered` are the complaints there must be.
pub(super) async fn check(url: &str, registered: &BTreeSet<String>) {
    let db = Db::open(url, Settings::default()).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let entries = tx.query(POSITIONS).all(placed).await.unwrap();
    let heads = tx.query(HEADS).all(head).await.unwrap();
    assert_eq!(count(&mut tx, ENTRIES).await, entries.len(), "entries without a position");
    assert_eq!(count(&mut tx, WAITING).await, 0, "a server that ended in order leaves nothing waiting");
    dense(&entries);
    in_stream_order(&entries);
    grown_as_signed(&entries, &heads);
    once_each(&entries, registered);
    drop(tx);
    db.close().await;
}

fn dense(entries: &[Placed]) {
    for (expected, entry) in (1_i64..).zip(entries) {
        assert_eq!(entry.position, expected, "a gap before position {}", entry.position);
    }
}

fn in_stream_order(entries: &[Placed]) {
    let mut versions: BTreeMap<Uuid, i64> = BTreeMap::new();
    for entry in entries {
        let last = versions.entry(entry.stream).or_default();
        assert_eq!(entry.version, *last + 1, "position {} is out of its stream's order", entry.position);
        *last = entry.version;
    }
}

/// Grows the tree again from the contents alone, and holds every head that was ever signed against it.
fn grown_as_signed(entries: &[Placed], heads: &[(i64, Vec<u8>)]) {
    let leaves: Vec<Hash> = entries.iter().map(|entry| Hash::leaf(&entry.content)).collect();
    for (entry, leaf) in entries.iter().zip(&leaves) {
        assert_eq!(entry.leaf, leaf.bytes(), "position {} has the leaf of something else", entry.position);
    }
    let (mut tiles, mut size) = (Tiles::new(), 0);
    for (signed, root) in heads {
        let signed = u64::try_from(*signed).unwrap();
        let new = &leaves[usize::try_from(size).unwrap()..usize::try_from(signed).unwrap()];
        size = tiles.append(size, new).unwrap();
        assert_eq!(
            plan::root(&tiles, size).unwrap().bytes(),
            &root[..],
            "the head at {signed} was signed over another tree"
        );
    }
    assert_eq!(usize::try_from(size).unwrap(), leaves.len(), "the newest head covers all");
}

fn once_each(entries: &[Placed], registered: &BTreeSet<String>) {
    let of_type = entries.iter().filter(|entry| entry.entry_type.ends_with("ComplaintRegistered"));
    let streams: Vec<String> = of_type.map(|entry| format!("complaints/{}", entry.stream)).collect();
    let distinct: BTreeSet<String> = streams.iter().cloned().collect();
    assert_eq!(streams.len(), distinct.len(), "a complaint was registered twice");
    assert_eq!(&distinct, registered, "the journal tells of other complaints");
}

async fn count(tx: &mut Tx, sql: &'static str) -> usize {
    let found: i64 = tx.query(sql).one(|row| row.get("found")).await.unwrap();
    usize::try_from(found).unwrap()
}

fn placed(row: &Row<'_>) -> Result<Placed, DbError> {
    Ok(Placed {
        position: row.get("position")?,
        leaf: row.get("leaf")?,
        entry_type: row.get("entry_type")?,
        stream: row.get("stream_id")?,
        version: row.get("stream_version")?,
        content: row.get("content")?,
    })
}

fn head(row: &Row<'_>) -> Result<(i64, Vec<u8>), DbError> {
    Ok((row.get("tree_size")?, row.get("root")?))
}
