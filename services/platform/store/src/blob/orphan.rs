//! What a crash leaves behind: objects that no row names, and uploads that never ended.

use std::{collections::HashSet, path::Path as FilePath};

use futures::{StreamExt as _, TryStreamExt as _};
use jiff::Timestamp;
use object_store::{ObjectMeta, ObjectStoreExt as _, path::Path};

use super::{BlobFault, Blobs, INCOMING, OBJECTS, ObjectName};
use crate::Cause;

/// Objects asked about at a time.
const PAGE: usize = 500;

/// An object that no row names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Orphan {
    /// The object.
    pub object: ObjectName,
    /// Its length as stored.
    pub length: u64,
}

impl Blobs {
    /// Finds objects from before `before` that no row names. `known` is given a page of names at a time and says
    /// which of them a row names. An upload that is under way is younger than any sensible `before`.
    pub async fn orphans<E, F, K>(&self, before: Timestamp, known: K) -> Result<Vec<Orphan>, E>
    where
        E: From<BlobFault>,
        F: Future<Output = Result<HashSet<ObjectName>, E>> + Send,
        K: Fn(Vec<ObjectName>) -> F + Send,
    {
        let mut orphans = Vec::new();
        let mut pages = self.store.list(Some(&Path::from(OBJECTS))).try_chunks(PAGE);
        while let Some(page) = pages.next().await {
            let page = page.map_err(|cut| BlobFault::from(cut.1))?;
            let old: Vec<Orphan> =
                page.iter().filter(|found| is_before(found, before)).filter_map(orphan).collect();
            let names: Vec<ObjectName> = old.iter().map(|orphan| orphan.object).collect();
            if names.is_empty() {
                continue;
            }
            let kept = known(names).await?;
            orphans.extend(old.into_iter().filter(|orphan| !kept.contains(&orphan.object)));
        }
        Ok(orphans)
    }

    /// Removes uploads from before `before` that never ended, and returns how many there were. (On S3 those parts
    /// that were never put together are for the bucket's own life-cycle rule.)
    pub async fn sweep(&self, before: Timestamp) -> Result<usize, BlobFault> {
        let mut swept = 0;
        let mut incoming = self.store.list(Some(&Path::from(INCOMING)));
        while let Some(found) = incoming.try_next().await? {
            if is_before(&found, before) {
                self.store.delete(&found.location).await?;
                swept += 1;
            }
        }
        if let Some(folder) = self.folder.clone() {
            let walked = tokio::task::spawn_blocking(move || sweep_drafts(&folder, before)).await;
            let walked = walked
                .map_err(|_| BlobFault::Unavailable(Cause::new("runtime", "the process is stopping")))?;
            swept += walked
                .map_err(|error| BlobFault::Unavailable(Cause::new("folder", error.kind().to_string())))?;
        }
        Ok(swept)
    }
}

fn orphan(found: &ObjectMeta) -> Option<Orphan> {
    ObjectName::parse(&found.location).map(|object| Orphan { object, length: found.size })
}

fn is_before(found: &ObjectMeta, before: Timestamp) -> bool {
    found.last_modified.timestamp_micros() < before.as_microsecond()
}

/// A file store writes to `name#1` before it gives the file its name; it does not list such files.
fn sweep_drafts(folder: &FilePath, before: Timestamp) -> std::io::Result<usize> {
    let mut swept = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            swept += sweep_drafts(&entry.path(), before)?;
        } else if entry.file_name().to_string_lossy().contains('#')
            && Timestamp::try_from(entry.metadata()?.modified()?).is_ok_and(|modified| modified < before)
        {
            std::fs::remove_file(entry.path())?;
            swept += 1;
        }
    }
    Ok(swept)
}
