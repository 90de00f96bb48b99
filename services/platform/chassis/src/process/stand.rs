//! What one service stands on: its database, its keyring and its journal, opened and checked.

use std::{fmt, io, path::Path, sync::Arc};

use redress_journal::{
    Hint, Log,
    checkpoint::{LastCheckpoint, Signer},
    sequencer::{self, Sequencer},
};
use redress_ledger::Ledger;
use redress_store::{
    Db, DbError,
    blob::{BlobFault, Blobs},
    db::{self, Engine, Severity},
    keyring::{self, Keyring, KeyringFault, MasterKey},
    migration::{List, Pending},
    room,
    secret::{Secret, SecretFault},
};

use super::{
    Settled, Surroundings,
    restored::{self, Judged},
};
use crate::{
    config::{Config, Secret as Password, complete, expand},
    page::Pages,
    service::Member,
};

/// One service's foundations.
pub(crate) struct Stand {
    pub(crate) database: Db,
    pub(crate) keys: Db,
    pub(crate) keyring: Keyring,
    pub(crate) blobs: Blobs,
    pub(crate) hint: Hint,
    pub(crate) log: Log,
    pub(crate) signer: Arc<Signer>,
    pub(crate) ledger: Ledger,
    pub(crate) judged: Judged,
    pub(crate) sequencer: Sequencer,
    pub(crate) pages: Pages,
    pub(crate) digest_key: [u8; 32],
}

