//! Taking a backup while the service runs. The order matters: whatever the copy of the database names must be in what is copied
//! after it. What is missing there was erased meanwhile, and the ledger says so.

use std::{collections::BTreeSet, fs, path::Path, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use redress_journal::{Log, checkpoint::Signer};
use redress_kernel::hexadecimal;
use redress_ledger::Ledger;
use redress_store::{
    Blobs, Db,
    blob::{BlobFault, ObjectName},
};
use uuid::Uuid;

use crate::{
    Fault, Place,
    check::OBJECTS,
    digest,
    manifest::{Item, Manifest, Step, durable},
    place::DATABASE,
    taken,
};

/// What a backup is taken of.
pub struct Take {
    /// An id for the backup.
    pub id: Uuid,
    /// The service.
    pub service: &'static str,
    /// Its database.
    pub database: Db,
    /// The database of its keys.
    pub keys: Db,
    /// Its documents.
    pub blobs: Blobs,
    /// Its journal.
    pub log: Log,
    /// Signs for it.
    pub signer: Arc<Signer>,
    /// What was erased of it.
    pub ledger: Ledger,
    /// How long the backup is kept.
    pub keep: Duration,
}

/// A backup that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its name in its place.
    pub name: String,
    /// What it holds.
    pub manifest: Manifest,
}

impl Take {
    /// Takes it, and deletes those whose time has passed. `now` is asked for the time at the beginning and at the end.
    pub async fn run(self, place: &Place, now: impl Fn() -> Timestamp) -> Result<Taken, Fault> {
        let _alone = place.alone()?;
        let begun_at = now();
        let name = Place::name(self.id, begun_at);
        let (folder, keys_folder) = (place.backup(&name), place.keys_of(&name));
        // Known before the first byte is copied: from here on, what is erased may lie in this copy.
        let mut tx = self.database.write().await?;
        taken::begin(&mut tx, self.id, begun_at).await?;
        tx.commit().await?;
        let ledger = self.ledger.head()?;
        let head = self.log.head().await?;

        let database = folder.join(DATABASE);
        for made in [&database, &keys_folder] {
            fs::create_dir_all(made).map_err(Fault::io(made))?;
        }
        let mut files = Vec::new();
        for file in self.database.copy_into(&database).await? {
            files.push(item(&folder, &format!("{DATABASE}/{file}"))?);
        }
        let mut keys = Vec::new();
        for file in self.keys.copy_into(&keys_folder).await? {
            keys.push(item(&keys_folder, &file)?);
        }
        let (objects, object_bytes) = self.documents(&place.blobs()?).await?;
        let mut list = String::new();
        for name in &objects {
            list.push_str(&name.to_string());
            list.push('\n');
        }
        let listed = folder.join(OBJECTS);
        durable(&listed, list.as_bytes()).map_err(Fault::io(&listed))?;
        files.push(item(&folder, OBJECTS)?);

        let finished_at = now();
        let keep = SignedDuration::try_from(self.keep).unwrap_or(SignedDuration::MAX);
        let manifest = Manifest {
            id: self.id,
            service: self.service.to_owned(),
            origin: self.signer.verifier().name().to_owned(),
            epoch: self.log.epoch(),
            begun_at,
            finished_at,
            keep_until: begun_at.checked_add(keep).unwrap_or(Timestamp::MAX),
            engine: self.database.engine().name().to_owned(),
            schema: schema(&self.database).await?,
            keys_schema: schema(&self.keys).await?,
            log_size: head.as_ref().map_or(0, |head| head.size),
            log_root: head.map(|head| head.root),
            ledger_number: ledger.number,
            ledger_hash: ledger.hash,
            files,
            keys,
            objects: objects.len() as u64,
            object_bytes,
        };
        let digest = manifest.write(&folder, &self.signer)?;
        let mut tx = self.database.write().await?;
        taken::finish(&mut tx, self.id, finished_at, digest.as_bytes()).await?;
        tx.commit().await?;
        crate::prune::prune(place, self.signer.verifier(), finished_at).await?;
        Ok(Taken { name, manifest })
    }

    /// Copies the documents that no earlier backup has, and names all of them.
    async fn documents(&self, to: &Blobs) -> Result<(Vec<ObjectName>, u64), Fault> {
        let there: BTreeSet<ObjectName> = to.names().await?.into_iter().collect();
        let (mut names, mut bytes) = (Vec::new(), 0);
        for name in self.blobs.names().await? {
            let copied = if there.contains(&name) {
                to.length(name).await
            } else {
                self.blobs.copy_to(name, to, Uuid::from_bytes(first_half(name))).await
            };
            match copied {
                Ok(length) => {
                    names.push(name);
                    bytes += length;
                }
                // Erased while the backup was taken.
                Err(BlobFault::Missing) => {}
                Err(source) => return Err(Fault::Document { name: name.to_string(), source }),
            }
        }
        Ok((names, bytes))
    }
}

/// A name for an object on its way: no two objects that are copied have the same.
pub(crate) fn first_half(name: ObjectName) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&name.bytes()[..16]);
    half
}

fn item(folder: &Path, path: &str) -> Result<Item, Fault> {
    let file = folder.join(path);
    let (bytes, sha256) = digest::of_file(&file).map_err(Fault::io(&file))?;
    Ok(Item { path: path.to_owned(), bytes, sha256 })
}

async fn schema(db: &Db) -> Result<Vec<Step>, Fault> {
    let step = |applied: redress_store::migration::Applied| Step {
        list: applied.list,
        version: applied.version,
        checksum: hexadecimal(&applied.checksum),
    };
    Ok(db.applied().await?.into_iter().map(step).collect())
}
