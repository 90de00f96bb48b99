//! Taking a paper in: received, looked at, durable, and only then on record.

use std::sync::Arc;

use redress_chassis::{Call, Domain, Parts, RequestDigest};
use redress_journal::Failure;
use redress_kernel::{Refusal as Refuses, hexadecimal};
use redress_store::{DataKey, blob::Stored, keyring::Mac};
use tonic::Status;
use uuid::Uuid;

use crate::{Refusal, Screen, Stage, fault, pieces::Pieces};

/// What was said of the bytes before they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The caller's id of the upload.
    pub request_id: Uuid,
    /// Media type, in lower case.
    pub media_type: String,
    /// How many bytes there are.
    pub size: u64,
    /// Their SHA-256 in hexadecimal, where the caller gave it.
    pub sha256: Option<String>,
}

/// Takes papers in, for one service.
#[derive(Clone, Copy)]
pub struct Intake<'p> {
    /// The domain of its answers.
    pub domain: Domain,
    /// Where the bytes go.
    pub parts: &'p Parts,
    /// Most bytes of a paper.
    pub largest: u64,
}

impl Intake<'_> {
    /// Takes the bytes in, in constant memory. When it returns they are durable; when it fails nothing of them is left.
    pub async fn receive<M: Send + 'static, D>(
        &self,
        key: &DataKey,
        id: Uuid,
        declared: &Declared,
        pieces: &mut Pieces<M, D>,
    ) -> Result<(Stored, Stage), Status> {
        if declared.size > self.largest {
            return Err(self.domain.refuse(&Refusal::TooLarge { most: self.largest }));
        }
        let failed = |fault| fault::blob(self.domain, &fault);
        let mut writer = self.parts.blobs.writer(key, id, declared.size).map_err(failed)?;
        let mut screen = Screen::new();
        if let Err(status) = pieces.bytes(declared.size, &mut writer, &mut screen).await {
            if let Err(fault) = writer.abort().await {
                tracing::warn!(%fault, "an upload could not be given up; the sweep will");
            }
            return Err(status);
        }
        let stored = writer.finish().await.map_err(failed)?;
        if declared.sha256.as_ref().is_some_and(|digest| *digest != hexadecimal(&stored.digest)) {
            self.discard(&stored).await;
            let said = "must be the SHA-256 of the bytes that follow";
            return Err(pieces.invalid("description.sha256", "DIGEST_MISMATCH", said));
        }
        Ok((stored, screen.verdict(&declared.media_type)))
    }

    /// The call under which what was received goes on record: bound to what was said of it and to its bytes, and without
    /// a deadline, because the bytes are there and the record of them is worth more.
    pub fn call(
        mac: &Mac,
        mut call: Call,
        declared: &Declared,
        said: &[(&'static str, Vec<u8>)],
        stored: &Stored,
    ) -> Call {
        // The inspector digests single messages only, so a stream is digested here in the same way.
        let keyed = |field: &'static str, value: &[u8]| {
            let mut message = b"upload\0".to_vec();
            message.extend_from_slice(field.as_bytes());
            message.push(0);
            message.extend_from_slice(value);
            let mut short = [0; 16];
            for (to, from) in short.iter_mut().zip(mac.of(&message)) {
                *to = from;
            }
            (field, short)
        };
        let mut fields: Vec<_> = said.iter().map(|(field, value)| keyed(field, value)).collect();
        fields.extend([
            keyed("description.media_type", declared.media_type.as_bytes()),
            keyed("description.size_bytes", &declared.size.to_be_bytes()),
            keyed("description.sha256", declared.sha256.as_deref().unwrap_or_default().as_bytes()),
            keyed("chunk", &stored.digest),
        ]);
        call.digest = Some(Arc::new(RequestDigest { request_id: declared.request_id, fields }));
        call.deadline = None;
        call
    }

    /// What became of putting it on record. Where that came to nothing, or the same upload was on record already, the
    /// bytes go again.
    pub async fn settle<A, R: Refuses>(
        &self,
        stored: &Stored,
        outcome: Result<A, Failure<R>>,
        is_new: impl FnOnce(&A) -> bool,
    ) -> Result<A, Status> {
        match outcome {
            Ok(answer) => {
                if !is_new(&answer) {
                    self.discard(stored).await;
                }
                Ok(answer)
            }
            Err(failure) => {
                match &failure {
                    // There may be a row that names them.
                    Failure::OutcomeUnknown => {}
                    Failure::Refused(_)
                    | Failure::RequestReused { .. }
                    | Failure::LostRace
                    | Failure::Overloaded
                    | Failure::DeadlinePassed
                    | Failure::Unavailable
                    | Failure::StorageFull
                    | Failure::Internal(_) => self.discard(stored).await,
                }
                Err(self.domain.failure(&failure))
            }
        }
    }

    /// Removes bytes that no row will name; what fails here the sweep finds.
    async fn discard(&self, stored: &Stored) {
        if let Err(fault) = self.parts.blobs.delete(stored.object).await {
            tracing::warn!(%fault, "bytes without a document could not be removed; the sweep will");
        }
    }
}

impl std::fmt::Debug for Intake<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Intake").field("domain", &self.domain).finish_non_exhaustive()
    }
}
