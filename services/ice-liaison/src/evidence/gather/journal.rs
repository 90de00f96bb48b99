//! What a journal holds about the case, each entry with the proof that it was there when the checkpoint was signed.

use redress_bag::case::{Extract, Proved};
use redress_chassis::Peer;
use redress_journal::{
    Entry,
    checkpoint::{Checkpoint, VerifierKey},
    merkle::Hash,
};
use redress_proto::journal::v1::{
    GetCheckpointRequest, GetInclusionProofRequest, ListEntriesRequest, StreamEntriesRequest,
    journal_service_client::JournalServiceClient,
};

use super::Refused;
use crate::evidence::Asked;

/// Most entries that are asked for at once.
const PAGE: i32 = 200;

/// One thing that a journal tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stream {
    /// Its kind, such as `complaints`.
    pub(super) kind: String,
    /// Its id.
    pub(super) id: String,
    /// How many entries there are about it at least: so many are waited for.
    pub(super) told: usize,
}

impl Stream {
    /// The stream of the thing of this name.
    pub(super) fn named(name: &str, told: usize) -> Self {
        let (kind, id) = name.split_once('/').unwrap_or((name, ""));
        Self { kind: kind.to_owned(), id: id.to_owned(), told }
    }
}

/// The entries of some streams; nothing where the journal tells nothing of them.
pub(super) async fn extract(
    (service, peer): (&str, &Peer),
    asked: &Asked,
    streams: &[Stream],
) -> Result<Option<Extract>, Refused> {
    if streams.is_empty() {
        return Ok(None);
    }
    for stream in streams.iter().filter(|stream| stream.told > 0) {
        sequenced(peer, stream).await?;
    }
    let pinned = asked.pinned.as_ref().and_then(|pins| pins.get(service));
    // The checkpoint before the entries: whatever comes between the two lies beyond it, and shows.
    let (key, note, checkpoint) = checkpoint(peer, pinned).await?;
    let mut entries = Vec::new();
    for stream in streams {
        entries.extend(self::entries(peer, stream).await?);
    }
    entries.sort_by_key(|entry| entry.position);
    let Some(last) = entries.last() else { return Ok(None) };
    // Nothing of the case lies beyond the checkpoint, or it changed since that was signed.
    if last.position.unsigned_abs() > checkpoint.size {
        return Err(Refused::Changed);
    }
    let mut proved = Vec::with_capacity(entries.len());
    for entry in entries {
        proved.push(prove(peer, entry, checkpoint.size).await?);
    }
    Ok(Some(Extract {
        service: service.to_owned(),
        key,
        checkpoint: note,
        size: checkpoint.size,
        entries: proved,
    }))
}

/// Waits until everything that is told of a thing has its place in the journal.
async fn sequenced(peer: &Peer, stream: &Stream) -> Result<(), Refused> {
    let request = StreamEntriesRequest {
        follow: true,
        stream_kind: stream.kind.clone(),
        stream_id: stream.id.clone(),
        ..StreamEntriesRequest::default()
    };
    let mut client = JournalServiceClient::new(peer.channel());
    let mut parts = client.stream_entries(peer.as_service(request)).await?.into_inner();
    let mut seen = 0;
    while seen < stream.told {
        let Some(part) = parts.message().await? else { return Err(Refused::Unreadable) };
        seen += part.entries.len();
    }
    Ok(())
}

/// The checkpoint that is asked for, or the newest, under the key that the journal publishes.
async fn checkpoint(peer: &Peer, pinned: Option<&str>) -> Result<(VerifierKey, String, Checkpoint), Refused> {
    let mut client = JournalServiceClient::new(peer.channel());
    let newest = client.get_checkpoint(peer.as_service(GetCheckpointRequest {})).await?.into_inner();
    let key = VerifierKey::parse(&newest.verifier_key).map_err(|_| Refused::Unreadable)?;
    let note = pinned.map_or(newest.note, ToOwned::to_owned);
    let checkpoint = Checkpoint::open(&note, &key).map_err(|_| match pinned {
        Some(_) => Refused::Checkpoint,
        None => Refused::Unreadable,
    })?;
    Ok((key, note, checkpoint))
}

/// Everything about one thing, in order.
pub(super) async fn entries(peer: &Peer, stream: &Stream) -> Result<Vec<Entry>, Refused> {
    let mut client = JournalServiceClient::new(peer.channel());
    let (mut entries, mut after_position) = (Vec::new(), 0);
    loop {
        let request = ListEntriesRequest {
            after_position,
            page_size: PAGE,
            types: Vec::new(),
            stream_kind: stream.kind.clone(),
            stream_id: stream.id.clone(),
        };
        let page = client.list_entries(peer.as_service(request)).await?.into_inner();
        for entry in page.entries {
            let read = Entry::parse(entry.position, entry.content.to_vec(), String::new());
            entries.push(read.map_err(|_| Refused::Unreadable)?);
        }
        if page.scanned_position >= page.head_position || page.scanned_position <= after_position {
            return Ok(entries);
        }
        after_position = page.scanned_position;
    }
}

async fn prove(peer: &Peer, entry: Entry, size: u64) -> Result<Proved, Refused> {
    let size = i64::try_from(size).map_err(|_| Refused::Unreadable)?;
    let request = GetInclusionProofRequest { position: entry.position, size };
    let mut client = JournalServiceClient::new(peer.channel());
    let found = client.get_inclusion_proof(peer.as_service(request)).await?.into_inner();
    let hashes = found.hashes.iter().map(|hash| Hash::try_from(hash.as_ref()));
    let proof = hashes.collect::<Result<Vec<Hash>, _>>().map_err(|_| Refused::Unreadable)?;
    Ok(Proved { entry, proof })
}
