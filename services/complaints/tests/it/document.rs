//! Documents: taken in whole or not at all, looked at, sealed, and given back as they came.

use std::path::{Path, PathBuf};

use complaints::Complaints;
use redress_chassis::Member;
use redress_proto::{
    complaints::v1::{
        self as proto, document_service_client::DocumentServiceClient, upload_document_request::Piece,
    },
    options::v1::Role,
};
use redress_testkit::{Suite, backends, wait};
use tonic::{Code, Response, Status};
use uuid::Uuid;

use crate::cast::{Caller, Cast, JETS, JOBCENTRE, PRIME, STRANGER, SUBCONTRACTOR, refused, request_id};

type Client = DocumentServiceClient<Caller>;

async fn officer(cast: &Cast, organisation: Uuid) -> Client {
    DocumentServiceClient::new(cast.caller(organisation, &[Role::ComplaintsOfficer]).await)
}

fn description(parent: &str, media_type: &str, bytes: &[u8]) -> proto::DocumentDescription {
    proto::DocumentDescription {
        request_id: request_id(),
        parent: parent.to_owned(),
        file_name: "Brief von Zoë.pdf".to_owned(),
        media_type: media_type.to_owned(),
        size_bytes: i64::try_from(bytes.len()).unwrap(),
        sha256: String::new(),
        kind: proto::DocumentKind::Correspondence.into(),
    }
}

fn chunk(offset: usize, data: &[u8]) -> Piece {
    Piece::Chunk(proto::DocumentChunk { offset: i64::try_from(offset).unwrap(), data: data.to_vec().into() })
}

fn whole(description: proto::DocumentDescription, bytes: &[u8]) -> Vec<Piece> {
    const PIECE: usize = 100_000;
    let chunks = bytes.chunks(PIECE).enumerate().map(|(number, data)| chunk(number * PIECE, data));
    [Piece::Description(description)].into_iter().chain(chunks).collect()
}

async fn upload(client: &mut Client, pieces: Vec<Piece>) -> Result<Response<proto::Document>, Status> {
    let pieces = pieces.into_iter().map(|piece| proto::UploadDocumentRequest { piece: Some(piece) });
    client.upload_document(tokio_stream::iter(pieces.collect::<Vec<_>>())).await
}

async fn download(
    client: &mut Client,
    name: &str,
    offset: i64,
) -> Result<(proto::Document, Vec<u8>), Status> {
    let request = proto::DownloadDocumentRequest { name: name.to_owned(), offset };
    let mut stream = client.download_document(request).await?.into_inner();
    let (mut document, mut bytes) = (None, Vec::new());
    while let Some(piece) = stream.message().await? {
        document = document.or(piece.document);
        bytes.extend_from_slice(&piece.data);
    }
    Ok((document.unwrap(), bytes))
}

