//! Documents: C34, C35, C37, and streams that begin wrong (G40).

use bytes::Bytes;
use futures::stream;
use redress_proto::{
    complaints::v1::{
        Document, DocumentChunk, DocumentDescription, DocumentKind, DocumentState, UploadDocumentRequest,
        document_service_client::DocumentServiceClient, upload_document_request::Piece,
    },
    options::v1::Role,
};
use redress_tests::{
    chain::{Member, bearing},
    officer::Answer,
    refused::Refused,
};
use tonic::Code;

use super::desk::Desk;

const NOTE: &[u8] = b"A note of the telephone call.\n";

pub(super) async fn try_all(desk: &mut Desk) {
    let parent = desk.registered(3).await;
    let length = i64::try_from(NOTE.len()).unwrap();
    let plain = |size| description(&parent, "note.txt", "text/plain", size);

    for (case, size) in [("C34 more came than declared", length - 1), ("C34 less came than declared", length + 1)] {
        let answer = upload(desk, vec![plain(size), chunk(0, NOTE)]).await;
        desk.expect(case, answer, Code::InvalidArgument, "SIZE_MISMATCH");
    }
    let halves = NOTE.split_at(10);
    for (case, offset) in [("C35 a gap", 11), ("C35 an overlap", 9), ("C35 a rewind", 0)] {
        let answer = upload(desk, vec![plain(length), chunk(0, halves.0), chunk(offset, halves.1)]).await;
        desk.expect(case, answer, Code::InvalidArgument, "OFFSET_MISMATCH");
    }
    let mut wrong = plain(length);
    if let Some(Piece::Description(description)) = &mut wrong.piece {
        description.sha256 = "0".repeat(64);
    }
    let answer = upload(desk, vec![wrong, chunk(0, NOTE)]).await;
    desk.expect("another digest than declared", answer, Code::InvalidArgument, "DIGEST_MISMATCH");

    let answer = upload(desk, Vec::new()).await;
    desk.expect("G40 nothing at all", answer, Code::InvalidArgument, "DESCRIPTION_FIRST");
    let answer = upload(desk, vec![chunk(0, NOTE)]).await;
    desk.expect("G40 bytes before their description", answer, Code::InvalidArgument, "DESCRIPTION_FIRST");
    let answer = upload(desk, vec![plain(length), chunk(0, NOTE), plain(length)]).await;
    desk.expect("G40 a second description", answer, Code::InvalidArgument, "DESCRIPTION_FIRST");

    quarantined(desk, &parent).await;
}

/// C37: what is not what it says it is is kept and not shown.
async fn quarantined(desk: &mut Desk, parent: &str) {
    let page = b"<!doctype html><script>alert(1)</script>";
    let size = i64::try_from(page.len()).unwrap();
    let answer = upload(desk, vec![description(parent, "letter.pdf", "application/pdf", size), chunk(0, page)]).await;
    let document = answer.unwrap();
    assert_eq!(document.state(), DocumentState::Quarantined, "{document:?}");
    let token = desk.stand.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let request = redress_proto::complaints::v1::DownloadDocumentRequest { name: document.name, offset: 0 };
    let mut client = DocumentServiceClient::new(desk.stand.peer.channel());
    let answer = match client.download_document(bearing(&token, request).unwrap()).await {
        Err(status) => Err(status),
        Ok(answer) => answer.into_inner().message().await,
    };
    let answer = answer.map_err(|status| Box::new(Refused::from(&status)));
    desk.expect("C37 a page that says it is a PDF", answer, Code::FailedPrecondition, "CONTENT_TYPE_MISMATCH");
}

async fn upload(desk: &Desk, pieces: Vec<UploadDocumentRequest>) -> Answer<Document> {
    let token = desk.stand.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let mut client = DocumentServiceClient::new(desk.stand.peer.channel());
    let answer = client.upload_document(bearing(&token, stream::iter(pieces)).unwrap()).await;
    answer.map(tonic::Response::into_inner).map_err(|status| Box::new(Refused::from(&status)))
}

fn description(parent: &str, file_name: &str, media_type: &str, size_bytes: i64) -> UploadDocumentRequest {
    // Each upload is another request; what makes it so must not depend on what is sent.
    let mut seed = redress_tests::seed::Seed::new(size_bytes.unsigned_abs() ^ u64::from(std::process::id()) << 20 ^ next());
    let description = DocumentDescription {
        request_id: seed.request_id(),
        parent: parent.to_owned(),
        file_name: file_name.to_owned(),
        media_type: media_type.to_owned(),
        size_bytes,
        sha256: String::new(),
        kind: DocumentKind::Evidence.into(),
    };
    UploadDocumentRequest { piece: Some(Piece::Description(description)) }
}

fn next() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    DRAWN.fetch_add(1 << 40, Ordering::Relaxed)
}

fn chunk(offset: i64, data: &[u8]) -> UploadDocumentRequest {
    let chunk = DocumentChunk { offset, data: Bytes::copy_from_slice(data) };
    UploadDocumentRequest { piece: Some(Piece::Chunk(chunk)) }
}
