//! What was planted in every personal field is found in no file of the suite after disposal (L32, L33).

use std::{fs, path::Path};

use futures::stream;
use redress_proto::{complaints::v1 as complaints, records_retention::v1 as proto};

use crate::cast::{Cast, hold, part, release, request_id};

/// What nobody writes by accident.
const CANARY: &str = "canarienvogel";

/// The files under `folder` in which the canary is.
pub(crate) fn sightings(folder: &Path, canary: &str) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sightings(&path, canary));
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        if bytes.windows(canary.len()).any(|window| window.eq_ignore_ascii_case(canary.as_bytes())) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test]
async fn after_disposal_the_canary_is_in_no_file() {
    let mut cast = Cast::usual().await;
    cast.participant = cast.participant(&format!("{CANARY}-1"), &format!("Wyn {CANARY}")).await;
    let complaint = cast.complaint(&format!("They lost my {CANARY}.")).await;
    let description = complaints::DocumentDescription {
        request_id: request_id(),
        parent: complaint.clone(),
        file_name: format!("{CANARY}.txt"),
        media_type: "text/plain".to_owned(),
        size_bytes: 13,
        sha256: String::new(),
        kind: complaints::DocumentKind::Evidence.into(),
    };
    let chunk = complaints::DocumentChunk { offset: 0, data: CANARY.as_bytes().into() };
    let pieces = [
        complaints::upload_document_request::Piece::Description(description),
        complaints::upload_document_request::Piece::Chunk(chunk),
    ];
    let pieces = pieces.map(|piece| complaints::UploadDocumentRequest { piece: Some(piece) });
    cast.documents().await.upload_document(stream::iter(pieces)).await.unwrap();
    cast.withdraw(&complaint).await;
    let file = cast.record_of(&complaint).await;
    let person = cast.record_of(&cast.participant).await;
    let letter = proto::Record {
        contract: cast.contract.clone(),
        record_class: proto::RecordClass::CorrespondenceFile.into(),
        reference: format!("{CANARY}-2"),
        ..Default::default()
    };
    let letter = cast.enter(letter).await.unwrap().name;
    let content = format!("Dear {CANARY}").into_bytes();
    let described = proto::PartDescription { file_name: format!("{CANARY}.txt"), ..part(&letter, &content) };
    cast.upload(described, &content).await.unwrap();
    let held = cast.records().await.place_hold(hold(&letter, &format!("{CANARY}-3"))).await.unwrap();
    let placed = held.into_inner().holds[0].name.clone();
    cast.records().await.release_hold(release(&letter, &placed)).await.unwrap();
    let before = sightings(cast.suite.folder(), CANARY);
    assert!(!before.is_empty(), "references are kept in the clear while they are needed");

    for name in [&person.name, &file.name] {
        cast.freed(name).await;
    }
    cast.fall_due().await;
    let disposal = cast.dispose(&[&file.name, &person.name, &letter]).await;
    // The paper of the complaint, and what was laid by with the letter.
    assert_eq!(disposal.receipts.iter().map(|receipt| receipt.objects).sum::<i32>(), 2, "{disposal:?}");
    cast.suite.pause().await;
    assert_eq!(sightings(cast.suite.folder(), CANARY), Vec::<String>::new());
    cast.suite.stop().await.unwrap();
}