/// Bytes of no pattern that a cipher or a compressor could hide a mistake in.
fn long(length: usize) -> Vec<u8> {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut bytes = b"%PDF-1.7\n".to_vec();
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_be_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn objects(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.join("complaints/blobs/objects")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found
}

#[tokio::test]
async fn a_document_comes_back_as_it_went_in() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let complaint = cast.register("2026-11-02").await;
        let mut client = officer(&cast, SUBCONTRACTOR).await;
        // Longer than what is held before an upload in parts begins.
        let bytes = long(7 * 1024 * 1024 + 13);
        let described = description(&complaint.name, "application/pdf", &bytes);
        let stored = upload(&mut client, whole(described, &bytes)).await.unwrap().into_inner();
        assert_eq!(
            (stored.state(), stored.file_name.as_str()),
            (proto::DocumentState::Stored, "Brief von Zoë.pdf")
        );
        assert_eq!(
            (stored.parent.as_str(), stored.size_bytes),
            (complaint.name.as_str(), 7 * 1024 * 1024 + 13)
        );

        let (told, read) = download(&mut client, &stored.name, 0).await.unwrap();
        assert_eq!((told, read == bytes), (stored.clone(), true));
        let (_, rest) = download(&mut client, &stored.name, 5_000_001).await.unwrap();
        assert!(rest == bytes[5_000_001..]);
        let past =
            refused(download(&mut client, &stored.name, stored.size_bytes).await.map(|_| Response::new(())));
        assert_eq!((past.code, past.reason.as_str()), (Code::OutOfRange, "PAST_END"));

        let get = proto::GetDocumentRequest { name: stored.name.clone() };
        assert_eq!(client.get_document(get.clone()).await.unwrap().into_inner(), stored);
        let list = proto::ListDocumentsRequest { parent: complaint.name.clone(), ..Default::default() };
        assert_eq!(
            client.list_documents(list.clone()).await.unwrap().into_inner().documents,
            std::slice::from_ref(&stored)
        );
        let mut stranger = officer(&cast, STRANGER).await;
        assert_eq!(refused(stranger.get_document(get).await).code, Code::NotFound);
        assert_eq!(refused(stranger.list_documents(list).await).code, Code::NotFound);
        let theirs = download(&mut stranger, &stored.name, 0).await.map(|_| Response::new(()));
        assert_eq!(refused(theirs).code, Code::NotFound);
        let described = description(&complaint.name, "application/pdf", &bytes);
        assert_eq!(refused(upload(&mut stranger, whole(described, &bytes)).await).code, Code::NotFound);
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn nothing_of_a_document_lies_in_the_clear() {
    let cast = Cast::usual().await;
    let mut client = officer(&cast, PRIME).await;
    let bytes = b"%PDF-1.7 a letter about Zoe".to_vec();
    let described = description(&cast.participant, "application/pdf", &bytes);
    upload(&mut client, whole(described, &bytes)).await.unwrap();
    let mut files = objects(cast.suite.folder());
    assert_eq!(files.len(), 1);
    files.extend(["complaints.db", "complaints.db-wal"].map(|file| cast.suite.folder().join(file)));
    for file in files {
        let kept = std::fs::read(&file).unwrap();
        for words in [bytes.as_slice(), "Brief von Zoë".as_bytes()] {
            assert!(!kept.windows(words.len()).any(|window| window == words), "{}", file.display());
        }
    }
}

#[tokio::test]
async fn what_is_not_as_declared_leaves_nothing() {
    // C34, C35
    let cast = Cast::usual().await;
    let mut client = officer(&cast, PRIME).await;
    let bytes = b"%PDF-1.7 twenty-seven bytes";
    let described = || description(&cast.participant, "application/pdf", bytes);
    let other_digest = proto::DocumentDescription { sha256: "0".repeat(64), ..described() };
    let no_digest = proto::DocumentDescription { sha256: "X".to_owned(), ..described() };
    let (start, end) = bytes.split_at(10);
    let first = || Piece::Description(described());
    for (pieces, field, reason) in [
        (vec![first(), chunk(0, start)], "description.size_bytes", "SIZE_MISMATCH"),
        (vec![first(), chunk(0, bytes), chunk(27, b"more")], "description.size_bytes", "SIZE_MISMATCH"),
        (vec![first(), chunk(0, start), chunk(11, end)], "chunk.offset", "OFFSET_MISMATCH"),
        (vec![first(), chunk(0, start), chunk(9, end)], "chunk.offset", "OFFSET_MISMATCH"),
        (vec![first(), chunk(0, start), chunk(0, start)], "chunk.offset", "OFFSET_MISMATCH"),
        (vec![first(), first()], "description", "DUPLICATE"),
        (vec![chunk(0, bytes)], "description", "REQUIRED"),
        (whole(other_digest, bytes), "description.sha256", "DIGEST_MISMATCH"),
        (whole(no_digest, bytes), "description.sha256", "INVALID_DIGEST"),
    ] {
        let told = refused(upload(&mut client, pieces).await);
        assert_eq!(told.code, Code::InvalidArgument, "{field} {reason}");
        assert_eq!(told.fields, [(field.to_owned(), reason.to_owned())]);
    }
    let list = proto::ListDocumentsRequest { parent: cast.participant.clone(), ..Default::default() };
    assert!(client.list_documents(list).await.unwrap().into_inner().documents.is_empty());
    assert_eq!(objects(cast.suite.folder()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_document_is_no_larger_than_the_limit() {
    let plan = Suite::of([Member::of::<Complaints>()]).at("2026-11-16T09:00:00Z");
    let cast = Cast::of(plan.with("complaints.largest_document", "1000"), JETS).await;
    let mut client = officer(&cast, PRIME).await;
    let bytes = long(1001);
    let described = description(&cast.participant, "application/pdf", &bytes);
    let told = refused(upload(&mut client, whole(described, &bytes)).await);
    assert_eq!((told.code, told.reason.as_str()), (Code::ResourceExhausted, "DOCUMENT_TOO_LARGE"));
    assert_eq!(told.metadata["limit_bytes"], "1000");
    let described = description(&cast.participant, "application/pdf", &bytes[..1000]);
    upload(&mut client, whole(described, &bytes[..1000])).await.unwrap();
}

#[tokio::test]
async fn what_is_not_what_it_says_is_kept_in_quarantine() {
    // C37, C38
    let cast = Cast::usual().await;
    let mut client = officer(&cast, PRIME).await;
    let virus =
        [b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-".as_slice(), b"ANTIVIRUS-TEST-FILE!$H+H*"].concat();
    for (bytes, media_type, reason) in [
        (b"<html><script>".as_slice(), "application/pdf", "CONTENT_TYPE_MISMATCH"),
        (b"MZ\x90\0\x03", "application/pdf", "CONTENT_TYPE_MISMATCH"),
        (b"PK\x03\x04\x14\0\x01\0\x08\0", "application/zip", "UNSCANNABLE"),
        (virus.as_slice(), "text/plain", "MALWARE_DETECTED"),
    ] {
        let described = description(&cast.participant, media_type, bytes);
        let kept = upload(&mut client, whole(described, bytes)).await.unwrap().into_inner();
        assert_eq!(kept.state(), proto::DocumentState::Quarantined, "{reason}");
        let read = download(&mut client, &kept.name, 0).await.map(|_| Response::new(()));
        let told = refused(read);
        assert_eq!((told.code, told.reason.as_str()), (Code::FailedPrecondition, reason));
    }
    assert_eq!(objects(cast.suite.folder()).len(), 4, "kept, not lost");
}

#[tokio::test]
async fn a_repeated_upload_is_one_document() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let mut client = officer(&cast, PRIME).await;
        let bytes = long(1000);
        let described = description(&cast.participant, "application/pdf", &bytes);
        let first = upload(&mut client, whole(described.clone(), &bytes)).await.unwrap().into_inner();
        let again = upload(&mut client, whole(described.clone(), &bytes)).await.unwrap().into_inner();
        assert_eq!(first, again);
        let mut other = bytes.clone();
        other[999] ^= 1;
        let told = refused(upload(&mut client, whole(described.clone(), &other)).await);
        assert_eq!((told.reason.as_str(), told.metadata["fields"].as_str()), ("REQUEST_ID_REUSED", "chunk"));
        let renamed = proto::DocumentDescription { file_name: "other.pdf".to_owned(), ..described };
        let told = refused(upload(&mut client, whole(renamed, &bytes)).await);
        assert_eq!(told.metadata["fields"], "description.file_name");
        assert_eq!(objects(cast.suite.folder()).len(), 1, "what was sent again is not kept again");
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn of_many_uploads_at_once_under_one_request_id_one_is_kept() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let client = officer(&cast, PRIME).await;
        let bytes = long(70_000);
        let described = description(&cast.participant, "application/pdf", &bytes);
        let uploads = (0..16).map(|_| {
            let (mut client, pieces) = (client.clone(), whole(described.clone(), &bytes));
            async move { upload(&mut client, pieces).await.unwrap().into_inner() }
        });
        let answers = futures::future::join_all(uploads).await;
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        assert_eq!(objects(cast.suite.folder()).len(), 1);
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn a_caller_who_goes_away_leaves_nothing_half_done() {
    let cast = Cast::usual().await;
    let mut client = officer(&cast, PRIME).await;
    let bytes = long(200_000);
    let described = description(&cast.participant, "application/pdf", &bytes);
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    let stream = tokio_stream::wrappers::ReceiverStream::new(receiver);
    let mut call = Box::pin(client.upload_document(stream));
    let send = async {
        for piece in [
            Piece::Description(described),
            chunk(0, &bytes[..100_000]),
            chunk(100_000, &bytes[100_000..150_000]),
        ] {
            let piece = proto::UploadDocumentRequest { piece: Some(piece) };
            sender.send(piece).await.unwrap();
        }
    };
    tokio::select! {
        answer = &mut call => panic!("answered before the end: {answer:?}"),
        () = send => {}
    }
    drop(call);
    let mut client = officer(&cast, PRIME).await;
    let list = proto::ListDocumentsRequest { parent: cast.participant.clone(), ..Default::default() };
    assert!(client.list_documents(list).await.unwrap().into_inner().documents.is_empty());
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn bytes_without_a_row_are_swept_up_and_others_are_not() {
    // L42
    let plan = Suite::of([Member::of::<Complaints>()]).at("2026-11-16T09:00:00Z");
    // Files have the machine's time, whatever the suite's clock says: what is kept now is young until that clock is moved on.
    let plan = plan.with("complaints.sweep_every", "20ms").with("complaints.orphan_age", "18250d");
    let cast = Cast::of(plan, JETS).await;
    let mut client = officer(&cast, PRIME).await;
    let bytes = long(1000);
    let described = description(&cast.participant, "application/pdf", &bytes);
    let stored = upload(&mut client, whole(described, &bytes)).await.unwrap().into_inner();
    let kept = objects(cast.suite.folder());
    // What a process leaves that dies between the object and its row.
    let orphan = cast.suite.folder().join("complaints/blobs/objects/ab").join("cd".repeat(31));
    std::fs::create_dir_all(orphan.parent().unwrap()).unwrap();
    std::fs::write(&orphan, b"left behind").unwrap();
    cast.suite.clock.move_to("2150-01-01T09:00:00Z".parse().unwrap());
    wait::until("the orphan to go", || !orphan.exists()).await;
    assert_eq!(objects(cast.suite.folder()), kept);
    let mut client = officer(&cast, PRIME).await;
    assert!(download(&mut client, &stored.name, 0).await.unwrap().1 == bytes);
}

#[tokio::test]
async fn a_document_that_was_tampered_with_is_not_given() {
    let cast = Cast::usual().await;
    let mut client = officer(&cast, PRIME).await;
    let bytes = long(1000);
    let described = description(&cast.participant, "application/pdf", &bytes);
    let stored = upload(&mut client, whole(described, &bytes)).await.unwrap().into_inner();
    let file = objects(cast.suite.folder()).remove(0);
    let mut kept = std::fs::read(&file).unwrap();
    let middle = kept.len() / 2;
    kept[middle] ^= 1;
    std::fs::write(&file, kept).unwrap();
    let told = refused(download(&mut client, &stored.name, 0).await.map(|_| Response::new(())));
    assert_eq!(told.code, Code::Internal);
}

#[tokio::test]
async fn jobcentre_plus_brings_papers_and_does_not_read_them() {
    let cast = Cast::usual().await;
    let mut client = DocumentServiceClient::new(cast.caller(JOBCENTRE, &[Role::JobcentrePlus]).await);
    let bytes = long(100);
    let described = description(&cast.participant, "application/pdf", &bytes);
    let stored = upload(&mut client, whole(described, &bytes)).await.unwrap().into_inner();
    let told = refused(download(&mut client, &stored.name, 0).await.map(|_| Response::new(())));
    assert_eq!((told.code, told.reason.as_str()), (Code::PermissionDenied, "ROLE_MISSING"));
}

#[test]
fn the_contract_documents_every_reason() {
    let pool = redress_proto::pool();
    let reasons = pool.get_enum_by_name("redress.complaints.v1.DocumentErrorReason").unwrap();
    let documented: Vec<String> = reasons
        .values()
        .filter(|value| value.number() != 0)
        .map(|value| value.name().trim_start_matches("DOCUMENT_ERROR_REASON_").to_owned())
        .collect();
    let given = [
        "DOCUMENT_TOO_LARGE",
        "SIZE_MISMATCH",
        "OFFSET_MISMATCH",
        "DIGEST_MISMATCH",
        "INVALID_DIGEST",
        "CONTENT_TYPE_MISMATCH",
        "UNSCANNABLE",
        "MALWARE_DETECTED",
        "PAST_END",
    ];
    assert_eq!(documented, given);
}
