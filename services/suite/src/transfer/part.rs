//! What is laid by with records.

use bytes::Bytes;
use futures::Stream;
use redress_proto::records_retention::v1::{
    DownloadPartRequest, DownloadPartResponse, PartChunk, PartContent, PartDescription, Record,
    UploadPartRequest, record_service_client::RecordServiceClient, upload_part_request,
};
use tonic::{Response, Status, Streaming};

use super::{
    download::{Entry, Shelf},
    upload::{Destination, Upload},
};
use crate::client::{Link, Stub};

/// Parts of a record.
#[derive(Clone, Debug, Default)]
pub struct OfRecord {
    /// The record.
    pub record: String,
    /// The version last read; empty takes whatever version there is.
    pub etag: String,
    /// On whose authority content is taken in again that was destroyed before.
    pub readmission_authority: String,
}

/// A part to be taken out.
#[derive(Clone, Debug)]
pub struct PartShelf {
    /// The record.
    pub record: String,
    /// Its part.
    pub part: String,
}

impl Destination for OfRecord {
    type Message = UploadPartRequest;
    type Kept = Record;

    fn describe(&self, upload: &Upload, size_bytes: i64, sha256: String) -> Self::Message {
        let description = PartDescription {
            request_id: upload.request_id.clone(),
            name: self.record.clone(),
            file_name: upload.file_name.clone(),
            media_type: upload.media_type.clone(),
            size_bytes,
            sha256,
            etag: self.etag.clone(),
            readmission_authority: self.readmission_authority.clone(),
        };
        UploadPartRequest { piece: Some(upload_part_request::Piece::Description(description)) }
    }

    fn chunk(offset: i64, data: Bytes) -> Self::Message {
        let chunk = PartChunk { offset, data };
        UploadPartRequest { piece: Some(upload_part_request::Piece::Chunk(chunk)) }
    }

    async fn take(
        stub: Stub,
        messages: impl Stream<Item = Self::Message> + Send + 'static,
    ) -> Result<Response<Record>, Status> {
        RecordServiceClient::new(stub).upload_part(messages).await
    }
}

impl Shelf for PartShelf {
    type Described = PartContent;
    type Piece = DownloadPartResponse;

    async fn open(&self, link: &Link, offset: i64) -> Result<Streaming<Self::Piece>, Status> {
        let question = DownloadPartRequest { name: self.record.clone(), part: self.part.clone(), offset };
        link.open(question, async |stub, request| RecordServiceClient::new(stub).download_part(request).await)
            .await
    }

    fn read(piece: Self::Piece) -> (Option<PartContent>, Bytes) {
        (piece.content, piece.data)
    }

    fn entry(content: &PartContent) -> Entry<'_> {
        let PartContent { part, file_name, size_bytes, sha256, .. } = content;
        Entry { name: part, file_name, size_bytes: *size_bytes, sha256 }
    }
}
