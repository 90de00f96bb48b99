//! Documents: whole or not at all, unreadable without their key, in a folder and in a bucket.

use std::{collections::HashSet, fs, path::Path};

use jiff::Timestamp;
use redress_store::{
    Blobs, DataKey,
    blob::{BlobFault, Kept, ObjectName, Stored},
};
use tempfile::TempDir;
use uuid::Uuid;

use crate::{fixture::Fresh, keyring};

const MOST: u64 = 64 * 1024 * 1024;

/// A chunk, and what an upload in parts begins with.
const CHUNK: usize = 64 * 1024;
const PART: usize = 6 * 1024 * 1024;

/// A store, two keys, and what holds them.
struct Case {
    blobs: Blobs,
    key: DataKey,
    other: DataKey,
    folder: TempDir,
    fresh: Fresh,
}

async fn case(url: Option<String>) -> Case {
    let folder = tempfile::tempdir().unwrap();
    let url = url.unwrap_or_else(|| format!("file:{}/blobs", folder.path().display()));
    let blobs = Blobs::open(&url).unwrap();
    let fresh = Fresh::sqlite().await;
    let keyring = keyring::open(&fresh.db, 1, &[]).await;
    let (key, other) = (keyring.take().await.unwrap(), keyring.take().await.unwrap());
    Case { blobs, key, other, folder, fresh }
}

/// Runs a test on a folder, and on S3 where `REDRESS_TEST_S3` names a server with a bucket `redress-test`.
async fn on_both(test: impl AsyncFn(&Case)) {
    let mut urls = vec![None];
    match std::env::var("REDRESS_TEST_S3") {
        Ok(endpoint) => urls.push(Some(format!("s3://redress-test?endpoint={endpoint}&region=eu-west-2"))),
        Err(_) => eprintln!("REDRESS_TEST_S3 is not set: not tested on S3"),
    }
    for url in urls {
        let case = case(url).await;
        test(&case).await;
        case.fresh.gone().await;
    }
}

/// Bytes without a pattern that a cipher could keep.
fn document(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0]).collect()
}

async fn put(case: &Case, blob: Uuid, bytes: &[u8]) -> Stored {
    let mut writer = case.blobs.writer(&case.key, blob, MOST).unwrap();
    // In pieces of a length that fits nothing.
    for piece in bytes.chunks(50_021) {
        writer.write(piece).await.unwrap();
    }
    writer.finish().await.unwrap()
}

async fn read(
    case: &Case,
    key: &DataKey,
    stored: Stored,
    blob: Uuid,
    from: u64,
) -> Result<Vec<u8>, BlobFault> {
    let kept = Kept { object: stored.object, blob, digest: stored.digest };
    let mut reader = case.blobs.reader(kept, key, from).await?;
    let mut bytes = Vec::new();
    while let Some(piece) = reader.next().await? {
        assert!(!piece.is_empty() && piece.len() <= 4 * CHUNK);
        bytes.extend_from_slice(&piece);
    }
    assert_eq!(reader.next().await, Ok(None), "what ended has ended");
    Ok(bytes)
}

