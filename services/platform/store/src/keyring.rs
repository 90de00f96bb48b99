//! The keyring: one data key a case, in a database of its own, wrapped by a master key that is kept elsewhere.
//!
//! Destroying a key destroys what it sealed, in every copy and backup of every other database and store. So this
//! database has backups of its own, short-lived ones, and after a destruction it is rewritten so that the key is not
//! in its file either; where that cannot be proven, the key does not count as destroyed. On PostgreSQL the server's log
//! of writes must be short-lived too; a SQLite file is the simpler home.

mod cache;
mod mac;
mod master;

use std::{
    collections::{HashMap, HashSet},
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use redress_kernel::Ids;
use uuid::Uuid;

pub use mac::Mac;
pub use master::MasterKey;

use crate::{
    Batch, Cause, Db, DbError, List, Migration, Table, Tx,
    seal::{DataKey, KeyId},
    secret::Secret,
    value::{Parameter as _, Value},
};
use cache::Cache;

/// The schema of the keyring's database.
pub const MIGRATIONS: List = List {
    name: "keyring",
    migrations: &[
        Migration { version: 1, name: "data_keys", sql: include_str!("keyring/keyring.sql") },
        Migration { version: 2, name: "rewritten", sql: include_str!("keyring/rewritten.sql") },
    ],
};

/// Every statement, for the test that has both databases check them.
pub const STATEMENTS: &[&str] = &[SELECT, SELECT_FOREIGN, DESTROY, REWRAP];

/// Every table that is inserted into, for the same test.
pub const TABLES: &[&Table] = &[&INSERT];

const INSERT: Table = Table::insert_new("data_keys", &["key_id", "master", "wrapped"]);

const SELECT: &str = "SELECT key_id, master, wrapped FROM data_keys WHERE key_id IN ({keys})";

const SELECT_FOREIGN: &str = "SELECT key_id, master, wrapped FROM data_keys WHERE master <> $1 LIMIT 256";

const DESTROY: &str =
    "UPDATE data_keys SET master = NULL, wrapped = NULL WHERE wrapped IS NOT NULL AND key_id IN ({keys})";

const REWRAP: &str = "WITH rewrapped (key_id, wrapped) AS (VALUES {rows UUID, BYTEA}) \
                      UPDATE data_keys SET master = $1, wrapped = rewrapped.wrapped FROM rewrapped \
                      WHERE data_keys.key_id = rewrapped.key_id AND data_keys.wrapped IS NOT NULL";

/// Keys made at a time: one commit pays for so many cases.
const BATCH: usize = 256;

/// With fewer than this left, more are made in the background.
const LOW: usize = 64;

/// The key that seals nothing and from which the keys of [`Mac`]s are derived; never destroyed.
const ROOT: KeyId = KeyId::new(Uuid::nil());

/// Why the keyring did not give or destroy a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyringFault {
    /// Its database failed.
    #[error("the keyring's database failed")]
    Db(#[from] DbError),
    /// There never was such a key.
    #[error("there is no key {0}")]
    Unknown(KeyId),
    /// The key is destroyed, and with it what it sealed.
    #[error("key {0} is destroyed")]
    Destroyed(KeyId),
    /// The key is wrapped by a master key that was not given, or its row was tampered with.
    #[error("key {0} does not open under any master key at hand")]
    Locked(KeyId),
    /// The system has no randomness to give, or the cipher failed.
    #[error("no key could be made")]
    Unmade,
}

/// How long a keyring may take to say that it is there.
const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

/// Hands out, opens and destroys data keys. Clones share everything.
#[derive(Clone)]
pub struct Keyring {
    shared: Arc<Shared>,
}

struct Shared {
    db: Db,
    master: MasterKey,
    older: Vec<MasterKey>,
    ids: Arc<dyn Ids>,
    root: DataKey,
    /// Keys that are on disk and belong to nobody yet. Those that are left over when the process ends stay unused.
    ready: Mutex<Vec<DataKey>>,
    filling: Arc<tokio::sync::Mutex<()>>,
    cache: Mutex<Cache>,
}

impl Keyring {
    /// Opens the keyring in `db`, whose migrations have been applied. `older` are master keys that still wrap keys
    /// from before a rotation.
    pub async fn open(
        db: Db,
        master: MasterKey,
        older: Vec<MasterKey>,
        ids: Arc<dyn Ids>,
    ) -> Result<Self, KeyringFault> {
        let fresh = DataKey::new(ROOT, Secret::random().map_err(|_| KeyringFault::Unmade)?);
        let mut tx = db.write().await?;
        // Left alone if there is one already.
        insert(&mut tx, &master, std::slice::from_ref(&fresh)).await?;
        tx.commit().await?;
        let masters = || std::iter::once(&master).chain(&older);
        let mut tx = db.read().await?;
        let row = select(&mut tx, &[ROOT]).await?.pop().ok_or(KeyringFault::Unknown(ROOT))?;
        drop(tx);
        let root = row.unwrap(masters())?;
        let (ready, filling, cache) = Default::default();
        Ok(Self { shared: Arc::new(Shared { db, master, older, ids, root, ready, filling, cache }) })
    }

    /// Hands out a fresh key, which is on disk already. Most times this touches no disk; sometimes it waits for the
    /// keyring's own commit, so take the key before a transaction elsewhere begins.
    pub async fn take(&self) -> Result<DataKey, KeyringFault> {
        loop {
            let (taken, left) = {
                let mut ready = lock(&self.shared.ready);
                (ready.pop(), ready.len())
            };
            if left < LOW && taken.is_some() {
                self.fill_in_background();
            }
            if let Some(key) = taken {
                return Ok(key);
            }
            let _alone = self.shared.filling.lock().await;
            if lock(&self.shared.ready).is_empty() {
                self.shared.fill().await?;
            }
        }
    }

    fn fill_in_background(&self) {
        let Ok(alone) = Arc::clone(&self.shared.filling).try_lock_owned() else { return };
        let shared = Arc::clone(&self.shared);
        #[expect(
            clippy::disallowed_methods,
            reason = "may be cut short at any time: what it makes is not used yet"
        )]
        tokio::spawn(async move {
            if let Err(error) = shared.fill().await {
                // Whoever finds no key left will try again and be told.
                tracing::warn!(%error, "no data keys could be made ahead");
            }
            drop(alone);
        });
    }

    /// Opens a key.
    pub async fn open_key(&self, id: KeyId) -> Result<DataKey, KeyringFault> {
        let mut found = self.open_keys(&[id]).await?;
        found.remove(&id).unwrap_or(Err(KeyringFault::Unknown(id)))
    }

    /// Opens many keys at once. Each that cannot be opened says why.
    pub async fn open_keys(
        &self,
        ids: &[KeyId],
    ) -> Result<HashMap<KeyId, Result<DataKey, KeyringFault>>, KeyringFault> {
        let mut found = HashMap::with_capacity(ids.len());
        let mut missing = Vec::new();
        let age = {
            let mut cache = lock(&self.shared.cache);
            for id in ids {
                match cache.get(*id) {
                    Some(key) => drop(found.insert(*id, Ok(key))),
                    None => missing.push(*id),
                }
            }
            cache.age()
        };
        if missing.is_empty() {
            return Ok(found);
        }
        let mut tx = self.shared.db.read().await?;
        let rows = select(&mut tx, &missing).await?;
        drop(tx);
        found.extend(missing.iter().map(|id| (*id, Err(KeyringFault::Unknown(*id)))));
        let mut cache = lock(&self.shared.cache);
        for row in rows {
            let opened = row.unwrap(self.shared.masters());
            if let Ok(key) = &opened {
                cache.put(key.clone(), age);
            }
            found.insert(row.id, opened);
        }
        Ok(found)
    }

    /// How many of these keys there never were: what they sealed can be read by nobody. A destroyed key is known to be
    /// destroyed, and is not among them.
    pub async fn missing(&self, ids: &[KeyId]) -> Result<usize, KeyringFault> {
        let mut tx = self.shared.db.read().await?;
        let known = select(&mut tx, ids).await?;
        let known: HashSet<KeyId> = known.into_iter().map(|row| row.id).collect();
        let wanted: HashSet<KeyId> = ids.iter().copied().collect();
        Ok(wanted.difference(&known).count())
    }

    /// Destroys keys for good. On return they are in no file of the keyring. Repeating it changes nothing, and
    /// finishes what an earlier attempt may have left.
    ///
    /// # Errors
    /// [`DbError::Conflict`] when the keys open nothing any more, and still lie in a file because someone reads the keyring as
    /// it was before.
    pub async fn destroy(&self, ids: &[KeyId]) -> Result<(), KeyringFault> {
        if let Some(root) = ids.iter().find(|id| **id == ROOT) {
            return Err(KeyringFault::Unknown(*root));
        }
        let shared = &self.shared;
        let mut tx = shared.db.write().await?;
        let known = select(&mut tx, ids).await?;
        if let Some(unknown) = ids.iter().find(|id| known.iter().all(|row| row.id != **id)) {
            return Err(KeyringFault::Unknown(*unknown));
        }
        tx.query(DESTROY).keys(ids.iter().copied()).execute().await?;
        tx.commit().await?;
        lock(&shared.cache).forget(ids);
        lock(&shared.ready).retain(|key| !ids.contains(&key.id()));
        shared.db.scrub("data_keys").await?;
        Ok(())
    }

    /// Whether keys could be destroyed now: the keyring's database takes a transaction that would write. Nothing is written.
    ///
    /// # Errors
    /// That of the database, and [`DbError::Timeout`] where it takes longer than two seconds: whoever asks has a deadline, and others
    /// may ask as well. What was begun and is not waited for ends by itself.
    pub async fn is_within_reach(&self) -> Result<(), KeyringFault> {
        let begun = tokio::time::timeout(ANSWERS_WITHIN, self.shared.db.write()).await;
        drop(begun.map_err(|_| DbError::Timeout(Cause::new("keyring", "does not answer")))??);
        Ok(())
    }

    /// Destroys those of these keys that there are, as [`Keyring::destroy`] does. After a restore a key that was made since the
    /// copy is not there, and so is destroyed already.
    pub async fn destroy_known(&self, ids: &[KeyId]) -> Result<(), KeyringFault> {
        let mut tx = self.shared.db.read().await?;
        let known: Vec<KeyId> = select(&mut tx, ids).await?.into_iter().map(|row| row.id).collect();
        drop(tx);
        if known.is_empty() { Ok(()) } else { self.destroy(&known).await }
    }

    /// Wraps every key anew that an older master key wraps, and returns how many there were. When it returns, the
    /// older keys are needed no more.
    pub async fn rewrap(&self) -> Result<usize, KeyringFault> {
        let shared = &self.shared;
        let mut rewrapped = 0;
        loop {
            let mut tx = shared.db.write().await?;
            let foreign =
                tx.query(SELECT_FOREIGN).bind(shared.master.fingerprint()).all(Wrapped::read).await?;
            if foreign.is_empty() {
                break;
            }
            let mut rows = Vec::with_capacity(foreign.len());
            for row in &foreign {
                rows.push(shared.rewrap(row)?);
            }
            tx.query(REWRAP).bind(shared.master.fingerprint()).rows(rows).execute().await?;
            tx.commit().await?;
            rewrapped += foreign.len();
        }
        shared.db.scrub("data_keys").await?;
        Ok(rewrapped)
    }

    /// A keyed fingerprint for one purpose, the same for as long as the keyring lives, whatever its master key.
    pub fn mac(&self, purpose: &'static str) -> Result<Mac, KeyringFault> {
        Mac::derive(self.shared.root.secret(), purpose).map_err(|_| KeyringFault::Unmade)
    }
}

