//! The bytes of the documents, on behalf of the caller, from whoever holds them.

use std::collections::BTreeMap;

use bytes::Bytes;
use redress_bag::{case::Withheld, plan::Member};
use redress_chassis::{Call, Peer};
use redress_proto::{
    complaints::v1::{
        Document, DownloadDocumentRequest, DownloadDocumentResponse,
        document_service_client::DocumentServiceClient,
    },
    routing::v1::{DownloadPaperRequest, DownloadPaperResponse, paper_service_client::PaperServiceClient},
};
use tonic::{Code, Request, Status, Streaming};

use super::Refused;
use crate::evidence::Sources;

/// A document on its way through. Its holder unseals it, hashes it, and ends the stream with a fault where it is not
/// what the holder said it is; so it is not hashed again here, but must be said to be what the bag says it is.
pub(crate) struct Pieces {
    holder: Holder,
    stated: (u64, String),
}

enum Holder {
    /// The complaints service.
    Complaints(Streaming<DownloadDocumentResponse>),
    /// Routing.
    Routing(Streaming<DownloadPaperResponse>),
}

/// Opens a document.
pub(crate) async fn open(sources: &Sources, call: &Call, name: &str) -> Result<Pieces, Status> {
    let (peer, name) = (sources.holder(name), name.to_owned());
    if name.starts_with("papers/") {
        let request = unhurried(peer, call, DownloadPaperRequest { name, offset: 0 });
        let mut client = PaperServiceClient::new(peer.channel());
        let mut pieces = client.download_paper(request).await?.into_inner();
        let paper = pieces.message().await?.and_then(|first| first.paper);
        let stated = paper.map(|paper| (paper.size_bytes, paper.sha256));
        return Ok(Pieces { holder: Holder::Routing(pieces), stated: known(stated) });
    }
    let request = unhurried(peer, call, DownloadDocumentRequest { name, offset: 0 });
    let mut client = DocumentServiceClient::new(peer.channel());
    let mut pieces = client.download_document(request).await?.into_inner();
    let document = pieces.message().await?.and_then(|first| first.document);
    let stated = document.map(|document| (document.size_bytes, document.sha256));
    Ok(Pieces { holder: Holder::Complaints(pieces), stated: known(stated) })
}

/// What is said of a document; of one of which nothing is said, nothing that a bag could say.
fn known(stated: Option<(i64, String)>) -> (u64, String) {
    let (size, sha256) = stated.unwrap_or_default();
    (u64::try_from(size).unwrap_or_default(), sha256)
}

impl Pieces {
    /// Whether its holder says that it is what the bag says.
    pub(crate) fn are(&self, member: &Member) -> bool {
        (self.stated.0, self.stated.1.as_str()) == (member.size, member.sha256.as_str())
    }

    /// The next bytes; they may be none.
    pub(crate) async fn next(&mut self) -> Result<Option<Bytes>, Status> {
        Ok(match &mut self.holder {
            Holder::Complaints(pieces) => pieces.message().await?.map(|piece| piece.data),
            Holder::Routing(pieces) => pieces.message().await?.map(|piece| piece.data),
        })
    }
}

/// Whether every document that is to go can be opened: found out before the first byte is sent, not after gigabytes.
pub(super) async fn present(
    sources: &Sources,
    call: &Call,
    documents: &[Document],
    withheld: &BTreeMap<String, Withheld>,
) -> Result<(), Refused> {
    let mut papers = Vec::new();
    for document in documents.iter().filter(|document| !withheld.contains_key(&document.name)) {
        match open(sources, call, &document.name).await {
            Ok(_) => {}
            Err(status) if lost(&status) => papers.push(document.name.clone()),
            Err(status) => return Err(status.into()),
        }
    }
    if papers.is_empty() { Ok(()) } else { Err(Refused::Incomplete { papers }) }
}

/// A large document takes as long as the caller waits for the bag, not as long as an answer may take.
fn unhurried<T>(peer: &Peer, call: &Call, message: T) -> Request<T> {
    let mut request = peer.on_behalf(call, message);
    match call.remaining() {
        Some(left) => request.set_timeout(left),
        None => drop(request.metadata_mut().remove("grpc-timeout")),
    }
    request
}

/// Whether the answer means that the paper is gone rather than that it cannot be had now. A document that is listed and
/// whose bytes are not there is its holder's own fault, and says so by `INTERNAL`.
fn lost(status: &Status) -> bool {
    matches!(status.code(), Code::NotFound | Code::DataLoss | Code::FailedPrecondition | Code::Internal)
}
