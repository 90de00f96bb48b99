//! Putting a backup back. What was erased since goes again: keys and documents here, rows by the service itself before it answers
//! anything. The database comes last and with its mark, so that there is never one that could be served unmarked.

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use jiff::Timestamp;
use redress_journal::{checkpoint::LastCheckpoint, log};
use redress_kernel::{Id, Ids, hexadecimal};
use redress_ledger::{Head, Ledger};
use redress_store::{
    Blobs, Db, Keyring, List, MasterKey, Settings,
    blob::ObjectName,
    copy,
    migration::{Applied, checksum},
};
use uuid::Uuid;

use crate::{
    Fault, Manifest, Place, check,
    manifest::Step,
    place::DATABASE,
    restored::{self, Restore},
    take::first_half,
};

/// Where a backup is put back.
pub struct PutBack {
    /// The service.
    pub service: &'static str,
    /// URL of its database, with the password.
    pub database: String,
    /// The schema that this program has for it.
    pub lists: Vec<List>,
    /// URL of the database of its keys, with the password.
    pub keys: String,
    /// The schema that this program has for that.
    pub keys_lists: Vec<List>,
    /// How to use both.
    pub settings: Settings,
    /// The key that wraps the keys.
    pub master: MasterKey,
    /// Its documents.
    pub blobs: Blobs,
    /// What was erased of it.
    pub ledger: Ledger,
    /// The last checkpoint that was published.
    pub checkpoint: LastCheckpoint,
    /// Draws ids.
    pub ids: Arc<dyn Ids>,
}

/// What was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The backup.
    pub manifest: Manifest,
    /// Which life of the database this is now.
    pub epoch: Uuid,
    /// Entries of the journal that are there again.
    pub log_size: i64,
    /// Entries that were published before everything was lost; 0 where nobody knows.
    pub published_size: i64,
    /// How many erasures the ledger has had since.
    pub erased_since: u64,
}

impl PutBack {
    /// Puts the backup of this name back.
    pub async fn run(self, place: &Place, name: &str, now: Timestamp) -> Result<Restored, Fault> {
        let (folder, keys_folder) = (place.backup(name), place.keys_of(name));
        let manifest = check(&folder, &keys_folder, self.ledger.key())?;
        let (lists, keys_lists) = self.judge(&manifest, now)?;
        let erased = self.ledger.after(0)?;
        let known = Head { number: manifest.ledger_number, hash: manifest.ledger_hash };
        if known != Head::empty() && !erased.iter().any(|entry| entry.head == known) {
            let path = self.ledger.path().display().to_string();
            return Err(Fault::LedgerLost { path, number: known.number });
        }

        let gone: BTreeSet<String> =
            erased.iter().flat_map(|entry| entry.erasure.objects.iter().cloned()).collect();
        self.documents(place, &folder, &gone).await?;

        let schema = applied(&manifest.keys_schema);
        copy::put_back(&keys_folder, &self.keys, self.settings.clone(), &keys_lists, &schema, async |_| {
            Ok(())
        })
        .await?;
        let keys = Db::open(&self.keys, self.settings.clone()).await?;
        let keyring = Keyring::open(keys.clone(), self.master.clone(), Vec::new(), self.ids.clone()).await?;
        let destroyed: Vec<_> =
            erased.iter().flat_map(|entry| &entry.erasure.keys).map(|key| Id::new(*key)).collect();
        keyring.destroy_known(&destroyed).await?;
        keys.close().await;

        let (id, epoch) = (self.ids.next(), self.ids.next());
        let mut restore = Restore {
            id,
            backup: manifest.id,
            at: now,
            taken_at: manifest.begun_at,
            epoch_before: manifest.epoch,
            log_size: 0,
            published_size: 0,
        };
        let schema = applied(&manifest.schema);
        let database = folder.join(DATABASE);
        let mark = async |tx: &mut redress_store::Tx| {
            let head = log::begin_life(tx, epoch).await?;
            restore.log_size = head.as_ref().map_or(0, |head| head.size);
            restore.published_size = restored::set_back(&self.checkpoint, head.as_ref(), id)?;
            restored::mark(tx, &restore).await
        };
        copy::put_back(&database, &self.database, self.settings.clone(), &lists, &schema, mark).await?;
        let erased_since = erased.last().map_or(0, |last| last.head.number - known.number);
        Ok(Restored {
            epoch,
            log_size: restore.log_size,
            published_size: restore.published_size,
            erased_since,
            manifest,
        })
    }

    /// Whether the backup may be put back here; and the schemas it has, as steps of this program.
    fn judge(&self, manifest: &Manifest, now: Timestamp) -> Result<(Vec<List>, Vec<List>), Fault> {
        let (found, wanted) = (manifest.origin.clone(), self.ledger.key().name().to_owned());
        if found != wanted || manifest.service != self.service {
            return Err(Fault::Foreign { found, wanted });
        }
        if manifest.keep_until < now {
            return Err(Fault::Expired { keep_until: manifest.keep_until });
        }
        Ok((cut(&self.lists, &manifest.schema)?, cut(&self.keys_lists, &manifest.keys_schema)?))
    }

    async fn documents(
        &self,
        place: &Place,
        folder: &std::path::Path,
        gone: &BTreeSet<String>,
    ) -> Result<(), Fault> {
        let from = place.blobs()?;
        for name in check::names(folder)?.into_iter().filter(|name| !gone.contains(name)) {
            let unreadable = || Fault::from(check::CheckFault::Changed { path: PathBuf::from(&name) });
            let object: ObjectName = name.parse().map_err(|_| unreadable())?;
            if self.blobs.exists(object).await? {
                continue;
            }
            let copied = from.copy_to(object, &self.blobs, Uuid::from_bytes(first_half(object))).await;
            copied.map_err(|source| Fault::Document { name: name.clone(), source })?;
        }
        for name in gone {
            if let Ok(object) = name.parse::<ObjectName>() {
                self.blobs.delete(object).await?;
            }
        }
        Ok(())
    }
}

/// The steps of `lists` that `schema` has.
///
/// # Errors
/// Refuses a step that this program does not know, or knows otherwise.
fn cut(lists: &[List], schema: &[Step]) -> Result<Vec<List>, Fault> {
    for step in schema {
        let known = lists.iter().filter(|list| list.name == step.list).flat_map(|list| list.migrations);
        let same = |migration: &redress_store::Migration| {
            migration.version == step.version && hexadecimal(&checksum(migration)) == step.checksum
        };
        if !known.into_iter().any(same) {
            return Err(Fault::Schema { step: format!("{} {:04}", step.list, step.version) });
        }
    }
    let has = |list: &List| schema.iter().filter(|step| step.list == list.name).count();
    Ok(lists.iter().map(|list| List { name: list.name, migrations: &list.migrations[..has(list)] }).collect())
}

fn applied(schema: &[Step]) -> Vec<Applied> {
    let byte = |at: usize, text: &str| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    let one = |step: &Step| Applied {
        list: step.list.clone(),
        version: step.version,
        checksum: (0..step.checksum.len() / 2).filter_map(|at| byte(2 * at, &step.checksum)).collect(),
    };
    schema.iter().map(one).collect()
}
