//! How far a source has been acted on, and what is remembered of its last entries.

use jiff::Timestamp;
use redress_store::{Cause, DbError, Row, Tx};
use uuid::Uuid;

use crate::merkle::{Hash, hash::LENGTH};

pub(crate) const CREATE: &str = "INSERT INTO subscriptions (source, epoch, position, trail, standing, reason, moved_at) \
     VALUES ($1, NULL, 0, $2, 'FOLLOWING', '', $3) ON CONFLICT DO NOTHING";

pub(crate) const SELECT: &str =
    "SELECT epoch, position, trail, standing, reason FROM subscriptions WHERE source = $1";

pub(crate) const MOVE: &str = "UPDATE subscriptions SET epoch = $1, position = $2, trail = $3, moved_at = $4 \
     WHERE source = $5 AND position = $6 AND standing = 'FOLLOWING'";

pub(crate) const QUARANTINE: &str = "UPDATE subscriptions SET standing = 'QUARANTINED', reason = $1, moved_at = $2 \
     WHERE source = $3 AND standing = 'FOLLOWING'";

pub(crate) const READMIT: &str = "UPDATE subscriptions SET standing = 'FOLLOWING', reason = '', epoch = NULL, \
     trail = $1, position = COALESCE($2, position), moved_at = $3 WHERE source = $4 AND standing = 'QUARANTINED'";

/// Entries of which the hash is remembered.
pub(super) const TRAIL: usize = 16;

const STEP: usize = 8 + LENGTH;

/// Whether a source is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its entries are taken.
    Following,
    /// Its past has changed; nothing is taken until a person has looked.
    Quarantined(String),
}

/// The state of a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) epoch: Option<Uuid>,
    pub(super) position: i64,
    pub(super) trail: Trail,
    pub(super) standing: Standing,
}

/// Positions and leaf hashes of the last entries taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trail(Vec<(i64, Hash)>);

impl Trail {
    /// Remembers one more entry, and forgets the oldest.
    pub(super) fn push(&mut self, position: i64, leaf: Hash) {
        self.0.push((position, leaf));
        let surplus = self.0.len().saturating_sub(TRAIL);
        self.0.drain(..surplus);
    }

    /// Whether the entry at a position was another one when it was taken.
    pub(super) fn contradicts(&self, position: i64, leaf: Hash) -> bool {
        self.0.iter().any(|(seen, hash)| *seen == position && *hash != leaf)
    }

    /// The position before the first one remembered.
    pub(super) fn before(&self) -> Option<i64> {
        self.0.first().map(|(position, _)| position - 1)
    }

    fn encode(&self) -> Vec<u8> {
        let step = |(position, hash): &(i64, Hash)| [&position.to_be_bytes()[..], hash.bytes()].concat();
        self.0.iter().flat_map(step).collect()
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let step = |step: &[u8]| {
            let (position, hash) = step.split_at_checked(8)?;
            Some((i64::from_be_bytes(position.try_into().ok()?), Hash::try_from(hash).ok()?))
        };
        bytes.chunks(STEP).map(step).collect::<Option<_>>().map(Self)
    }
}

/// The subscription to a source, if it was begun.
pub(super) async fn find(tx: &mut Tx, source: &str) -> Result<Option<Cursor>, DbError> {
    tx.query(SELECT).bind(source).optional(read).await
}

/// Makes the subscription to a source.
pub(super) async fn create(tx: &mut Tx, source: &str, now: Timestamp) -> Result<(), DbError> {
    tx.query(CREATE).bind(source).bind(Trail::default().encode()).bind(now).execute().await.map(drop)
}

/// Moves from one state to the next.
///
/// # Errors
/// [`DbError::Conflict`] when another process has moved it meanwhile.
pub(super) async fn advance(
    tx: &mut Tx,
    source: &str,
    old: &Cursor,
    new: &Cursor,
    now: Timestamp,
) -> Result<(), DbError> {
    let moved = tx
        .query(MOVE)
        .bind(new.epoch)
        .bind(new.position)
        .bind(new.trail.encode())
        .bind(now)
        .bind(source)
        .bind(old.position)
        .execute()
        .await?;
    only_one(moved)
}

/// Refuses everything further from a source.
pub(super) async fn quarantine(
    tx: &mut Tx,
    source: &str,
    reason: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    tx.query(QUARANTINE).bind(reason).bind(now).bind(source).execute().await.map(drop)
}

/// Trusts a source again, whatever its past. It goes on after the position that was reached, or after `resume_after`.
pub(super) async fn readmit(
    tx: &mut Tx,
    source: &str,
    resume_after: Option<i64>,
    now: Timestamp,
) -> Result<(), DbError> {
    let empty = Trail::default().encode();
    only_one(tx.query(READMIT).bind(empty).bind(resume_after).bind(now).bind(source).execute().await?)
}

pub(super) fn only_one(changed: u64) -> Result<(), DbError> {
    if changed == 1 {
        Ok(())
    } else {
        Err(DbError::Conflict(Cause::new("subscription", "another process has moved on meanwhile")))
    }
}

fn read(row: &Row<'_>) -> Result<Cursor, DbError> {
    let trail: Vec<u8> = row.get("trail")?;
    let standing = standing(row)?;
    Ok(Cursor {
        epoch: row.get("epoch")?,
        position: row.get("position")?,
        trail: Trail::parse(&trail).ok_or_else(|| row.inconsistent("trail", "is not a trail"))?,
        standing,
    })
}

/// Whether the source of a row is trusted.
pub(super) fn standing(row: &Row<'_>) -> Result<Standing, DbError> {
    let standing: String = row.get("standing")?;
    match standing.as_str() {
        "FOLLOWING" => Ok(Standing::Following),
        "QUARANTINED" => Ok(Standing::Quarantined(row.get("reason")?)),
        _ => Err(row.inconsistent("standing", "is not known")),
    }
}
