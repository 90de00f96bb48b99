//! The pieces of an upload, one by one into the store: never more than one of them in memory.

use std::time::Duration;

use redress_chassis::Call;
use redress_kernel::Violation;
use redress_proto::complaints::v1::{
    DocumentChunk, DocumentDescription, UploadDocumentRequest, upload_document_request::Piece,
};
use redress_store::blob::{BlobFault, Writer};
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;
use tonic::{Status, Streaming};

use super::fault;
use crate::{
    app::{self, DOMAIN},
    screen::Screen,
};

/// The pieces still to come.
pub(super) struct Pieces {
    stream: Streaming<UploadDocumentRequest>,
    deadline: Option<Instant>,
    stopping: CancellationToken,
}

impl Pieces {
    /// The pieces of a call.
    pub(super) fn new(
        stream: Streaming<UploadDocumentRequest>,
        call: &Call,
        stopping: CancellationToken,
    ) -> Self {
        Self { stream, deadline: call.deadline, stopping }
    }

    /// The description, which comes first.
    pub(super) async fn description(&mut self) -> Result<DocumentDescription, Status> {
        match self.next().await?.and_then(|piece| piece.piece) {
            Some(Piece::Description(description)) => Ok(description),
            Some(Piece::Chunk(_)) | None => {
                Err(invalid("description", "REQUIRED", "must come first, before the bytes"))
            }
        }
    }

    /// Takes all bytes, which follow one another and are as many as were declared.
    pub(super) async fn bytes(
        &mut self,
        declared: u64,
        writer: &mut Writer,
        screen: &mut Screen,
    ) -> Result<(), Status> {
        while let Some(piece) = self.next().await? {
            match piece.piece {
                Some(Piece::Chunk(chunk)) => take(&chunk, declared, writer, screen).await?,
                Some(Piece::Description(_)) => {
                    return Err(invalid("description", "DUPLICATE", "must come once, before the bytes"));
                }
                None => return Err(invalid("chunk", "REQUIRED", "must follow the description")),
            }
        }
        if writer.length() == declared { Ok(()) } else { Err(other_size()) }
    }

    /// The next piece. Neither a silent caller nor the end of the process is waited out.
    async fn next(&mut self) -> Result<Option<UploadDocumentRequest>, Status> {
        let gone = |what| DOMAIN.unavailable(what, Duration::from_secs(1));
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
}

async fn take(
    chunk: &DocumentChunk,
    declared: u64,
    writer: &mut Writer,
    screen: &mut Screen,
) -> Result<(), Status> {
    if u64::try_from(chunk.offset) != Ok(writer.length()) {
        // A gap, an overlap or a rewind: the bytes would not be those that were sent (reliability C35).
        return Err(invalid("chunk.offset", "OFFSET_MISMATCH", "must follow on from the last chunk"));
    }
    screen.look(&chunk.data);
    match writer.write(&chunk.data).await {
        Ok(()) => Ok(()),
        Err(BlobFault::TooLong { most }) if most == declared => Err(other_size()),
        Err(other) => Err(fault::blob(&other)),
    }
}

/// Declared and received sizes differ (reliability C34).
fn other_size() -> Status {
    invalid("description.size_bytes", "SIZE_MISMATCH", "must be the number of bytes that follow")
}

pub(super) fn invalid(field: &str, reason: &'static str, description: &str) -> Status {
    app::invalid(vec![Violation::new(field, reason, description)])
}
