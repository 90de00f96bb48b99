//! What is not as declared, too large, or not what it says it is (reliability C34, C35, C37, C38).

use redress_proto::{
    complaints::v1::DocumentState,
    records_retention::v1::{self as proto, upload_part_request::Piece},
};
use redress_testkit::Refused;
use tonic::{Code, Response};

use super::{empty, long, objects, pdf};
use crate::cast::{Cast, content};

fn chunk(offset: i64, data: &[u8]) -> Piece {
    Piece::Chunk(proto::PartChunk { offset, data: data.to_vec().into() })
}

/// What the service says of pieces that are wrong together.
async fn told(cast: &Cast, pieces: Vec<Piece>) -> Refused {
    let pieces = pieces.into_iter().map(|piece| proto::UploadPartRequest { piece: Some(piece) });
    let pieces = futures::stream::iter(pieces.collect::<Vec<_>>());
    Refused::of(&cast.records().await.upload_part(pieces).await.map(Response::into_inner).unwrap_err())
}

#[tokio::test]
async fn what_is_not_as_declared_leaves_nothing() {
    let cast = Cast::usual().await;
    let record = empty(&cast).await;
    let bytes = b"%PDF-1.7 twenty-seven bytes";
    let described = || pdf(&record, bytes);
    let first = || Piece::Description(described());
    let digest = |sha256: String| Piece::Description(proto::PartDescription { sha256, ..described() });
    let (start, end) = bytes.split_at(10);
    for (pieces, field, reason) in [
        (vec![first(), chunk(0, start)], "description.size_bytes", "SIZE_MISMATCH"),
        (vec![first()], "description.size_bytes", "SIZE_MISMATCH"),
        (vec![first(), chunk(0, bytes), chunk(27, b"more")], "description.size_bytes", "SIZE_MISMATCH"),
        (vec![first(), chunk(0, start), chunk(11, end)], "chunk.offset", "OFFSET_MISMATCH"),
        (vec![first(), chunk(0, start), chunk(9, end)], "chunk.offset", "OFFSET_MISMATCH"),
        (vec![first(), chunk(0, start), chunk(0, start)], "chunk.offset", "OFFSET_MISMATCH"),
        (vec![first(), first()], "description", "DUPLICATE"),
        (vec![chunk(0, bytes)], "description", "REQUIRED"),
        (vec![digest("0".repeat(64)), chunk(0, bytes)], "description.sha256", "DIGEST_MISMATCH"),
        (vec![digest("X".to_owned()), chunk(0, bytes)], "description.sha256", "INVALID_DIGEST"),
    ] {
        let told = told(&cast, pieces).await;
        assert_eq!(told.code, Code::InvalidArgument, "{field} {reason}");
        assert_eq!(told.fields, [(field.to_owned(), reason.to_owned())]);
    }
    let nothing = proto::PartDescription { size_bytes: 0, ..described() };
    assert_eq!(told(&cast, vec![Piece::Description(nothing)]).await.code, Code::InvalidArgument);
    assert!(cast.get(&record).await.parts.is_empty());
    assert!(objects(&cast.suite).is_empty());
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn nothing_is_larger_than_the_limit() {
    let cast = Cast::of(Cast::plan().with("records_retention.largest_content", "1000")).await;
    let (record, bytes) = (empty(&cast).await, long(1001));
    let told = told(&cast, vec![Piece::Description(pdf(&record, &bytes))]).await;
    assert_eq!((told.code, told.reason.as_str()), (Code::ResourceExhausted, "DOCUMENT_TOO_LARGE"));
    assert_eq!(told.metadata["limit_bytes"], "1000");
    cast.upload(pdf(&record, &bytes[..1000]), &bytes[..1000]).await.unwrap();
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn what_is_not_what_it_says_is_kept_in_quarantine() {
    let cast = Cast::usual().await;
    let record = empty(&cast).await;
    // In two parts, so that this file is not found itself.
    let virus =
        [b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-".as_slice(), b"ANTIVIRUS-TEST-FILE!$H+H*"].concat();
    for (bytes, media_type, reason) in [
        (b"<html><script>".as_slice(), "application/pdf", "CONTENT_TYPE_MISMATCH"),
        (b"PK\x03\x04\x14\0\x01\0\x08\0", "application/zip", "UNSCANNABLE"),
        (virus.as_slice(), "text/plain", "MALWARE_DETECTED"),
    ] {
        let described = proto::PartDescription { media_type: media_type.to_owned(), ..pdf(&record, bytes) };
        let kept = cast.upload(described, bytes).await.unwrap().parts.pop().unwrap();
        assert_eq!(kept.state(), DocumentState::Quarantined, "{reason}");
        let read = content(cast.records().await, &record, &kept.name, 0).await;
        let told = Refused::of(&read.unwrap_err());
        assert_eq!((told.code, told.reason.as_str()), (Code::FailedPrecondition, reason));
    }
    assert_eq!(objects(&cast.suite).len(), 3, "kept, not lost");
    cast.suite.stop().await.unwrap();
}

#[test]
fn the_contract_documents_every_reason() {
    let pool = redress_proto::pool();
    let reasons = pool.get_enum_by_name("redress.records_retention.v1.ContentErrorReason").unwrap();
    let documented: Vec<String> = reasons
        .values()
        .filter(|value| value.number() != 0)
        .map(|value| value.name().trim_start_matches("CONTENT_ERROR_REASON_").to_owned())
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
