//! What the journal holds about the case, each entry with the proof that it was there when the checkpoint was signed.

use redress_bag::case::{Extract, Proved};
use redress_chassis::Peer;
use redress_journal::{
    Entry,
    checkpoint::{Checkpoint, VerifierKey},
    merkle::Hash,
};
use redress_proto::{
    complaints::v1::{Complaint, Document},
    journal::v1::{
        GetCheckpointRequest, GetInclusionProofRequest, ListEntriesRequest, StreamEntriesRequest,
        journal_service_client::JournalServiceClient,
    },
};

use super::Refused;
use crate::evidence::Asked;

/// Most entries that are asked for at once.
const PAGE: i32 = 200;

/// The entries of the complaint, of its documents and of its participant.
pub(super) async fn extract(
    peer: &Peer,
    asked: &Asked,
    complaint: &Complaint,
    told: usize,
    documents: &[Document],
) -> Result<Extract, Refused> {
    sequenced(peer, &complaint.name, told).await?;
    let (key, note, checkpoint) = checkpoint(peer, asked).await?;
    let mut entries = entries(peer, &complaint.name).await?;
    entries.extend(self::entries(peer, &complaint.participant).await?);
    for document in documents {
        entries.extend(self::entries(peer, &document.name).await?);
    }
    entries.sort_by_key(|entry| entry.position);
    // Nothing of the case lies beyond the checkpoint, or it changed since that was signed.
    if entries.last().is_some_and(|last| last.position.unsigned_abs() > checkpoint.size) {
        return Err(Refused::Changed);
    }
    let mut proved = Vec::with_capacity(entries.len());
    for entry in entries {
        proved.push(prove(peer, entry, checkpoint.size).await?);
    }
    Ok(Extract {
        service: "complaints".to_owned(),
        key,
        checkpoint: note,
        size: checkpoint.size,
        entries: proved,
    })
}

/// Waits until everything that is told of the complaint has its place in the journal.
async fn sequenced(peer: &Peer, complaint: &str, told: usize) -> Result<(), Refused> {
    let (stream_kind, stream_id) = stream(complaint);
    let request =
        StreamEntriesRequest { follow: true, stream_kind, stream_id, ..StreamEntriesRequest::default() };
    let mut client = JournalServiceClient::new(peer.channel());
    let mut parts = client.stream_entries(peer.as_service(request)).await?.into_inner();
    let mut seen = 0;
    while seen < told {
        let Some(part) = parts.message().await? else { return Err(Refused::Unreadable) };
        seen += part.entries.len();
    }
    Ok(())
}

/// The checkpoint that is asked for, or the newest, under the key that the journal publishes.
async fn checkpoint(peer: &Peer, asked: &Asked) -> Result<(VerifierKey, String, Checkpoint), Refused> {
    let mut client = JournalServiceClient::new(peer.channel());
    let newest = client.get_checkpoint(peer.as_service(GetCheckpointRequest {})).await?.into_inner();
    let key = VerifierKey::parse(&newest.verifier_key).map_err(|_| Refused::Unreadable)?;
    let note = asked.checkpoint.clone().unwrap_or(newest.note);
    let checkpoint = Checkpoint::open(&note, &key).map_err(|_| match asked.checkpoint {
        Some(_) => Refused::Checkpoint,
        None => Refused::Unreadable,
    })?;
    Ok((key, note, checkpoint))
}

/// Everything about one thing, in order.
async fn entries(peer: &Peer, name: &str) -> Result<Vec<Entry>, Refused> {
    let (stream_kind, stream_id) = stream(name);
    let mut client = JournalServiceClient::new(peer.channel());
    let (mut entries, mut after_position) = (Vec::new(), 0);
    loop {
        let request = ListEntriesRequest {
            after_position,
            page_size: PAGE,
            types: Vec::new(),
            stream_kind: stream_kind.clone(),
            stream_id: stream_id.clone(),
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

/// The stream of the thing of this name.
fn stream(name: &str) -> (String, String) {
    let (kind, id) = name.split_once('/').unwrap_or((name, ""));
    (kind.to_owned(), id.to_owned())
}
