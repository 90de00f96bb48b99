//! The order of a batch: by time, and within a stream by version whatever the clocks said.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use uuid::Uuid;

use crate::{entry::Stream, merkle::Hash};

/// An entry that waits for its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    pub(super) entry_id: Uuid,
    pub(super) stream: Stream,
    pub(super) version: i64,
    pub(super) leaf: Hash,
    pub(super) recorded_at: Timestamp,
}

/// Orders entries by when they were recorded. Where a stream's versions contradict the times, because the clocks of two
/// processes differ, its entries keep their places but take them in version order.
pub(super) fn ordered(mut batch: Vec<Waiting>) -> Vec<Waiting> {
    batch.sort_by_key(|entry| (entry.recorded_at, entry.entry_id));
    let places: Vec<Stream> = batch.iter().map(|entry| entry.stream.clone()).collect();
    batch.sort_by_key(|entry| entry.version);
    let mut streams: BTreeMap<Stream, VecDeque<Waiting>> = BTreeMap::new();
    for entry in batch {
        streams.entry(entry.stream.clone()).or_default().push_back(entry);
    }
    places.iter().filter_map(|stream| streams.get_mut(stream)?.pop_front()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(id: u128, stream: u128, version: i64, second: i64) -> Waiting {
        Waiting {
            entry_id: Uuid::from_u128(id),
            stream: Stream { kind: "things".to_owned(), id: Uuid::from_u128(stream) },
            version,
            leaf: Hash::leaf(b""),
            recorded_at: Timestamp::from_second(second).expect("instant"),
        }
    }

    #[test]
    fn versions_beat_clocks_and_clocks_beat_nothing_else() {
        let batch =
            vec![waiting(1, 7, 2, 10), waiting(2, 8, 1, 20), waiting(3, 7, 1, 30), waiting(4, 9, 5, 5)];
        let order: Vec<_> = ordered(batch).into_iter().map(|entry| entry.entry_id.as_u128()).collect();
        assert_eq!(order, [4, 3, 2, 1]);
    }
}
