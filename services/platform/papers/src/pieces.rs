//! The pieces of an upload, one by one: never more than one of them in memory.

use std::time::Duration;

use bytes::Bytes;
use redress_chassis::{Call, Domain};
use redress_store::blob::{BlobFault, Writer};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;
use tonic::{Status, Streaming};

use crate::{Screen, fault};

/// One piece of an upload.
#[derive(Debug)]
pub enum Piece<D> {
    /// What is to come.
    Description(D),
    /// Bytes.
    Chunk {
        /// Offset of the first of them.
        offset: i64,
        /// The bytes.
        data: Bytes,
    },
}

/// The pieces still to come, of messages `M` with descriptions `D`: the description first and once, the bytes after it.
#[derive(Debug)]
pub struct Pieces<M, D> {
    domain: Domain,
    stream: Streaming<M>,
    piece: fn(M) -> Option<Piece<D>>,
    deadline: Option<Instant>,
    stopping: CancellationToken,
}

impl<M: Send + 'static, D> Pieces<M, D> {
    /// The pieces of a call. `piece` says what a message brings; nothing where nothing of it was set.
    pub fn new(
        domain: Domain,
        stream: Streaming<M>,
        piece: fn(M) -> Option<Piece<D>>,
        call: &Call,
        stopping: CancellationToken,
    ) -> Self {
        Self { domain, stream, piece, deadline: call.deadline, stopping }
    }

    /// The description, which comes first.
    pub async fn description(&mut self) -> Result<D, Status> {
        match self.next().await?.and_then(self.piece) {
            Some(Piece::Description(description)) => Ok(description),
            Some(Piece::Chunk { .. }) | None => {
                Err(self.invalid("description", "REQUIRED", "must come first, before the bytes"))
            }
        }
    }

    /// Takes all bytes, which follow one another and are as many as were declared.
    pub(crate) async fn bytes(
        &mut self,
        declared: u64,
        writer: &mut Writer,
        screen: &mut Screen,
    ) -> Result<(), Status> {
        while let Some(message) = self.next().await? {
            match (self.piece)(message) {
                Some(Piece::Chunk { offset, data }) => {
                    if u64::try_from(offset) != Ok(writer.length()) {
                        // A gap, an overlap or a rewind: the bytes would not be those that were sent (reliability C35).
                        let said = "must follow on from the last chunk";
                        return Err(self.invalid("chunk.offset", "OFFSET_MISMATCH", said));
                    }
                    screen.look(&data);
                    self.write(&data, declared, writer).await?;
                }
                Some(Piece::Description(_)) => {
                    return Err(self.invalid("description", "DUPLICATE", "must come once, before the bytes"));
                }
                None => return Err(self.invalid("chunk", "REQUIRED", "must follow the description")),
            }
        }
        if writer.length() == declared { Ok(()) } else { Err(self.other_size()) }
    }

    async fn write(&self, data: &[u8], declared: u64, writer: &mut Writer) -> Result<(), Status> {
        match writer.write(data).await {
            Ok(()) => Ok(()),
            Err(BlobFault::TooLong { most }) if most == declared => Err(self.other_size()),
            Err(other) => Err(fault::blob(self.domain, &other)),
        }
    }

    /// The next piece. Neither a silent caller nor the end of the process is waited out.
    async fn next(&mut self) -> Result<Option<M>, Status> {
        let domain = self.domain;
        let gone = |what| domain.unavailable(what, Duration::from_secs(1));
        let deadline = self.deadline;
        let message = self.stream.message();
        let in_time = async {
            match deadline {
                Some(deadline) => timeout_at(deadline, message).await.ok(),
                None => Some(message.await),
            }
        };
        tokio::select! {
            () = self.stopping.cancelled() => Err(gone("the service is stopping; repeat the upload")),
            piece = in_time => piece.unwrap_or_else(|| Err(gone("the upload took too long; repeat it"))),
        }
    }

    /// Declared and received sizes differ (reliability C34).
    fn other_size(&self) -> Status {
        self.invalid("description.size_bytes", "SIZE_MISMATCH", "must be the number of bytes that follow")
    }

    pub(crate) fn invalid(&self, field: &str, reason: &'static str, description: &str) -> Status {
        self.domain.invalid_field(field, reason, description)
    }
}
