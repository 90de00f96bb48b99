//! Backups of the services of a process, and putting them back: what `redress backup` and `redress restore` do.

use std::{path::Path, sync::Arc};

use redress_backup::{Fault, Place, PutBack, Take, put_back::Restored, restored::Restore, take::Taken};
use redress_journal::{Hint, Log};
use redress_ledger::Disagreement;
use redress_store::Blobs;

use super::{
    Settled, StandFailure, Surroundings,
    restored::mark,
    stand::{KEYS, last_checkpoint, ledger, lists, master, open, settings, signer},
};
use crate::{
    config::{Config, complete, expand},
    service::Member,
};

/// Why a service was not backed up, or not put back.
#[derive(Debug, thiserror::Error)]
pub enum CopyFailure {
    /// It cannot be opened.
    #[error(transparent)]
    Stand(#[from] StandFailure),
    /// The backup could not be taken, or not be put back.
    #[error("{service}")]
    Copy {
        /// Which service.
        service: &'static str,
        /// Why.
        #[source]
        source: Box<Fault>,
    },
    /// The database and the ledger cannot be compared.
    #[error("{service}")]
    Ledger {
        /// Which service.
        service: &'static str,
        /// Why.
        #[source]
        source: Disagreement,
    },
}

/// Backs up a service while it runs.
pub(super) async fn back_up(
    config: &Config,
    member: &Member,
    surroundings: &Surroundings,
    (to, keys_to): (&Path, &Path),
) -> Result<Taken, CopyFailure> {
    let service = member.name;
    let storage = &config.storage;
    let database = open(config, &storage.database, storage.database_password.as_ref(), service).await?;
    let failed = |source| StandFailure::Database { service, source };
    let pending = database.pending(&lists(member)).await.map_err(failed)?;
    if let Some(first) = pending.first() {
        return Err(StandFailure::Behind { service, pending: first.to_string() }.into());
    }
    let keys = open(config, &storage.keyring, storage.keyring_password.as_ref(), service).await?;
    let signer = signer(config, service)?;
    let log = Log::open(database.clone(), signer.verifier().clone(), Hint::new(), surroundings.ids.as_ref());
    let log = log.await.map_err(|fault| StandFailure::Journal { service, reason: fault.to_string() })?;
    let take = Take {
        id: surroundings.ids.next(),
        service,
        database: database.clone(),
        keys: keys.clone(),
        blobs: blobs(config, service)?,
        log,
        ledger: ledger(config, service, &signer)?,
        signer,
        keep: config.backup.keep,
    };
    let taken = take.run(&Place::of(service, to, keys_to), || surroundings.clock.now()).await;
    database.close().await;
    keys.close().await;
    taken.map_err(|source| CopyFailure::Copy { service, source: Box::new(source) })
}

/// Puts a backup of a service back: the newest, or the one of this name.
pub(super) async fn put_back(
    config: &Config,
    member: &Member,
    surroundings: &Surroundings,
    (from, keys_from): (&Path, &Path),
    name: Option<&str>,
) -> Result<Restored, CopyFailure> {
    let service = member.name;
    let failed = |source| CopyFailure::Copy { service, source: Box::new(source) };
    let storage = &config.storage;
    std::fs::create_dir_all(storage.data.join(service)).map_err(StandFailure::Folder)?;
    let url = |url: &str, password| complete(&expand(url, service, &storage.data), password);
    let put_back = PutBack {
        service,
        database: url(&storage.database, storage.database_password.as_ref()),
        lists: lists(member),
        keys: url(&storage.keyring, storage.keyring_password.as_ref()),
        keys_lists: KEYS.to_vec(),
        settings: settings(config, service),
        master: master(config, service)?,
        blobs: blobs(config, service)?,
        ledger: ledger(config, service, &signer(config, service)?)?,
        checkpoint: last_checkpoint(config, service),
        ids: Arc::clone(&surroundings.ids),
    };
    let place = Place::of(service, from, keys_from);
    let name = name.map_or_else(|| place.newest(), |name| Ok(name.to_owned())).map_err(failed)?;
    put_back.run(&place, &name, surroundings.clock.now()).await.map_err(failed)
}

/// Has a service whose database was put back by hand erase again what the ledger says, at its next start. Returns how many
/// erasures that is; `None` where nothing is missing.
pub(super) async fn replay(
    config: &Config,
    member: &Member,
    surroundings: &Surroundings,
) -> Result<Option<usize>, CopyFailure> {
    let service = member.name;
    let storage = &config.storage;
    let database = open(config, &storage.database, storage.database_password.as_ref(), service).await?;
    let signer = signer(config, service)?;
    let log = Log::open(database.clone(), signer.verifier().clone(), Hint::new(), surroundings.ids.as_ref());
    let log = log.await.map_err(|fault| StandFailure::Journal { service, reason: fault.to_string() })?;
    let now = surroundings.clock.now();
    let restore = Restore {
        id: surroundings.ids.next(),
        backup: surroundings.ids.next(),
        at: now,
        taken_at: now,
        epoch_before: log.epoch(),
        log_size: 0,
        published_size: 0,
    };
    let marked =
        mark(&database, &ledger(config, service, &signer)?, &last_checkpoint(config, service), restore).await;
    database.close().await;
    marked.map_err(|source| CopyFailure::Ledger { service, source })
}

fn blobs(config: &Config, service: &'static str) -> Result<Blobs, StandFailure> {
    let url = expand(&config.storage.blobs, service, &config.storage.data);
    Blobs::open(&url).map_err(|source| StandFailure::Blobs { service, source })
}

/// Backs up every service of a process.
pub async fn back_up_all(
    settled: &Settled,
    surroundings: &Surroundings,
    places: (&Path, &Path),
) -> Result<Vec<(&'static str, Taken)>, CopyFailure> {
    let mut all = Vec::new();
    for (member, _) in &settled.members {
        all.push((member.name, back_up(&settled.config, member, surroundings, places).await?));
    }
    Ok(all)
}

/// Puts the newest backup of every service of a process back, or the one of this name.
pub async fn put_back_all(
    settled: &Settled,
    surroundings: &Surroundings,
    places: (&Path, &Path),
    name: Option<&str>,
) -> Result<Vec<(&'static str, Restored)>, CopyFailure> {
    let mut all = Vec::new();
    for (member, _) in &settled.members {
        all.push((member.name, put_back(&settled.config, member, surroundings, places, name).await?));
    }
    Ok(all)
}

/// Has every service of a process whose database was put back by hand erase again what its ledger says.
pub async fn replay_all(
    settled: &Settled,
    surroundings: &Surroundings,
) -> Result<Vec<(&'static str, Option<usize>)>, CopyFailure> {
    let mut all = Vec::new();
    for (member, _) in &settled.members {
        all.push((member.name, replay(&settled.config, member, surroundings).await?));
    }
    Ok(all)
}