impl Shared {
    fn masters(&self) -> impl Iterator<Item = &MasterKey> {
        std::iter::once(&self.master).chain(&self.older)
    }

    /// Makes a batch of keys, durably, and only then lets them be taken.
    async fn fill(&self) -> Result<(), KeyringFault> {
        let keys: Vec<DataKey> = (0..BATCH)
            .map(|_| Ok(DataKey::new(KeyId::fresh(self.ids.as_ref()), Secret::random()?)))
            .collect::<Result<_, crate::secret::SecretFault>>()
            .map_err(|_| KeyringFault::Unmade)?;
        let mut tx = self.db.write().await?;
        let made = insert(&mut tx, &self.master, &keys).await?;
        if made != keys.len() as u64 {
            return Err(DbError::refused("ids", "an id was drawn that is in use").into());
        }
        tx.commit().await?;
        lock(&self.ready).extend(keys);
        Ok(())
    }

    fn rewrap(&self, row: &Wrapped) -> Result<[Value; 2], KeyringFault> {
        let key = row.unwrap(self.masters())?;
        let wrapped = self.master.wrap(&key).map_err(|_| KeyringFault::Unmade)?;
        Ok([row.id.value(), wrapped.value()])
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring(..)")
    }
}

/// A key as it is kept.
struct Wrapped {
    id: KeyId,
    master: Option<Vec<u8>>,
    bytes: Option<Vec<u8>>,
}

