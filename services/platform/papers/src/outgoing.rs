//! A paper on its way out, in constant memory, checked against its digest.

use bytes::Bytes;
use futures::{Stream, stream};
use redress_chassis::{Domain, Parts};
use redress_store::{
    DataKey,
    blob::{BlobFault, Kept, ObjectName},
};
use tonic::Status;
use uuid::Uuid;

use crate::{Refusal, Stage, fault};

/// A paper as its row knows it.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// Resource name.
    pub name: String,
    /// The id to which its bytes are bound.
    pub id: Uuid,
    /// Whether it may be read.
    pub stage: Stage,
    /// How many bytes it has.
    pub size: u64,
    /// Their SHA-256.
    pub sha256: Vec<u8>,
    /// Its object.
    pub object: ObjectName,
}

impl Outgoing {
    /// Whether it may be read from this offset.
    pub fn check(&self, offset: u64) -> Result<(), Refusal> {
        match self.stage {
            Stage::Stored => {}
            stage @ (Stage::Mismatched | Stage::Unscannable | Stage::Harmful) => {
                return Err(Refusal::Quarantined { document: self.name.clone(), stage });
            }
        }
        if offset < self.size { Ok(()) } else { Err(Refusal::PastEnd { size: self.size }) }
    }

    /// Its bytes from `offset` on, part by part. Sent from its beginning, it ends with a fault where the bytes are not
    /// those that were put on record.
    pub async fn bytes(
        self,
        domain: Domain,
        parts: &Parts,
        key: &DataKey,
        offset: u64,
    ) -> Result<impl Stream<Item = Result<Bytes, Status>> + Send + use<>, Status> {
        let fault = move |fault| fault::blob(domain, &fault);
        // A digest of another length is none that was ever taken.
        let digest = self.sha256.try_into().map_err(|_| fault(BlobFault::Tampered))?;
        let kept = Kept { object: self.object, blob: self.id, digest };
        let reader = parts.blobs.reader(kept, key, offset).await.map_err(fault)?;
        Ok(stream::try_unfold(reader, move |mut reader| async move {
            let piece = reader.next().await.map_err(fault)?;
            Ok(piece.map(|piece| (piece, reader)))
        }))
    }
}
