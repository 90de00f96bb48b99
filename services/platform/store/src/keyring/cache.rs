//! The keys used lately, so that reading a case does not mean reading the keyring.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use tokio::time::Instant;

use crate::seal::{DataKey, KeyId};

/// As many keys as are remembered.
const MOST: usize = 4_096;

/// How long one is remembered. Another process that destroys a key cannot tell this one, so this is for how long
/// it may still be used here.
pub(super) const LONGEST: Duration = Duration::from_mins(1);

/// Keys used lately, the oldest forgotten first.
#[derive(Debug, Default)]
pub(super) struct Cache {
    keys: HashMap<KeyId, (DataKey, Instant)>,
    order: VecDeque<KeyId>,
    /// Counts destructions, so that a key read before one is not remembered after it.
    age: u64,
}

impl Cache {
    pub(super) fn get(&mut self, id: KeyId) -> Option<DataKey> {
        let (key, since) = self.keys.get(&id)?;
        if since.elapsed() < LONGEST {
            return Some(key.clone());
        }
        self.keys.remove(&id);
        None
    }

    pub(super) const fn age(&self) -> u64 {
        self.age
    }

    /// Remembers a key that was read when the cache was of this age.
    #[expect(clippy::disallowed_methods, reason = "measures how long ago, which no rule depends on")]
    pub(super) fn put(&mut self, key: DataKey, age: u64) {
        if age != self.age {
            return;
        }
        let id = key.id();
        if self.keys.insert(id, (key, Instant::now())).is_none() {
            self.order.push_back(id);
        }
        // The order may name keys that were forgotten since, which does no harm.
        while self.order.len() > MOST {
            if let Some(oldest) = self.order.pop_front() {
                self.keys.remove(&oldest);
            }
        }
    }

    pub(super) fn forget(&mut self, ids: &[KeyId]) {
        self.age += 1;
        for id in ids {
            self.keys.remove(id);
        }
    }
}
