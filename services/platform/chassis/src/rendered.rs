//! Answers that were rendered before, kept in memory up to a bound.
//!
//! What is kept is named by everything it was made of, the revision of its row included, so that nothing in here can be out
//! of date: whoever asks has read the revision a moment ago, and with it whether the caller may see the thing at all.

use std::{
    collections::HashMap,
    fmt,
    hash::Hash,
    sync::{Mutex, PoisonError},
};

use bytes::Bytes;

/// What an entry costs beside its bytes.
const ENTRY: usize = 160;

/// Encoded answers by what they were made of. What has not been asked for since as much again was kept is forgotten.
pub struct Rendered<K> {
    most: usize,
    kept: Mutex<Kept<K>>,
}

/// Two generations: when the young one has half the room, it becomes the old one, and the old one goes.
struct Kept<K> {
    young: HashMap<K, Bytes>,
    old: HashMap<K, Bytes>,
    size: usize,
}

impl<K: Eq + Hash> Rendered<K> {
    /// Keeps about `most` bytes.
    pub fn new(most: usize) -> Self {
        let kept = Kept { young: HashMap::new(), old: HashMap::new(), size: 0 };
        Self { most, kept: Mutex::new(kept) }
    }

    /// The answer, if it is kept.
    pub fn get(&self, key: &K) -> Option<Bytes> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = kept.young.get(key) {
            return Some(found.clone());
        }
        let (key, found) = kept.old.remove_entry(key)?;
        self.keep(&mut kept, key, found.clone());
        Some(found)
    }

    /// Keeps an answer.
    pub fn put(&self, key: K, answer: Bytes) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        self.keep(&mut kept, key, answer);
    }

    fn keep(&self, kept: &mut Kept<K>, key: K, answer: Bytes) {
        let size = answer.len() + ENTRY;
        if kept.size + size > self.most / 2 {
            kept.old = std::mem::take(&mut kept.young);
            kept.size = 0;
        }
        if size <= self.most / 2 && kept.young.insert(key, answer).is_none() {
            kept.size += size;
        }
    }
}

impl<K> fmt::Debug for Rendered<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rendered").field("most", &self.most).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(length: usize) -> Bytes {
        vec![7; length].into()
    }

    #[test]
    fn what_is_asked_for_stays_and_what_is_not_goes() {
        let rendered = Rendered::new(20 * (1000 + ENTRY));
        for number in 0..100 {
            rendered.put(number, answer(1000));
            assert_eq!(rendered.get(&0), Some(answer(1000)), "after {number}");
        }
        assert_eq!(rendered.get(&1), None);
        assert_eq!(rendered.get(&99), Some(answer(1000)));
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let rendered = Rendered::new(20 * (1000 + ENTRY));
        for number in 0..1000 {
            rendered.put(number, answer(1000));
        }
        let kept = rendered.kept.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(kept.young.len() + kept.old.len() <= 20, "{} and {}", kept.young.len(), kept.old.len());
    }

    #[test]
    fn what_is_larger_than_the_room_is_not_kept() {
        let rendered = Rendered::new(1000);
        rendered.put(1, answer(2000));
        assert_eq!(rendered.get(&1), None);
    }
}
