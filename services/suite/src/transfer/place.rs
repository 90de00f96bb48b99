//! Where files are kept: documents of complaints and participants, papers of contacts.

use bytes::Bytes;
use futures::Stream;
use redress_proto::{
    complaints::v1::{
        Document, DocumentChunk, DocumentDescription, DownloadDocumentRequest, DownloadDocumentResponse,
        UploadDocumentRequest, document_service_client::DocumentServiceClient, upload_document_request,
    },
    routing::v1::{
        DownloadPaperRequest, DownloadPaperResponse, Paper, PaperChunk, PaperDescription, UploadPaperRequest,
        paper_service_client::PaperServiceClient, upload_paper_request,
    },
};
use tonic::{Response, Status, Streaming};

use super::{
    download::{Entry, Shelf},
    upload::{Destination, Upload},
};
use crate::client::{Link, Stub};

/// Documents of a complaint or a participant.
#[derive(Clone, Debug)]
pub struct OfParent {
    /// The complaint or participant.
    pub parent: String,
    /// What the document is.
    pub kind: i32,
}

/// Papers of a contact.
#[derive(Clone, Debug)]
pub struct OfContact {
    /// The contact.
    pub contact: String,
}

/// A document to be taken out.
#[derive(Clone, Debug)]
pub struct DocumentShelf {
    /// Its name.
    pub name: String,
}

/// A paper to be taken out.
#[derive(Clone, Debug)]
pub struct PaperShelf {
    /// Its name.
    pub name: String,
}

impl Destination for OfParent {
    type Message = UploadDocumentRequest;
    type Kept = Document;

    fn describe(&self, upload: &Upload, size_bytes: i64, sha256: String) -> Self::Message {
        let description = DocumentDescription {
            request_id: upload.request_id.clone(),
            parent: self.parent.clone(),
            file_name: upload.file_name.clone(),
            media_type: upload.media_type.clone(),
            size_bytes,
            sha256,
            kind: self.kind,
        };
        UploadDocumentRequest { piece: Some(upload_document_request::Piece::Description(description)) }
    }

    fn chunk(offset: i64, data: Bytes) -> Self::Message {
        let chunk = DocumentChunk { offset, data };
        UploadDocumentRequest { piece: Some(upload_document_request::Piece::Chunk(chunk)) }
    }

    async fn take(
        stub: Stub,
        messages: impl Stream<Item = Self::Message> + Send + 'static,
    ) -> Result<Response<Document>, Status> {
        DocumentServiceClient::new(stub).upload_document(messages).await
    }
}

impl Destination for OfContact {
    type Message = UploadPaperRequest;
    type Kept = Paper;

    fn describe(&self, upload: &Upload, size_bytes: i64, sha256: String) -> Self::Message {
        let description = PaperDescription {
            request_id: upload.request_id.clone(),
            contact: self.contact.clone(),
            file_name: upload.file_name.clone(),
            media_type: upload.media_type.clone(),
            size_bytes,
            sha256,
        };
        UploadPaperRequest { piece: Some(upload_paper_request::Piece::Description(description)) }
    }

    fn chunk(offset: i64, data: Bytes) -> Self::Message {
        let chunk = PaperChunk { offset, data };
        UploadPaperRequest { piece: Some(upload_paper_request::Piece::Chunk(chunk)) }
    }

    async fn take(
        stub: Stub,
        messages: impl Stream<Item = Self::Message> + Send + 'static,
    ) -> Result<Response<Paper>, Status> {
        PaperServiceClient::new(stub).upload_paper(messages).await
    }
}

impl Shelf for DocumentShelf {
    type Described = Document;
    type Piece = DownloadDocumentResponse;

    async fn open(&self, link: &Link, offset: i64) -> Result<Streaming<Self::Piece>, Status> {
        let question = DownloadDocumentRequest { name: self.name.clone(), offset };
        link.open(question, async |stub, request| {
            DocumentServiceClient::new(stub).download_document(request).await
        })
        .await
    }

    fn read(piece: Self::Piece) -> (Option<Document>, Bytes) {
        (piece.document, piece.data)
    }

    fn entry(document: &Document) -> Entry<'_> {
        let Document { name, file_name, size_bytes, sha256, .. } = document;
        Entry { name, file_name, size_bytes: *size_bytes, sha256 }
    }
}

impl Shelf for PaperShelf {
    type Described = Paper;
    type Piece = DownloadPaperResponse;

    async fn open(&self, link: &Link, offset: i64) -> Result<Streaming<Self::Piece>, Status> {
        let question = DownloadPaperRequest { name: self.name.clone(), offset };
        link.open(question, async |stub, request| PaperServiceClient::new(stub).download_paper(request).await)
            .await
    }

    fn read(piece: Self::Piece) -> (Option<Paper>, Bytes) {
        (piece.paper, piece.data)
    }

    fn entry(paper: &Paper) -> Entry<'_> {
        let Paper { name, file_name, size_bytes, sha256, .. } = paper;
        Entry { name, file_name, size_bytes: *size_bytes, sha256 }
    }
}