#[tokio::test]
async fn documents_of_every_awkward_length_come_back() {
    on_both(async |case| {
        let chunks = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK];
        let pieces = [4 * CHUNK - 1, 4 * CHUNK, 4 * CHUNK + 1, 5 * CHUNK, 8 * CHUNK, 8 * CHUNK + 1];
        let parts = [PART - 1, PART + 1, 2 * PART + CHUNK, 20_000_001];
        for length in [chunks.as_slice(), &pieces, &parts].concat() {
            let (blob, bytes) = (Uuid::from_u128(length as u128), document(length));
            let stored = put(case, blob, &bytes).await;
            assert_eq!(stored.length, length as u64);
            let sha256 = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &bytes);
            assert_eq!(stored.digest, sha256.as_ref());
            assert_eq!(case.blobs.exists(stored.object).await, Ok(true));
            let found = read(case, &case.key, stored, blob, 0).await.unwrap();
            assert!(found == bytes, "{length} bytes");
            case.blobs.delete(stored.object).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn reading_can_begin_anywhere() {
    on_both(async |case| {
        let (blob, bytes) = (Uuid::from_u128(1), document(9 * CHUNK + 7));
        let stored = put(case, blob, &bytes).await;
        for from in [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 4 * CHUNK + 9, 9 * CHUNK, 9 * CHUNK + 6] {
            let found = read(case, &case.key, stored, blob, from as u64).await.unwrap();
            assert!(found == bytes[from..], "from {from}");
        }
        for from in [bytes.len() as u64, 10 * CHUNK as u64, u64::MAX] {
            let found = read(case, &case.key, stored, blob, from).await;
            assert_eq!(found, Err(BlobFault::PastEnd), "from {from}");
        }
        case.blobs.delete(stored.object).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_document_opens_only_under_its_key_and_as_itself() {
    on_both(async |case| {
        let blob = Uuid::from_u128(1);
        let stored = put(case, blob, b"Mrs O'Brien").await;
        let wrong_key = read(case, &case.other, stored, blob, 0).await;
        assert_eq!(wrong_key, Err(BlobFault::Tampered));
        let as_another = read(case, &case.key, stored, Uuid::from_u128(2), 0).await;
        assert_eq!(as_another, Err(BlobFault::Tampered));
        case.blobs.delete(stored.object).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn what_is_deleted_is_gone_and_may_be_deleted_again() {
    on_both(async |case| {
        let blob = Uuid::from_u128(1);
        let stored = put(case, blob, b"words").await;
        for _ in 0..2 {
            case.blobs.delete(stored.object).await.unwrap();
            assert_eq!(case.blobs.exists(stored.object).await, Ok(false));
            assert_eq!(read(case, &case.key, stored, blob, 0).await, Err(BlobFault::Missing));
        }
    })
    .await;
}

#[tokio::test]
async fn a_document_that_is_too_long_or_given_up_leaves_nothing() {
    on_both(async |case| {
        for length in [10, PART + CHUNK + 10] {
            let mut writer = case.blobs.writer(&case.key, Uuid::from_u128(1), length as u64).unwrap();
            writer.write(&document(length)).await.unwrap();
            assert_eq!(writer.write(b"x").await, Err(BlobFault::TooLong { most: length as u64 }));
            writer.abort().await.unwrap();
        }
        let all = case.blobs.orphans(Timestamp::MAX, async |_| Ok::<_, BlobFault>(HashSet::new())).await;
        assert_eq!(all, Ok(Vec::new()));
        assert_eq!(case.blobs.sweep(Timestamp::MAX).await, Ok(0));
    })
    .await;
}

#[tokio::test]
async fn an_object_that_a_crash_left_without_a_row_is_found() {
    // L42
    on_both(async |case| {
        let named = put(case, Uuid::from_u128(1), b"with a row").await.object;
        // The process dies here, between the object and its row.
        let orphan = put(case, Uuid::from_u128(2), b"without").await.object;
        let known = async |_: Vec<ObjectName>| Ok::<_, BlobFault>(HashSet::from([named]));
        let found = case.blobs.orphans(Timestamp::MAX, known).await.unwrap();
        assert_eq!(found.iter().map(|orphan| orphan.object).collect::<Vec<_>>(), [orphan]);
        let young = case.blobs.orphans(Timestamp::UNIX_EPOCH, known).await;
        assert_eq!(young, Ok(Vec::new()), "what is young may still get its row");
        for object in [named, orphan] {
            case.blobs.delete(object).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_a_crash_cut_off_is_swept() {
    let case = case(None).await;
    let mut writer = case.blobs.writer(&case.key, Uuid::from_u128(1), MOST).unwrap();
    writer.write(&document(2 * PART)).await.unwrap();
    // What a dead process leaves: the file stays, because nobody cleans up.
    std::mem::forget(writer);
    let draft = case.folder.path().join("blobs/incoming");
    assert_eq!(fs::read_dir(&draft).unwrap().count(), 1);
    assert_eq!(case.blobs.sweep(Timestamp::UNIX_EPOCH).await, Ok(0));
    assert_eq!(case.blobs.sweep(Timestamp::MAX).await, Ok(1));
    assert_eq!(fs::read_dir(&draft).unwrap().count(), 0);
    case.fresh.gone().await;
}

#[tokio::test]
async fn no_change_to_an_object_goes_unseen() {
    let case = case(None).await;
    let (blob, bytes) = (Uuid::from_u128(1), document(9 * CHUNK + 7));
    let kept = put(&case, blob, &bytes).await;
    let file = file_of(case.folder.path(), kept.object);
    let good = fs::read(&file).unwrap();
    let stored = CHUNK + 16;
    let mut changed = vec![
        ("cut off between chunks", good[..20 + 2 * stored].to_vec()),
        ("cut off between pieces", good[..20 + 4 * stored].to_vec()),
        ("cut off within a tag", good[..20 + 8 * stored + 9].to_vec()),
        ("cut off within a chunk", good[..good.len() - 1].to_vec()),
        ("cut off after the header", good[..20].to_vec()),
        ("cut off within the header", good[..10].to_vec()),
        ("empty", Vec::new()),
        ("longer", [good.as_slice(), &[0]].concat()),
        ("a chunk repeated", [&good[..20 + stored], &good[20..]].concat()),
        ("a chunk left out", [&good[..20], &good[20 + stored..]].concat()),
    ];
    for at in [0, 5, 20, good.len() / 2, good.len() - 1] {
        let mut flipped = good.clone();
        flipped[at] ^= 1;
        changed.push(("one bit", flipped));
    }
    let mut swapped = good.clone();
    swapped[20..20 + 2 * stored].rotate_left(stored);
    changed.push(("two chunks swapped", swapped));
    for (how, changed) in changed {
        fs::write(&file, changed).unwrap();
        assert_eq!(read(&case, &case.key, kept, blob, 0).await, Err(BlobFault::Tampered), "{how}");
    }
    fs::write(&file, &good).unwrap();
    assert!(read(&case, &case.key, kept, blob, 0).await.unwrap() == bytes);
    case.fresh.gone().await;
}

#[tokio::test]
async fn another_object_under_its_name_is_seen_even_with_the_right_key() {
    let case = case(None).await;
    let blob = Uuid::from_u128(1);
    let (kept, other) = (put(&case, blob, b"yes").await, put(&case, blob, b"no").await);
    assert_ne!(kept.object, other.object);
    fs::copy(file_of(case.folder.path(), other.object), file_of(case.folder.path(), kept.object)).unwrap();
    assert_eq!(read(&case, &case.key, kept, blob, 0).await, Err(BlobFault::Tampered));
    case.fresh.gone().await;
}

#[tokio::test]
async fn nothing_of_a_document_can_be_seen_in_the_folder() {
    const CANARY: &[u8] = b"Mrs O'Brien, 12 High Street";
    let case = case(None).await;
    let bytes = CANARY.repeat(10_000);
    let object = put(&case, Uuid::from_u128(1), &bytes).await.object;
    let kept = fs::read(file_of(case.folder.path(), object)).unwrap();
    assert!(!kept.windows(8).any(|window| window == &CANARY[..8]));
    case.fresh.gone().await;
}

#[tokio::test]
async fn a_url_must_name_a_folder_or_a_bucket() {
    for url in ["", "blobs", "http://example.org/", "s3://bucket?endpiont=x"] {
        assert!(matches!(Blobs::open(url), Err(BlobFault::Refused(_))), "{url}");
    }
}

#[tokio::test]
async fn names_are_kept_as_bytes() {
    let case = case(None).await;
    let object = put(&case, Uuid::from_u128(1), b"words").await.object;
    assert_eq!(ObjectName::from_bytes(&object.bytes()), Some(object));
    assert_eq!(ObjectName::from_bytes(&object.bytes()[1..]), None);
    case.fresh.gone().await;
}

fn file_of(folder: &Path, object: ObjectName) -> std::path::PathBuf {
    let name = object.to_string();
    folder.join("blobs/objects").join(&name[..2]).join(&name[2..])
}
