//! The Merkle tree in its table.

use std::collections::BTreeSet;

use redress_store::{Batch, DbError, Parameter as _, Row, Table, Tx};

use crate::merkle::{Hash, MissingTile, Plan, Tile, TileId, Tiles, plan};

pub(crate) const SELECT: &str = "SELECT level, tile_index, hashes FROM journal_tiles \
     WHERE (level, tile_index) IN (VALUES {rows BIGINT, BIGINT})";

pub(crate) const TILES: Table =
    Table::replace("journal_tiles", &["level", "tile_index", "hashes"], &["level", "tile_index"]);

/// Why a hash of the tree cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeFault {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] DbError),
    /// The tree in the database has a hole.
    #[error("the tree in the database is damaged: {0}")]
    Damaged(#[from] MissingTile),
}

/// Loads tiles; those that are not there are not in the result.
pub(crate) async fn load(tx: &mut Tx, wanted: BTreeSet<TileId>) -> Result<Tiles, DbError> {
    let rows = wanted.into_iter().map(|id| [i64::from(id.level).value(), signed(id.index).value()]);
    let mut tiles = Tiles::new();
    for (id, tile) in tx.query(SELECT).rows(rows).all(read).await? {
        tiles.insert(id, tile);
    }
    Ok(tiles)
}

/// Stores the tiles that were changed.
pub(crate) async fn store(tx: &mut Tx, tiles: &mut Tiles) -> Result<(), DbError> {
    let mut batch = Batch::new(&TILES);
    for (id, tile) in tiles.take_changed() {
        batch.push([i64::from(id.level).value(), signed(id.index).value(), tile.encode().value()]);
    }
    tx.flush(batch).await.map(drop)
}

/// The root of the first `size` leaves.
pub(crate) async fn root(tx: &mut Tx, size: u64) -> Result<Hash, TreeFault> {
    let tiles = load(tx, Plan::root(size).tiles()).await?;
    Ok(plan::root(&tiles, size)?)
}

/// The hashes of a proof.
pub(crate) async fn gather(tx: &mut Tx, plan: &Plan) -> Result<Vec<Hash>, TreeFault> {
    let tiles = load(tx, plan.tiles()).await?;
    Ok(plan.gather(&tiles)?)
}

pub(crate) fn read(row: &Row<'_>) -> Result<(TileId, Tile), DbError> {
    let level: i64 = row.get("level")?;
    let index: i64 = row.get("tile_index")?;
    let bytes: Vec<u8> = row.get("hashes")?;
    let id = TileId {
        level: level.try_into().map_err(|_| row.inconsistent("level", "is not a level"))?,
        index: index.try_into().map_err(|_| row.inconsistent("tile_index", "is negative"))?,
    };
    Ok((id, Tile::parse(&bytes).map_err(|_| row.inconsistent("hashes", "are not hashes"))?))
}

/// Numbers of tiles and leaves stay far below the largest `BIGINT`.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Positions are not negative: a CHECK of their table says so.
pub(crate) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
