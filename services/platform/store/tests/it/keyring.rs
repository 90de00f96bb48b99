//! The keyring: keys are on disk before they are handed out, and gone for good once destroyed.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use redress_kernel::Ids;
use redress_store::{
    Context, Db, DbError, KeyId, Keyring, KeyringFault, MasterKey, Secret, Settings,
    keyring::{MIGRATIONS, STATEMENTS, TABLES},
};
use uuid::Uuid;

use crate::fixture::{Fresh, name};

const PLACE: Context = Context::new("complaints", "sealed", Uuid::from_u128(1));

/// Ids that count, from a different start in each keyring.
struct Counting(AtomicU64);

static STARTS: AtomicU64 = AtomicU64::new(1);

impl Ids for Counting {
    fn next(&self) -> Uuid {
        Uuid::from_u128(self.0.fetch_add(1, Ordering::Relaxed).into())
    }
}

fn master(number: u8) -> MasterKey {
    MasterKey::new(Secret::new([number; 32])).unwrap()
}

pub(crate) async fn try_open(db: &Db, current: u8, older: &[u8]) -> Result<Keyring, KeyringFault> {
    db.migrate(&[MIGRATIONS]).await.unwrap();
    let ids = Counting(AtomicU64::new(STARTS.fetch_add(1, Ordering::Relaxed) << 32));
    Keyring::open(db.clone(), master(current), older.iter().copied().map(master).collect(), Arc::new(ids))
        .await
}

pub(crate) async fn open(db: &Db, current: u8, older: &[u8]) -> Keyring {
    try_open(db, current, older).await.unwrap()
}

async fn on_both(test: impl AsyncFn(&Fresh)) {
    let mut fresh = vec![Fresh::sqlite().await];
    fresh.extend(Fresh::postgres().await);
    for one in fresh {
        test(&one).await;
        one.gone().await;
    }
}

