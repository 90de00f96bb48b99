//! A paper on its way out, in constant memory, checked against its digest.

use aws_lc_rs::digest;
use bytes::Bytes;
use futures::{Stream, stream};
use redress_chassis::{Domain, Parts};
use redress_store::{
    DataKey,
    blob::{BlobFault, ObjectName, Reader},
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
        let reader = parts.blobs.reader(self.object, key, self.id, offset).await;
        let reader = reader.map_err(|fault| fault::blob(domain, &fault))?;
        let seen = (offset == 0).then(|| digest::Context::new(&digest::SHA256));
        let sending = Sending { domain, reader, seen, sha256: self.sha256 };
        Ok(stream::try_unfold(sending, Sending::next))
    }
}

struct Sending {
    domain: Domain,
    reader: Reader,
    /// What was sent so far, where it is sent from its beginning.
    seen: Option<digest::Context>,
    sha256: Vec<u8>,
}

impl Sending {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>, Status> {
        match self.reader.next().await.map_err(|fault| fault::blob(self.domain, &fault))? {
            Some(data) => {
                if let Some(seen) = &mut self.seen {
                    seen.update(&data);
                }
                Ok(Some((data, self)))
            }
            None => match self.seen {
                Some(seen) if seen.clone().finish().as_ref() != self.sha256 => {
                    Err(fault::blob(self.domain, &BlobFault::Tampered))
                }
                Some(_) | None => Ok(None),
            },
        }
    }
}
