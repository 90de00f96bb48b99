//! Which subtrees a root or a proof is made of (RFC 6962 sections 2.1, 2.1.1 and 2.1.2), before any of them is loaded.

use std::{collections::BTreeSet, ops::Range};

use super::{Hash, MissingTile, TileId, Tiles};

/// A list of leaf ranges whose subtree hashes are wanted, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    ranges: Vec<Range<u64>>,
}

impl Plan {
    /// The root of the first `size` leaves.
    pub fn root(size: u64) -> Self {
        Self { ranges: Vec::from([Range { start: 0, end: size }]) }
    }

    /// The inclusion proof of leaf `index` in the tree of `size` leaves; `None` when the tree has no such leaf.
    pub fn inclusion(index: u64, size: u64) -> Option<Self> {
        if index >= size {
            return None;
        }
        let mut ranges = Vec::new();
        path(index, 0..size, &mut ranges);
        Some(Self { ranges })
    }

    /// The proof that the tree of `old` leaves is a prefix of the tree of `new` leaves; `None` when it cannot be,
    /// and empty when `old` is zero or both are equal.
    pub fn consistency(old: u64, new: u64) -> Option<Self> {
        if old > new {
            return None;
        }
        let mut ranges = Vec::new();
        if old > 0 && old < new {
            subproof(old, 0..new, true, &mut ranges);
        }
        Some(Self { ranges })
    }

    /// The tiles that must be at hand for [`Plan::gather`].
    pub fn tiles(&self) -> BTreeSet<TileId> {
        let mut tiles = BTreeSet::new();
        for range in &self.ranges {
            visit(range.clone(), &mut |height, index| {
                tiles.insert(Tiles::holding(height, index));
            });
        }
        tiles
    }

    /// The hash of each range, from the tiles at hand.
    pub fn gather(&self, tiles: &Tiles) -> Result<Vec<Hash>, MissingTile> {
        self.ranges.iter().map(|range| subtree(tiles, range.clone())).collect()
    }
}

/// The root of the first `size` leaves, from the tiles at hand.
pub fn root(tiles: &Tiles, size: u64) -> Result<Hash, MissingTile> {
    subtree(tiles, 0..size)
}

fn subtree(tiles: &Tiles, range: Range<u64>) -> Result<Hash, MissingTile> {
    let mut parts = Vec::new();
    visit(range, &mut |height, index| parts.push((height, index)));
    let mut hash = None;
    for (height, index) in parts.into_iter().rev() {
        let left = tiles.complete(height, index)?;
        hash = Some(hash.map_or(left, |right| Hash::node(left, right)));
    }
    Ok(hash.unwrap_or_else(Hash::empty_root))
}

/// Visits the complete subtrees of a range from left to right. Ranges made here begin at a multiple of the power of two
/// that covers them, so each part is aligned.
fn visit(range: Range<u64>, part: &mut impl FnMut(u32, u64)) {
    let mut start = range.start;
    while start < range.end {
        let height = (range.end - start).ilog2();
        part(height, start >> height);
        start += 1 << height;
    }
}

fn path(index: u64, range: Range<u64>, ranges: &mut Vec<Range<u64>>) {
    let Some(middle) = split(&range) else { return };
    if index < middle {
        path(index, range.start..middle, ranges);
        ranges.push(middle..range.end);
    } else {
        path(index, middle..range.end, ranges);
        ranges.push(range.start..middle);
    }
}

fn subproof(old: u64, range: Range<u64>, whole: bool, ranges: &mut Vec<Range<u64>>) {
    if old == range.end {
        // The verifier knows the old root; any other shared subtree it must be told.
        if !whole {
            ranges.push(range);
        }
        return;
    }
    let Some(middle) = split(&range) else { return };
    if old <= middle {
        subproof(old, range.start..middle, whole, ranges);
        ranges.push(middle..range.end);
    } else {
        subproof(old, middle..range.end, false, ranges);
        ranges.push(range.start..middle);
    }
}

/// Where RFC 6962 splits a range: after the largest power of two of leaves that is smaller than it.
fn split(range: &Range<u64>) -> Option<u64> {
    let count = range.end - range.start;
    (count > 1).then(|| range.start + (1 << (count - 1).ilog2()))
}
