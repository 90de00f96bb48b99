//! A file goes up: its digest first, so that the service can tell whether all of it arrived.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures::{Stream, stream};
use indicatif::ProgressBar;
use redress_proto::complaints::v1::{
    Document, DocumentChunk, DocumentDescription, UploadDocumentRequest,
    document_service_client::DocumentServiceClient, upload_document_request::Piece,
};
use tokio::{fs::File, io::AsyncReadExt as _};
use tonic::Request;

use super::{hex, progress, sha256};
use crate::client::{Failure, Link, retry};

/// Bytes in a piece; the contract takes up to a mebibyte.
const PIECE: usize = 256 * 1024;

/// What goes up.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The file.
    pub path: PathBuf,
    /// Makes it safe to repeat.
    pub request_id: String,
    /// What it belongs to.
    pub parent: String,
    /// What it is.
    pub kind: i32,
    /// Name under which it is kept.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
}

/// Sends a file. A way that breaks is tried again from the start under the same request id.
pub async fn send(link: &Link, upload: &Upload) -> Result<Document, Failure> {
    let (size_bytes, sha256) = measure(&upload.path).await?;
    let description = DocumentDescription {
        request_id: upload.request_id.clone(),
        parent: upload.parent.clone(),
        file_name: upload.file_name.clone(),
        media_type: upload.media_type.clone(),
        size_bytes,
        sha256,
        kind: upload.kind,
    };
    let deadline = link.deadline();
    let mut attempt = 1;
    loop {
        let bar = progress::bar("sending", size_bytes);
        let file = File::open(&upload.path).await.map_err(Failure::file("read", &upload.path))?;
        let pieces = pieces(description.clone(), file, bar.clone());
        let answer = DocumentServiceClient::new(link.stub()).upload_document(Request::new(pieces)).await;
        bar.finish_and_clear();
        let status = match answer {
            Ok(document) => return Ok(document.into_inner()),
            Err(status) => status,
        };
        match link.pause(attempt, &status, deadline) {
            Some(pause) => retry::wait(pause).await,
            None => return Err(link.failure(&status)),
        }
        attempt += 1;
    }
}

async fn measure(path: &Path) -> Result<(i64, String), Failure> {
    let mut file = File::open(path).await.map_err(Failure::file("read", path))?;
    let mut digest = sha256();
    let mut size = 0_i64;
    let mut piece = vec![0; PIECE];
    loop {
        let read = file.read(&mut piece).await.map_err(Failure::file("read", path))?;
        if read == 0 {
            return Ok((size, hex(digest)));
        }
        digest.update(&piece[..read]);
        size = size.saturating_add(i64::try_from(read).unwrap_or(i64::MAX));
    }
}

/// The messages of an upload. A file that cannot be read to its end ends the stream early, which the service refuses, because
/// the size it was told does not fit.
fn pieces(
    description: DocumentDescription,
    file: File,
    bar: ProgressBar,
) -> impl Stream<Item = UploadDocumentRequest> + Send + 'static {
    let first = UploadDocumentRequest { piece: Some(Piece::Description(description)) };
    let rest = stream::unfold((file, 0_i64, bar), |(mut file, offset, bar)| async move {
        let mut data = vec![0; PIECE];
        let read = file.read(&mut data).await.ok().filter(|read| *read > 0)?;
        data.truncate(read);
        let next = offset.saturating_add(i64::try_from(read).unwrap_or(i64::MAX));
        bar.set_position(u64::try_from(next).unwrap_or(u64::MAX));
        let chunk = DocumentChunk { offset, data: Bytes::from(data) };
        Some((UploadDocumentRequest { piece: Some(Piece::Chunk(chunk)) }, (file, next, bar)))
    });
    futures::StreamExt::chain(stream::iter([first]), rest)
}
