//! The Merkle tree over the journal, as RFC 6962 hashes it and as C2SP `tlog-tiles` cuts it.
//!
//! Everything here is pure. A tree is kept as *tiles* of up to 256 hashes; a proof is first *planned* as a list of
//! ranges, which names the tiles to load, and then *gathered* from them. So no proof loads more than a few tiles,
//! however large the tree.

pub mod hash;
pub mod plan;
pub mod proof;
pub mod tile;

pub use hash::Hash;
pub use plan::Plan;
pub use proof::ProofFault;
pub use tile::{MissingTile, Tile, TileId, Tiles};