impl Wrapped {
    fn read(row: &crate::Row<'_>) -> Result<Self, DbError> {
        Ok(Self { id: row.get("key_id")?, master: row.get("master")?, bytes: row.get("wrapped")? })
    }

    fn unwrap<'m>(&self, mut masters: impl Iterator<Item = &'m MasterKey>) -> Result<DataKey, KeyringFault> {
        let (Some(by), Some(wrapped)) = (&self.master, &self.bytes) else {
            return Err(KeyringFault::Destroyed(self.id));
        };
        let master =
            masters.find(|master| master.fingerprint() == by).ok_or(KeyringFault::Locked(self.id))?;
        master.unwrap(self.id, wrapped).map_err(|_| KeyringFault::Locked(self.id))
    }
}

async fn select(tx: &mut Tx, ids: &[KeyId]) -> Result<Vec<Wrapped>, DbError> {
    tx.query(SELECT).keys(ids.iter().copied()).all(Wrapped::read).await
}

async fn insert(tx: &mut Tx, master: &MasterKey, keys: &[DataKey]) -> Result<u64, KeyringFault> {
    let mut batch = Batch::new(&INSERT);
    for key in keys {
        let wrapped = master.wrap(key).map_err(|_| KeyringFault::Unmade)?;
        batch.push([key.id().value(), master.fingerprint().value(), wrapped.value()]);
    }
    Ok(tx.flush(batch).await?)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