#[tokio::test]
async fn every_statement_is_understood() {
    on_both(async |fresh| {
        open(&fresh.db, 1, &[]).await;
        for sql in STATEMENTS {
            fresh.db.prepare(sql).await.unwrap();
        }
        for table in TABLES {
            fresh.db.prepare_table(table).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn a_key_opens_again_in_another_process() {
    on_both(async |fresh| {
        let keyring = open(&fresh.db, 1, &[]).await;
        let mut sealed = Vec::new();
        // More than one batch of them.
        for _ in 0..600 {
            let key = keyring.take().await.unwrap();
            sealed.push((key.id(), key.seal(&PLACE, b"words").unwrap()));
        }
        let another = open(&fresh.db, 1, &[]).await;
        let ids: Vec<_> = sealed.iter().map(|(id, _)| *id).collect();
        let mut keys = another.open_keys(&ids).await.unwrap();
        assert_eq!(keys.len(), 600, "each key is handed out once, on {}", name(&fresh.db));
        for (id, sealed) in sealed {
            let key = keys.remove(&id).unwrap().unwrap();
            assert_eq!(key.unseal(&PLACE, &sealed).unwrap(), b"words");
        }
    })
    .await;
}

#[tokio::test]
async fn keys_are_taken_by_many_at_once_and_never_twice() {
    on_both(async |fresh| {
        let keyring = open(&fresh.db, 1, &[]).await;
        let takers: Vec<_> = (0..16)
            .map(|_| {
                let keyring = keyring.clone();
                tokio::spawn(async move {
                    let mut ids = Vec::new();
                    for _ in 0..50 {
                        ids.push(keyring.take().await.unwrap().id());
                    }
                    ids
                })
            })
            .collect();
        let mut ids = Vec::new();
        for taker in takers {
            ids.extend(taker.await.unwrap());
        }
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 800, "{}", name(&fresh.db));
    })
    .await;
}

#[tokio::test]
async fn a_destroyed_key_opens_nothing_and_stays_destroyed() {
    on_both(async |fresh| {
        let keyring = open(&fresh.db, 1, &[]).await;
        let (gone, kept) = (keyring.take().await.unwrap(), keyring.take().await.unwrap());
        keyring.open_keys(&[gone.id(), kept.id()]).await.unwrap();
        for _ in 0..2 {
            keyring.destroy(&[gone.id()]).await.unwrap();
            let refused = keyring.open_key(gone.id()).await;
            assert_eq!(refused.unwrap_err(), KeyringFault::Destroyed(gone.id()), "{}", name(&fresh.db));
        }
        let another = open(&fresh.db, 1, &[]).await;
        assert!(matches!(another.open_key(gone.id()).await, Err(KeyringFault::Destroyed(_))));
        assert!(another.open_key(kept.id()).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_key_that_never_was_is_not_taken_for_destroyed() {
    on_both(async |fresh| {
        let keyring = open(&fresh.db, 1, &[]).await;
        let kept = keyring.take().await.unwrap();
        let never = KeyId::new(Uuid::max());
        assert_eq!(keyring.open_key(never).await.unwrap_err(), KeyringFault::Unknown(never));
        let refused = keyring.destroy(&[kept.id(), never]).await;
        assert_eq!(refused, Err(KeyringFault::Unknown(never)));
        assert!(keyring.open_key(kept.id()).await.is_ok(), "all or none, on {}", name(&fresh.db));
        let root = KeyId::new(Uuid::nil());
        assert!(keyring.destroy(&[root]).await.is_err(), "the root is never destroyed");
    })
    .await;
}

#[tokio::test]
async fn a_key_destroyed_elsewhere_is_forgotten_within_a_minute() {
    let fresh = Fresh::sqlite().await;
    let (here, elsewhere) = (open(&fresh.db, 1, &[]).await, open(&fresh.db, 1, &[]).await);
    let id = here.take().await.unwrap().id();
    here.open_key(id).await.unwrap();
    elsewhere.destroy(&[id]).await.unwrap();
    tokio::time::pause();
    tokio::time::advance(std::time::Duration::from_secs(61)).await;
    tokio::time::resume();
    assert!(matches!(here.open_key(id).await, Err(KeyringFault::Destroyed(_))));
    fresh.gone().await;
}

#[tokio::test]
async fn a_destroyed_key_is_in_no_file() {
    // reliability 5.7.4: what is destroyed must not be found in the file or the log
    let fresh = Fresh::sqlite().await;
    let keyring = open(&fresh.db, 1, &[]).await;
    let (gone, kept) = (keyring.take().await.unwrap().id(), keyring.take().await.unwrap().id());
    let (canary, control) = (wrapped(&fresh.db, gone).await, wrapped(&fresh.db, kept).await);
    let file = Path::new(fresh.url.strip_prefix("sqlite:").unwrap());
    assert!(files_hold(file.parent().unwrap(), &canary));
    keyring.destroy(&[gone]).await.unwrap();
    assert!(!files_hold(file.parent().unwrap(), &canary));
    assert!(files_hold(file.parent().unwrap(), &control), "the others are still there");
    fresh.gone().await;
}

#[tokio::test]
async fn a_destroyed_key_is_not_in_postgresqls_table_either() {
    // reliability 5.7.4: a plain VACUUM leaves the bytes in the heap
    let Some(fresh) = Fresh::postgres().await else { return };
    let keyring = open(&fresh.db, 1, &[]).await;
    let (gone, kept) = (keyring.take().await.unwrap().id(), keyring.take().await.unwrap().id());
    let (canary, control) = (wrapped(&fresh.db, gone).await, wrapped(&fresh.db, kept).await);
    assert!(holds(&heap(&fresh.db).await, &canary));
    keyring.destroy(&[gone]).await.unwrap();
    assert!(!holds(&heap(&fresh.db).await, &canary));
    assert!(holds(&heap(&fresh.db).await, &control), "the others are still there");
    fresh.gone().await;
}

#[tokio::test]
async fn a_key_counts_as_destroyed_once_nobody_keeps_its_bytes() {
    // PostgreSQL carries a row over for as long as an older snapshot may see it, and says so only to who reads its warnings
    let Some(fresh) = Fresh::postgres().await else { return };
    let keyring = open(&fresh.db, 1, &[]).await;
    let gone = keyring.take().await.unwrap().id();
    let canary = wrapped(&fresh.db, gone).await;
    // For as long as it takes.
    let settings = Settings { idle: std::time::Duration::ZERO, ..Settings::default() };
    let elsewhere = Db::open(&fresh.url, settings).await.unwrap();
    let mut backup = elsewhere.read().await.unwrap();
    // Its first statement is when it begins to see.
    backup.query("SELECT 1").execute().await.unwrap();
    for _ in 0..2 {
        let refused = keyring.destroy(&[gone]).await;
        assert!(matches!(refused, Err(KeyringFault::Db(DbError::Conflict(_)))), "{refused:?}");
        assert!(matches!(keyring.open_key(gone).await, Err(KeyringFault::Destroyed(_))), "it opens nothing");
        assert!(holds(&heap(&fresh.db).await, &canary), "and is still there");
    }
    backup.rollback().await.unwrap();
    elsewhere.close().await;
    keyring.destroy(&[gone]).await.unwrap();
    assert!(!holds(&heap(&fresh.db).await, &canary));
    fresh.gone().await;
}

/// The file of the table, as it is on disk.
async fn heap(db: &Db) -> Vec<u8> {
    let mut tx = db.write().await.unwrap();
    tx.query("CHECKPOINT").execute().await.unwrap();
    let sql = "SELECT pg_read_binary_file(pg_relation_filepath('data_keys')) AS heap";
    tx.query(sql).one(|row| row.get("heap")).await.unwrap()
}

async fn wrapped(db: &Db, id: KeyId) -> Vec<u8> {
    let mut tx = db.read().await.unwrap();
    let sql = "SELECT wrapped FROM data_keys WHERE key_id = $1";
    tx.query(sql).bind(id).one(|row| row.get("wrapped")).await.unwrap()
}

fn files_hold(folder: &Path, canary: &[u8]) -> bool {
    std::fs::read_dir(folder)
        .unwrap()
        .any(|entry| holds(&std::fs::read(entry.unwrap().path()).unwrap(), canary))
}

fn holds(bytes: &[u8], canary: &[u8]) -> bool {
    bytes.windows(canary.len()).any(|window| window == canary)
}

#[tokio::test]
async fn another_master_key_opens_nothing() {
    on_both(async |fresh| {
        open(&fresh.db, 1, &[]).await;
        assert!(
            matches!(try_open(&fresh.db, 2, &[]).await, Err(KeyringFault::Locked(_))),
            "{}",
            name(&fresh.db)
        );
    })
    .await;
}

#[tokio::test]
async fn the_master_key_can_be_changed() {
    on_both(async |fresh| {
        let before = open(&fresh.db, 1, &[]).await;
        let (kept, gone) = (before.take().await.unwrap(), before.take().await.unwrap());
        let sealed = kept.seal(&PLACE, b"words").unwrap();
        let mac = before.mac("names").unwrap().of(b"O'Brien");
        before.destroy(&[gone.id()]).await.unwrap();

        let during = open(&fresh.db, 2, &[1]).await;
        // The root and the rest of the first batch; the destroyed key has nothing to wrap.
        assert_eq!(during.rewrap().await.unwrap(), 256, "{}", name(&fresh.db));
        assert_eq!(during.rewrap().await.unwrap(), 0);

        let after = open(&fresh.db, 2, &[]).await;
        let key = after.open_key(kept.id()).await.unwrap();
        assert_eq!(key.unseal(&PLACE, &sealed).unwrap(), b"words");
        assert!(matches!(after.open_key(gone.id()).await, Err(KeyringFault::Destroyed(_))));
        assert_eq!(after.mac("names").unwrap().of(b"O'Brien"), mac, "fingerprints outlive the master key");
        assert!(try_open(&fresh.db, 1, &[]).await.is_err(), "the old master key opens nothing any more");
    })
    .await;
}

#[tokio::test]
async fn keys_cannot_be_swapped_between_rows() {
    on_both(async |fresh| {
        let keyring = open(&fresh.db, 1, &[]).await;
        let (one, other) = (keyring.take().await.unwrap().id(), keyring.take().await.unwrap().id());
        let stolen = wrapped(&fresh.db, other).await;
        let mut tx = fresh.db.write().await.unwrap();
        let sql = "UPDATE data_keys SET wrapped = $1 WHERE key_id = $2";
        tx.query(sql).bind(stolen).bind(one).execute().await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(keyring.open_key(one).await.unwrap_err(), KeyringFault::Locked(one));
    })
    .await;
}

#[tokio::test]
async fn fingerprints_depend_on_purpose_and_value() {
    let fresh = Fresh::sqlite().await;
    let keyring = open(&fresh.db, 1, &[]).await;
    let names = keyring.mac("names").unwrap();
    assert_eq!(names.of(b"a"), keyring.mac("names").unwrap().of(b"a"));
    assert_ne!(names.of(b"a"), names.of(b"b"));
    assert_ne!(names.of(b"a"), keyring.mac("numbers").unwrap().of(b"a"));
    fresh.gone().await;
}

#[tokio::test]
async fn keys_that_never_were_are_told_apart_from_those_that_were_destroyed() {
    on_both(async |fresh| {
        let keyring = open(&fresh.db, 1, &[]).await;
        let (kept, destroyed) = (keyring.take().await.unwrap().id(), keyring.take().await.unwrap().id());
        keyring.destroy(&[destroyed]).await.unwrap();
        let never = KeyId::new(Uuid::from_u128(u128::MAX));
        assert_eq!(keyring.missing(&[kept, destroyed, never, never]).await.unwrap(), 1);
        assert_eq!(keyring.missing(&[]).await.unwrap(), 0);
    })
    .await;
}
