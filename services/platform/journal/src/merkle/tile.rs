//! The tree cut into tiles of 256 hashes, as C2SP `tlog-tiles` does.
//!
//! Tile `(level, index)` holds the hashes of the complete subtrees of `256^level` leaves that begin at leaf
//! `index * 256^(level + 1)`. A full tile never changes again; only the last of each level grows.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Hash,
    hash::{LENGTH, NotAHash},
};

/// Hashes in a full tile.
pub const WIDTH: usize = 256;
/// Levels of the binary tree in one tile.
const HEIGHT: u32 = 8;

/// Which tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TileId {
    /// Zero for leaf hashes.
    pub level: u8,
    /// Counted from the left.
    pub index: u64,
}

/// A tile's hashes, up to 256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    hashes: Vec<Hash>,
}

/// The tiles at hand, and which of them were changed.
#[derive(Clone, Debug, Default)]
pub struct Tiles {
    tiles: BTreeMap<TileId, Tile>,
    changed: BTreeSet<TileId>,
}

/// A tile, or part of one, that is needed and not at hand: the tree is damaged, or was not loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("tile {} of level {} is missing or too short", id.index, id.level)]
pub struct MissingTile {
    /// The tile.
    pub id: TileId,
}

impl Tile {
    /// Reads the stored form: the hashes one after another.
    pub fn parse(bytes: &[u8]) -> Result<Self, NotAHash> {
        if bytes.len() > WIDTH * LENGTH {
            return Err(NotAHash);
        }
        bytes.chunks(LENGTH).map(Hash::try_from).collect::<Result<_, _>>().map(|hashes| Self { hashes })
    }

    /// The stored form.
    pub fn encode(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(Hash::bytes).copied().collect()
    }

    /// The hashes.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }
}

impl Tiles {
    /// No tile at hand: enough for an empty tree.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a tile at hand, as it was stored.
    pub fn insert(&mut self, id: TileId, tile: Tile) {
        self.tiles.insert(id, tile);
    }

    /// One tile.
    pub fn get(&self, id: TileId) -> Option<&Tile> {
        self.tiles.get(&id)
    }

    /// The tiles that must be at hand before a tree of `size` leaves can grow: the unfinished one of each level.
    pub fn growing(size: u64) -> BTreeSet<TileId> {
        (0_u8..8)
            .map(|level| (level, size >> (u32::from(level) * HEIGHT)))
            .take_while(|(_, count)| *count > 0)
            .filter(|(_, count)| count % WIDTH as u64 != 0)
            .map(|(level, count)| TileId { level, index: count / WIDTH as u64 })
            .collect()
    }

    /// Appends leaf hashes to a tree of `size` leaves and returns the new size. The tiles of [`Tiles::growing`] must be
    /// at hand.
    pub fn append(&mut self, size: u64, leaves: &[Hash]) -> Result<u64, MissingTile> {
        let mut position = size;
        for leaf in leaves {
            self.push(0, position, *leaf)?;
            position += 1;
        }
        Ok(position)
    }

    /// Hands over the tiles that were changed since the last call, to be stored.
    pub fn take_changed(&mut self) -> Vec<(TileId, &Tile)> {
        let changed = std::mem::take(&mut self.changed);
        changed.into_iter().filter_map(|id| self.tiles.get(&id).map(|tile| (id, tile))).collect()
    }

    /// Forgets full tiles, which growing no longer needs, so that a long run stays small.
    pub fn forget_full(&mut self) {
        self.tiles.retain(|_, tile| tile.hashes.len() < WIDTH);
    }

    /// The hash of the complete subtree of `2^height` leaves that begins at leaf `index * 2^height`.
    pub(super) fn complete(&self, height: u32, index: u64) -> Result<Hash, MissingTile> {
        let (level, within) = (height / HEIGHT, height % HEIGHT);
        let first = index << within;
        let id = Self::tile_of(level, first);
        let offset = usize::try_from(first % WIDTH as u64).unwrap_or(WIDTH);
        let hashes = self
            .tiles
            .get(&id)
            .and_then(|tile| tile.hashes.get(offset..offset + (1 << within)))
            .ok_or(MissingTile { id })?;
        Ok(fold_complete(hashes))
    }

    /// The tile that holds the subtree of [`Tiles::complete`].
    pub(super) fn holding(height: u32, index: u64) -> TileId {
        Self::tile_of(height / HEIGHT, index << (height % HEIGHT))
    }

    fn tile_of(level: u32, position: u64) -> TileId {
        // A tree of 2^64 leaves has eight levels.
        TileId { level: u8::try_from(level).unwrap_or(u8::MAX), index: position / WIDTH as u64 }
    }

    fn push(&mut self, level: u8, position: u64, hash: Hash) -> Result<(), MissingTile> {
        let id = TileId { level, index: position / WIDTH as u64 };
        let tile = self.tiles.entry(id).or_insert_with(|| Tile { hashes: Vec::with_capacity(WIDTH) });
        if tile.hashes.len() as u64 != position % WIDTH as u64 {
            return Err(MissingTile { id });
        }
        tile.hashes.push(hash);
        self.changed.insert(id);
        if tile.hashes.len() == WIDTH {
            let root = fold_complete(&tile.hashes);
            return self.push(level + 1, id.index, root);
        }
        Ok(())
    }
}

/// The root over a power of two of hashes.
fn fold_complete(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => Hash::empty_root(),
        [only] => *only,
        many => {
            let (left, right) = many.split_at(many.len() / 2);
            Hash::node(fold_complete(left), fold_complete(right))
        }
    }
}