/// Why a service cannot stand.
#[derive(Debug, thiserror::Error)]
pub enum StandFailure {
    /// The data folder cannot be made.
    #[error("the data folder cannot be made")]
    Folder(#[source] io::Error),
    /// A database cannot be opened or migrated.
    #[error("the database of {service} cannot be opened")]
    Database {
        /// Whose.
        service: &'static str,
        /// Why.
        #[source]
        source: DbError,
    },
    /// The schema is older than the program, and this program does not change it by itself.
    #[error("the schema of {service} is behind ({pending}); run `redress migrate` first")]
    Behind {
        /// Whose.
        service: &'static str,
        /// The steps that are missing.
        pending: String,
    },
    /// The server could lose data, or gives the service more power than it needs.
    #[error("the database of {service} is not safe: {faults}")]
    Unsafe {
        /// Whose.
        service: &'static str,
        /// What is wrong.
        faults: String,
    },
    /// A key file cannot be used.
    #[error("a key of {service} cannot be read")]
    Key {
        /// Whose.
        service: &'static str,
        /// Why.
        #[source]
        source: SecretFault,
    },
    /// The keyring cannot be opened.
    #[error("the keyring of {service} cannot be opened")]
    Keyring {
        /// Whose.
        service: &'static str,
        /// Why.
        #[source]
        source: KeyringFault,
    },
    /// The store of documents cannot be opened.
    #[error("the document store of {service} cannot be opened")]
    Blobs {
        /// Whose.
        service: &'static str,
        /// Why.
        #[source]
        source: BlobFault,
    },
    /// The erasure ledger cannot be used.
    #[error("the erasure ledger of {service} cannot be used")]
    Ledger {
        /// Whose.
        service: &'static str,
        /// Why.
        #[source]
        source: redress_ledger::Fault,
    },
    /// The journal cannot be opened.
    #[error("the journal of {service} cannot be opened: {reason}")]
    Journal {
        /// Whose.
        service: &'static str,
        /// Why.
        reason: String,
    },
}

/// Opens the foundations of `member`. SQLite is migrated on the way; PostgreSQL is only checked, because the role that
/// runs a service must not be able to change its schema.
pub(crate) async fn stand(
    config: &Config,
    member: &Member,
    surroundings: &Surroundings,
) -> Result<Stand, StandFailure> {
    let service = member.name;
    let storage = &config.storage;
    std::fs::create_dir_all(storage.data.join(service)).map_err(StandFailure::Folder)?;
    let database = open(config, &storage.database, storage.database_password.as_ref(), service).await?;
    ensure(config, &database, service, &lists(member)).await?;
    let keys = open(config, &storage.keyring, storage.keyring_password.as_ref(), service).await?;
    ensure(config, &keys, service, KEYS).await?;
    let blobs = Blobs::open(&expand(&storage.blobs, service, &storage.data))
        .map_err(|source| StandFailure::Blobs { service, source })?;

    let bad_keyring = |source| StandFailure::Keyring { service, source };
    let master = master(config, service)?;
    let keyring = Keyring::open(keys.clone(), master, Vec::new(), surroundings.ids.clone())
        .await
        .map_err(bad_keyring)?;
    let page_key = derived(&keyring, "page tokens").map_err(bad_keyring)?;
    let digest_key = derived(&keyring, "request digests").map_err(bad_keyring)?;

    let signer = signer(config, service)?;
    let bad_journal =
        |reason: &dyn fmt::Display| StandFailure::Journal { service, reason: reason.to_string() };
    let ledger = ledger(config, service, &signer)?;
    let hint = Hint::new();
    let log = Log::open(database.clone(), signer.verifier().clone(), hint.clone(), surroundings.ids.as_ref())
        .await
        .map_err(|fault| bad_journal(&fault))?;
    let judged = restored::judge(service, &database, &ledger).await?;
    let sequencer = Sequencer::new(
        database.clone(),
        Arc::clone(&signer),
        last_checkpoint(config, service),
        surroundings.clock.clone(),
        hint.clone(),
        surroundings.ids.next(),
        sequencer::Settings::default(),
    );
    Ok(Stand {
        database,
        keys,
        keyring,
        blobs,
        hint,
        log,
        signer,
        ledger,
        judged,
        sequencer,
        pages: Pages::new(&page_key),
        digest_key,
    })
}

/// The key that wraps the keys of a service.
pub(super) fn master(config: &Config, service: &'static str) -> Result<MasterKey, StandFailure> {
    let storage = &config.storage;
    let secret = secret(storage.master_key.as_ref(), &storage.data.join("master.key"));
    let secret = secret.map_err(|source| StandFailure::Key { service, source })?;
    MasterKey::new(secret).map_err(|_| StandFailure::Keyring { service, source: KeyringFault::Unmade })
}

/// Signs for a service.
pub(super) fn signer(config: &Config, service: &'static str) -> Result<Arc<Signer>, StandFailure> {
    let folder = config.storage.data.as_path();
    let seed = secret(config.journal.signing_key.as_ref(), &folder.join(service).join("journal.key"));
    let seed = seed.map_err(|source| StandFailure::Key { service, source })?;
    let origin = expand(&config.journal.origin, service, folder);
    let signer = Signer::from_seed(&origin, seed.expose());
    signer.map(Arc::new).map_err(|fault| StandFailure::Journal { service, reason: fault.to_string() })
}

/// What was erased of a service.
pub(super) fn ledger(
    config: &Config,
    service: &'static str,
    signer: &Arc<Signer>,
) -> Result<Ledger, StandFailure> {
    let path = expand(&config.storage.ledger, service, &config.storage.data);
    Ledger::open(path, Arc::clone(signer)).map_err(|source| StandFailure::Ledger { service, source })
}

/// Where the last checkpoint of a service lies.
pub(super) fn last_checkpoint(config: &Config, service: &str) -> LastCheckpoint {
    LastCheckpoint::at(config.storage.data.join(service).join("checkpoint.note"))
}

/// Brings the schemas of every service up to date, on either database.
pub async fn migrate_all(settled: &Settled) -> Result<(), StandFailure> {
    for (member, _) in &settled.members {
        migrate(&settled.config, member).await?;
    }
    Ok(())
}

/// Brings the schemas of `member` up to date, on either database.
pub(crate) async fn migrate(config: &Config, member: &Member) -> Result<usize, StandFailure> {
    let service = member.name;
    let storage = &config.storage;
    let failed = |source| StandFailure::Database { service, source };
    std::fs::create_dir_all(config.storage.data.join(service)).map_err(StandFailure::Folder)?;
    let database = open(config, &storage.database, storage.database_password.as_ref(), service).await?;
    let steps = database.migrate(&lists(member)).await.map_err(failed)?;
    database.close().await;
    let keys = open(config, &storage.keyring, storage.keyring_password.as_ref(), service).await?;
    let more = keys.migrate(KEYS).await.map_err(failed)?;
    keys.close().await;
    Ok(steps + more)
}

/// The schema of the database of keys.
pub(super) const KEYS: &[List] = &[keyring::MIGRATIONS, room::MIGRATIONS];

/// The journal's tables come first: a service's may refer to them.
pub(super) fn lists(member: &Member) -> Vec<List> {
    let shared = [
        redress_journal::MIGRATIONS,
        room::MIGRATIONS,
        redress_ledger::MIGRATIONS,
        redress_backup::MIGRATIONS,
    ];
    shared.into_iter().chain(member.migrations.iter().copied()).collect()
}

pub(super) async fn open(
    config: &Config,
    url: &str,
    password: Option<&Password>,
    service: &'static str,
) -> Result<Db, StandFailure> {
    let url = complete(&expand(url, service, &config.storage.data), password);
    Db::open(&url, settings(config, service))
        .await
        .map_err(|source| StandFailure::Database { service, source })
}

/// How a service uses its databases.
pub(super) fn settings(config: &Config, service: &str) -> db::Settings {
    db::Settings {
        application: format!("redress-{service}"),
        connections: config.storage.database_connections,
        ..db::Settings::default()
    }
}

async fn ensure(
    config: &Config,
    database: &Db,
    service: &'static str,
    lists: &[List],
) -> Result<(), StandFailure> {
    let failed = |source| StandFailure::Database { service, source };
    match database.engine() {
        Engine::Sqlite => {
            database.migrate(lists).await.map_err(failed)?;
        }
        Engine::Postgres => {
            let pending = database.pending(lists).await.map_err(failed)?;
            if !pending.is_empty() {
                return Err(StandFailure::Behind {
                    service,
                    pending: joined(pending.iter().map(Pending::to_string)),
                });
            }
        }
    }
    let (grave, light): (Vec<_>, Vec<_>) =
        database.self_check().await.map_err(failed)?.into_iter().partition(|fault| {
            fault.severity == Severity::Grave
                && (fault.setting != "role" || !config.storage.database_any_role)
        });
    for fault in light {
        tracing::warn!(service, %fault, "the database could be set up better");
    }
    if grave.is_empty() {
        Ok(())
    } else {
        Err(StandFailure::Unsafe { service, faults: joined(grave.iter().map(ToString::to_string)) })
    }
}

fn joined(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("; ")
}

/// The secret of the settings, or the one in a file of the data folder, which is made when it is not there.
fn secret(set: Option<&Secret>, path: &Path) -> Result<Secret, SecretFault> {
    set.map_or_else(|| Secret::load_or_create(path), |secret| Ok(secret.clone()))
}

/// A key for one purpose that outlives a change of the master key.
fn derived(keyring: &Keyring, purpose: &'static str) -> Result<[u8; 32], KeyringFault> {
    let bytes = keyring.mac(purpose)?.of(b"key");
    bytes.as_slice().try_into().map_err(|_| KeyringFault::Unmade)
}
