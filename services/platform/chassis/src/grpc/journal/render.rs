//! The journal's values as messages.

use bytes::Bytes;
use redress_journal::{
    Entry, Log,
    feed::Page,
    log::{
        Head,
        proofs::{Consistency, Inclusion},
    },
    merkle::Hash,
};
use redress_proto::journal::v1 as proto;

fn entry(entry: Entry) -> proto::Entry {
    proto::Entry { position: entry.position, content: entry.bytes.into(), traceparent: entry.traceparent }
}

fn hashes(hashes: &[Hash]) -> Vec<Bytes> {
    hashes.iter().map(|hash| Bytes::copy_from_slice(hash.bytes())).collect()
}

pub(super) fn part(page: Page) -> proto::StreamEntriesResponse {
    proto::StreamEntriesResponse {
        entries: page.entries.into_iter().map(entry).collect(),
        scanned_position: page.scanned,
        head_position: page.head,
        epoch: page.epoch.to_string(),
    }
}

pub(super) fn list(page: Page) -> proto::ListEntriesResponse {
    proto::ListEntriesResponse {
        entries: page.entries.into_iter().map(entry).collect(),
        scanned_position: page.scanned,
        head_position: page.head,
        epoch: page.epoch.to_string(),
    }
}

/// The newest checkpoint; of an empty log there is none yet, and its size says so.
pub(super) fn checkpoint(log: &Log, head: Option<Head>) -> proto::Checkpoint {
    let (size, root, note) = match head {
        Some(head) => (head.size, head.root, head.note),
        None => (0, Hash::empty_root(), String::new()),
    };
    proto::Checkpoint {
        origin: log.key().name().to_owned(),
        size,
        root: Bytes::copy_from_slice(root.bytes()),
        note,
        verifier_key: log.key().to_string(),
        epoch: log.epoch().to_string(),
    }
}

pub(super) fn inclusion(proof: Inclusion) -> proto::GetInclusionProofResponse {
    proto::GetInclusionProofResponse {
        hashes: hashes(&proof.hashes),
        size: proof.size,
        entry: Some(entry(proof.entry)),
    }
}

pub(super) fn consistency(proof: &Consistency) -> proto::GetConsistencyProofResponse {
    proto::GetConsistencyProofResponse { new_size: proof.new_size, hashes: hashes(&proof.hashes) }
}
