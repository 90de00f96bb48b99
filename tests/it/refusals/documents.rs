//! Documents: C34, C35, C37, and streams that begin wrong (G40).

use bytes::Bytes;
use futures::stream;
use redress_proto::{
    complaints::v1::{
        Document, DocumentChunk, DocumentDescription, DocumentKind, DocumentState, DownloadDocumentRequest,
        DownloadDocumentResponse, UploadDocumentRequest, document_service_client::DocumentServiceClient,
        upload_document_request::Piece,
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

    for (case, size) in
        [("C34 more came than declared", length - 1), ("C34 less came than declared", length + 1)]
    {
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

    let mut words = plain(length);
    if let Some(Piece::Description(description)) = &mut words.piece {
        description.sha256 = String::from("as before");
    }
    let answer = upload(desk, vec![words, chunk(0, NOTE)]).await;
    desk.expect("words for a digest", answer, Code::InvalidArgument, "INVALID_DIGEST");
    let answer = upload(desk, vec![plain(1 << 50)]).await;
    desk.expect("more than the service takes", answer, Code::ResourceExhausted, "DOCUMENT_TOO_LARGE");

    let answer = upload(desk, Vec::new()).await;
    desk.expect_field("G40 nothing at all", answer, "(stream)", "REQUIRED");
    let answer = upload(desk, vec![chunk(0, NOTE)]).await;
    desk.expect_field("G40 bytes before their description", answer, "description", "REQUIRED");
    let answer = upload(desk, vec![plain(length), chunk(0, NOTE), plain(length)]).await;
    desk.expect_field("G40 a second description", answer, "description", "DUPLICATE");

    quarantined(desk, &parent).await;
}

/// C37, C38: what is not what it says it is, cannot be looked into or does harm is kept and not shown.
async fn quarantined(desk: &mut Desk, parent: &str) {
    let page = b"<!doctype html><script>alert(1)</script>".to_vec();
    let locked = b"PK\x03\x04\x14\0\x01\0\x08\0with a password".to_vec();
    // In two parts, so that this file is not found itself.
    let virus =
        [b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-".as_slice(), b"TEST-FILE!$H+H*"].concat();
    for (case, file_name, media_type, content, reason) in [
        ("C37 a page that says it is a PDF", "letter.pdf", "application/pdf", page, "CONTENT_TYPE_MISMATCH"),
        ("C37 an archive with a password", "papers.zip", "application/zip", locked, "UNSCANNABLE"),
        ("C38 what scanners agree to find", "note.txt", "text/plain", virus, "MALWARE_DETECTED"),
    ] {
        let size = i64::try_from(content.len()).unwrap();
        let answer =
            upload(desk, vec![description(parent, file_name, media_type, size), chunk(0, &content)]).await;
        let document = answer.unwrap();
        assert_eq!(document.state(), DocumentState::Quarantined, "{case}: {document:?}");
        let answer = download(desk, document.name, 0).await;
        desk.expect(case, answer, Code::FailedPrecondition, reason);
    }
    let stored =
        upload(desk, vec![description(parent, "note.txt", "text/plain", 30), chunk(0, NOTE)]).await.unwrap();
    assert_eq!(stored.state(), DocumentState::Stored);
    let answer = download(desk, stored.name, 1000).await;
    desk.expect("read from beyond the end", answer, Code::OutOfRange, "PAST_END");
}

async fn download(desk: &Desk, name: String, offset: i64) -> Answer<Option<DownloadDocumentResponse>> {
    let token = desk.stand.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let mut client = DocumentServiceClient::new(desk.stand.peer.channel());
    let request = DownloadDocumentRequest { name, offset };
    let answer = match client.download_document(bearing(&token, request).unwrap()).await {
        Err(status) => Err(status),
        Ok(answer) => answer.into_inner().message().await,
    };
    answer.map_err(|status| Box::new(Refused::from(&status)))
}

async fn upload(desk: &Desk, pieces: Vec<UploadDocumentRequest>) -> Answer<Document> {
    let token = desk.stand.chain.people.token(Member::Prime, Role::ComplaintsManager).unwrap();
    let mut client = DocumentServiceClient::new(desk.stand.peer.channel());
    let answer = client.upload_document(bearing(&token, stream::iter(pieces)).unwrap()).await;
    answer.map(tonic::Response::into_inner).map_err(|status| Box::new(Refused::from(&status)))
}

fn description(parent: &str, file_name: &str, media_type: &str, size_bytes: i64) -> UploadDocumentRequest {
    // Each upload is another request; what makes it so must not depend on what is sent.
    let mut seed = redress_tests::seed::Seed::new(
        size_bytes.unsigned_abs() ^ u64::from(std::process::id()) << 20 ^ next(),
    );
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
