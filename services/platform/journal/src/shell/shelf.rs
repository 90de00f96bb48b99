//! Rows of one kind in a world: what was loaded, what is known to be absent, what changed.

use std::collections::{BTreeSet, HashMap};

use redress_kernel::Id;

/// Rows by their id.
#[derive(Debug)]
pub struct Shelf<K, R> {
    rows: HashMap<Id<K>, R>,
    changed: BTreeSet<Id<K>>,
}

impl<K, R> Default for Shelf<K, R> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, R> Shelf<K, R> {
    /// Nothing loaded.
    pub fn new() -> Self {
        Self { rows: HashMap::new(), changed: BTreeSet::new() }
    }

    /// Puts a row there as it was read.
    pub fn load(&mut self, id: Id<K>, row: R) {
        self.rows.insert(id, row);
    }

    /// The row; nothing when it does not exist or was not asked for.
    pub fn get(&self, id: Id<K>) -> Option<&R> {
        self.rows.get(&id)
    }

    /// Puts a new or changed row there, to be written.
    pub fn put(&mut self, id: Id<K>, row: R) {
        self.rows.insert(id, row);
        self.changed.insert(id);
    }

    /// Every row there is.
    pub fn iter(&self) -> impl Iterator<Item = (Id<K>, &R)> {
        self.rows.iter().map(|(id, row)| (*id, row))
    }

    /// How many rows wait to be written.
    pub fn changes(&self) -> usize {
        self.changed.len()
    }

    /// The rows that wait to be written, in the order of their ids, which is the same for every writer.
    pub fn changed(&self) -> impl Iterator<Item = (Id<K>, &R)> {
        self.changed.iter().filter_map(|id| self.rows.get(id).map(|row| (*id, row)))
    }
}
