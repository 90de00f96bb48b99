//! What is laid by with records: taken in whole or not at all, sealed, given back as it came, and gone with its record.

mod refused;

use std::path::PathBuf;

use redress_proto::{complaints::v1::DocumentState, options::v1::Role, records_retention::v1 as proto};
use redress_testkit::{Suite, backends, wait};
use tokio_stream::wrappers::ReceiverStream;

use crate::cast::{Cast, STRANGER, content, part, pieces, refused};

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

/// A PDF that is to come.
fn pdf(record: &str, bytes: &[u8]) -> proto::PartDescription {
    proto::PartDescription {
        file_name: "Brief von Zoë.pdf".to_owned(),
        media_type: "application/pdf".to_owned(),
        ..part(record, bytes)
    }
}

/// Every object of the service's store.
pub(crate) fn objects(suite: &Suite) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![suite.folder().join("records-retention/blobs/objects")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.path().is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found
}

/// A record with nothing in it.
async fn empty(cast: &Cast) -> String {
    let record = proto::Record {
        contract: cast.contract.clone(),
        record_class: proto::RecordClass::CorrespondenceFile.into(),
        ..Default::default()
    };
    cast.enter(record).await.unwrap().name
}

#[tokio::test]
async fn what_is_laid_by_comes_back_as_it_went_in() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let record = empty(&cast).await;
        // Longer than what is held before an upload in parts begins.
        let bytes = long(7 * 1024 * 1024 + 13);
        let kept = cast.upload(pdf(&record, &bytes), &bytes).await.unwrap();
        let known = kept.parts[0].clone();
        assert_eq!((known.media_type.as_str(), known.size_bytes), ("application/pdf", 7 * 1024 * 1024 + 13));
        assert_eq!((known.state(), known.holder()), (DocumentState::Stored, proto::Holder::RecordsRetention));
        assert_eq!(cast.get(&record).await.parts, std::slice::from_ref(&known));

        let read = async |offset| content(cast.records().await, &record, &known.name, offset).await;
        let (told, whole) = read(0).await.unwrap();
        assert!(whole == bytes);
        assert_eq!((told.part.as_str(), told.file_name.as_str()), (known.name.as_str(), "Brief von Zoë.pdf"));
        assert_eq!((told.size_bytes, told.sha256.len(), told.state()), (known.size_bytes, 64, known.state()));
        assert!(read(5_000_001).await.unwrap().1 == bytes[5_000_001..]);
        assert_eq!(refused(read(known.size_bytes).await), "PAST_END");

        // A report is asked for in another way, and a stranger learns nothing.
        let report = proto::GetReportRequest { name: record.clone(), part: known.name.clone() };
        assert_eq!(refused(cast.records().await.get_report(report).await), "NOT_ALLOWED");
        let stranger = cast.records_as(STRANGER, Role::RecordsOfficer, "sam").await;
        assert_eq!(refused(content(stranger.clone(), &record, &known.name, 0).await), "NOT_FOUND");
        let theirs = futures::stream::iter(pieces(pdf(&record, &bytes), &bytes));
        assert_eq!(refused(stranger.clone().upload_part(theirs).await), "NOT_FOUND");
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn nothing_of_it_lies_in_the_clear() {
    let cast = Cast::usual().await;
    let record = empty(&cast).await;
    let bytes = b"%PDF-1.7 a letter about Zoe".to_vec();
    cast.upload(pdf(&record, &bytes), &bytes).await.unwrap();
    let mut files = objects(&cast.suite);
    assert_eq!(files.len(), 1);
    let databases = ["records-retention.db", "records-retention.db-wal"];
    files.extend(databases.map(|file| cast.suite.folder().join(file)));
    for file in files {
        let kept = std::fs::read(&file).unwrap();
        for words in [bytes.as_slice(), "Brief von Zoë".as_bytes()] {
            assert!(!kept.windows(words.len()).any(|window| window == words), "{}", file.display());
        }
    }
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn a_repeated_upload_is_one_part() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let record = empty(&cast).await;
        let bytes = long(70_000);
        let described = pdf(&record, &bytes);
        let first = cast.upload(described.clone(), &bytes).await.unwrap();
        assert_eq!(cast.upload(described.clone(), &bytes).await.unwrap(), first);
        let mut other = bytes.clone();
        other[69_999] ^= 1;
        assert_eq!(refused(cast.upload(described.clone(), &other).await), "REQUEST_ID_REUSED");
        let renamed = proto::PartDescription { file_name: "other.pdf".to_owned(), ..described };
        assert_eq!(refused(cast.upload(renamed, &bytes).await), "REQUEST_ID_REUSED");
        assert_eq!(objects(&cast.suite).len(), 1, "what was sent again is not kept again");
        // The version that was read, when another part came meanwhile.
        let older = proto::PartDescription { etag: first.etag.clone(), ..pdf(&record, &bytes) };
        cast.upload(pdf(&record, b"%PDF-1.7 another"), b"%PDF-1.7 another").await.unwrap();
        assert_eq!(refused(cast.upload(older, &bytes).await), "VERSION_MISMATCH");
        assert_eq!((objects(&cast.suite).len(), cast.get(&record).await.parts.len()), (2, 2));
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn of_many_at_once_under_one_request_id_one_is_kept_and_others_are_kept_beside_it() {
    for backend in backends() {
        let cast = Cast::on(backend).await;
        let record = empty(&cast).await;
        let bytes = long(70_000);
        let described = pdf(&record, &bytes);
        let one = futures::future::join_all((0..12).map(|_| cast.upload(described.clone(), &bytes)));
        // Each begun when the record had no key yet, and so under a key of its own.
        let others = futures::future::join_all((0..4).map(|_| cast.upload(pdf(&record, &bytes), &bytes)));
        let (one, others) = futures::future::join(one, others).await;
        let one: Vec<proto::Record> = one.into_iter().map(Result::unwrap).collect();
        assert!(one.iter().all(|answer| *answer == one[0]));
        assert!(others.iter().all(Result::is_ok), "{others:?}");
        assert_eq!((objects(&cast.suite).len(), cast.get(&record).await.parts.len()), (5, 5));

        // All of it goes, under however many keys it lies.
        cast.fall_due().await;
        let disposal = cast.dispose(&[&record]).await;
        let receipt = &disposal.receipts[0];
        assert_eq!((receipt.parts, receipt.objects, receipt.sealed_texts), (5, 5, 5), "{receipt:?}");
        assert!(objects(&cast.suite).is_empty());
        cast.suite.stop().await.unwrap();
    }
}

#[tokio::test]
async fn what_is_still_coming_when_its_record_ends_is_refused_and_leaves_nothing() {
    let cast = Cast::usual().await;
    let record = empty(&cast).await;
    let (bytes, before) = (long(200_000), b"%PDF-1.7 before");
    let kept = cast.upload(pdf(&record, before), before).await.unwrap();
    cast.fall_due().await;
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    let mut records = cast.records().await;
    let uploading = records.upload_part(ReceiverStream::new(receiver));
    let disposing = async {
        let mut pieces = pieces(pdf(&record, &bytes), &bytes).into_iter();
        for piece in pieces.by_ref().take(2) {
            sender.send(piece).await.unwrap();
        }
        cast.dispose(&[&record]).await;
        for piece in pieces {
            // Where the service has given its answer already, nobody takes the rest.
            let _ = sender.send(piece).await;
        }
        drop(sender);
    };
    let (answer, ()) = futures::future::join(uploading, disposing).await;
    assert_eq!(refused(answer), "ITEM_DESTROYED");
    assert!(objects(&cast.suite).is_empty());
    let gone = content(cast.records().await, &record, &kept.parts[0].name, 0).await;
    assert_eq!(refused(gone), "ITEM_DESTROYED");
    // One that begins afterwards is told before it has sent anything.
    assert_eq!(refused(cast.upload(pdf(&record, &bytes), &[]).await), "ITEM_DESTROYED");
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn a_caller_who_goes_away_leaves_nothing_half_done() {
    let cast = Cast::usual().await;
    let record = empty(&cast).await;
    let bytes = long(200_000);
    let (sender, receiver) = tokio::sync::mpsc::channel(1);
    let mut records = cast.records().await;
    let mut call = Box::pin(records.upload_part(ReceiverStream::new(receiver)));
    let send = async {
        for piece in pieces(pdf(&record, &bytes), &bytes).into_iter().take(2) {
            sender.send(piece).await.unwrap();
        }
    };
    tokio::select! {
        answer = &mut call => panic!("answered before the end: {answer:?}"),
        () = send => {}
    }
    drop(call);
    assert!(cast.get(&record).await.parts.is_empty());
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn bytes_without_a_row_are_swept_up_and_others_are_not() {
    // L42
    let plan = Cast::plan();
    // Files have the machine's time, whatever the suite's clock says: what is kept now is young until that clock is moved on.
    let plan =
        plan.with("records_retention.sweep_every", "20ms").with("records_retention.orphan_age", "18250d");
    let cast = Cast::of(plan).await;
    let record = cast.letter().await;
    let part = cast.get(&record).await.parts[0].name.clone();
    let kept = objects(&cast.suite);
    assert_eq!(kept.len(), 1);
    // What a process leaves that dies between the object and its row.
    let orphan = cast.suite.folder().join("records-retention/blobs/objects/ab").join("cd".repeat(31));
    std::fs::create_dir_all(orphan.parent().unwrap()).unwrap();
    std::fs::write(&orphan, b"left behind").unwrap();
    cast.suite.clock.move_to("2150-01-01T09:00:00Z".parse().unwrap());
    wait::until("the orphan to go", || !orphan.exists()).await;
    assert_eq!(objects(&cast.suite), kept);
    assert_eq!(cast.content(&record, &part).await.unwrap(), b"A letter.");
    cast.suite.stop().await.unwrap();
}

#[tokio::test]
async fn what_was_tampered_with_is_not_given() {
    let cast = Cast::usual().await;
    let bytes = long(1000);
    let record = empty(&cast).await;
    let kept = cast.upload(pdf(&record, &bytes), &bytes).await.unwrap();
    let file = objects(&cast.suite).remove(0);
    let mut changed = std::fs::read(&file).unwrap();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    std::fs::write(&file, changed).unwrap();
    let read = content(cast.records().await, &record, &kept.parts[0].name, 0).await;
    assert_eq!(read.unwrap_err().code(), tonic::Code::Internal);
    cast.suite.stop().await.unwrap();
}
