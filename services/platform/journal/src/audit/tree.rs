//! The tree: rebuilt leaf by leaf, compared with every tile that is stored and every head that was signed.

use std::collections::{BTreeSet, VecDeque};

use super::AuditFault;
use crate::{
    checkpoint::{Checkpoint, VerifierKey},
    log::{
        Head, Log, head,
        tree::{self, signed},
    },
    merkle::{Hash, Tile, TileId, Tiles, plan},
};

pub(crate) const SELECT_CHECKPOINTS: &str = "SELECT tree_size, root, note, signed_at FROM journal_checkpoints \
     WHERE tree_size > $1 AND tree_size <= $2 ORDER BY tree_size LIMIT 512";

/// The tree as far as it was rebuilt.
pub(super) struct Rebuilt<'k> {
    key: &'k VerifierKey,
    published: Option<Checkpoint>,
    size: u64,
    tiles: Tiles,
    /// Signed heads that are still to be reached, the next first.
    heads: VecDeque<Head>,
    /// Whether there may be more heads than those that were fetched.
    more: bool,
    checked: u64,
}

impl<'k> Rebuilt<'k> {
    pub(super) fn new(key: &'k VerifierKey, published: Option<Checkpoint>) -> Self {
        Self { key, published, size: 0, tiles: Tiles::new(), heads: VecDeque::new(), more: true, checked: 0 }
    }

    /// Grows by these leaves, and compares on the way.
    pub(super) async fn grow(&mut self, log: &Log, leaves: &[Hash]) -> Result<(), AuditFault> {
        let end = self.size + leaves.len() as u64;
        self.more = true;
        for leaf in leaves {
            if self.heads.is_empty() && self.more {
                self.fetch(log, end).await?;
            }
            // Nothing was left out since the empty tree, so nothing can be missing.
            self.size = self.tiles.append(self.size, &[*leaf]).map_err(|_| self.hole())?;
            self.compare_heads()?;
        }
        self.compare_tiles(log).await
    }

    /// Compares what is left, and returns how many signed heads there were.
    pub(super) async fn finish(self, log: &Log, head: i64) -> Result<u64, AuditFault> {
        if signed(self.size) != head {
            return Err(self.hole());
        }
        let mut tx = log.db().read().await?;
        let stored = tree::load(&mut tx, Tiles::growing(self.size)).await?;
        for id in Tiles::growing(self.size) {
            // More hashes than the head accounts for, unless the head has moved on meanwhile.
            let longer = match (stored.get(id), self.tiles.get(id)) {
                (Some(stored), Some(rebuilt)) => stored.hashes().len() > rebuilt.hashes().len(),
                (None, _) | (_, None) => true,
            };
            if longer && head::newest(&mut tx).await?.is_none_or(|newest| newest.size == head) {
                return Err(bad_tile(id, "holds more than was signed"));
            }
        }
        Ok(self.checked)
    }

    async fn fetch(&mut self, log: &Log, upto: u64) -> Result<(), AuditFault> {
        let mut tx = log.db().read().await?;
        let query = tx.query(SELECT_CHECKPOINTS).bind(signed(self.size)).bind(signed(upto));
        self.heads = query.all(head::read).await?.into();
        self.more = !self.heads.is_empty();
        Ok(())
    }

    fn compare_heads(&mut self) -> Result<(), AuditFault> {
        let due = |head: &Head| head.size.unsigned_abs() == self.size;
        if let Some(head) = self.heads.pop_front_if(|head| due(head)) {
            let damaged =
                |what| AuditFault::damaged("journal_checkpoints", format!("size {}", head.size), what);
            let root = plan::root(&self.tiles, self.size).map_err(|_| self.hole())?;
            if head.root != root {
                return Err(damaged("the root is not that of the entries"));
            }
            match Checkpoint::open(&head.note, self.key) {
                Ok(note) if note.size == self.size && note.root == root => self.checked += 1,
                Ok(_) => return Err(damaged("the signed note says something else")),
                Err(_) => return Err(damaged("the signature is false")),
            }
        }
        let reached = self.published.take_if(|published| published.size == self.size);
        if let Some(published) = reached
            && plan::root(&self.tiles, self.size).map_err(|_| self.hole())? != published.root
        {
            let row = format!("size {}", published.size);
            return Err(AuditFault::damaged("journal", row, "the entries are not those that were published"));
        }
        Ok(())
    }

    /// Compares the tiles that have grown with the stored ones, which may have grown further.
    async fn compare_tiles(&mut self, log: &Log) -> Result<(), AuditFault> {
        let grown: Vec<(TileId, Tile)> =
            self.tiles.take_changed().into_iter().map(|(id, tile)| (id, tile.clone())).collect();
        let mut tx = log.db().read().await?;
        let wanted: BTreeSet<TileId> = grown.iter().map(|(id, _)| *id).collect();
        let stored = tree::load(&mut tx, wanted).await?;
        for (id, tile) in grown {
            match stored.get(id) {
                None => return Err(bad_tile(id, "is missing")),
                Some(stored) if !stored.hashes().starts_with(tile.hashes()) => {
                    return Err(bad_tile(id, "is not that of the entries"));
                }
                Some(_) => {}
            }
        }
        self.tiles.forget_full();
        Ok(())
    }

    fn hole(&self) -> AuditFault {
        AuditFault::damaged("journal_tiles", format!("size {}", self.size), "cannot be rebuilt")
    }
}

fn bad_tile(id: TileId, what: &'static str) -> AuditFault {
    AuditFault::damaged("journal_tiles", format!("level {}, tile {}", id.level, id.index), what)
}
