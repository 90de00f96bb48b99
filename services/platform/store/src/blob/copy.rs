//! Objects copied from one store to another as they are: ciphertext, named by its digest, and checked against its name on the
//! way.

use aws_lc_rs::digest;
use futures::TryStreamExt as _;
use object_store::{ObjectStoreExt as _, PutPayload, WriteMultipart, path::Path};
use uuid::Uuid;

use super::{BlobFault, Blobs, INCOMING, OBJECTS, ObjectName, source::Source, writer::sum};

/// As much as is held before an object is sent in parts.
const PART: usize = 6 * 1024 * 1024;

/// Parts on their way at a time.
const PARTS: usize = 2;

impl Blobs {
    /// The names of all objects, in their order.
    pub async fn names(&self) -> Result<Vec<ObjectName>, BlobFault> {
        let found = self.store.list(Some(&Path::from(OBJECTS)));
        let mut names: Vec<ObjectName> =
            found.try_filter_map(async |meta| Ok(ObjectName::parse(&meta.location))).try_collect().await?;
        names.sort_unstable();
        Ok(names)
    }

    /// Length of an object as it is stored.
    pub async fn length(&self, object: ObjectName) -> Result<u64, BlobFault> {
        Ok(self.store.head(&object.path()).await?.size)
    }

    /// Copies an object into another store and returns its length. Nothing appears there under its name before all of it has
    /// come and is what the name says. `draft` names it on the way.
    pub async fn copy_to(&self, object: ObjectName, to: &Self, draft: Uuid) -> Result<u64, BlobFault> {
        let mut source = Source::of(self.store.get(&object.path()).await?)?;
        let (mut seen, mut held, mut length) = (digest::Context::new(&digest::SHA256), Vec::new(), 0);
        let incoming = Path::from_iter([INCOMING.to_owned(), draft.to_string()]);
        let mut upload: Option<WriteMultipart> = None;
        while let Some((rest, part)) = source.piece().await? {
            source = rest;
            seen.update(&part);
            length += part.len() as u64;
            held.extend_from_slice(&part);
            if held.len() >= PART {
                let mut sending = match upload.take() {
                    Some(sending) => sending,
                    None => {
                        WriteMultipart::new_with_chunk_size(to.store.put_multipart(&incoming).await?, PART)
                    }
                };
                sending.wait_for_capacity(PARTS).await?;
                sending.write(&held);
                held.clear();
                upload = Some(sending);
            }
        }
        let genuine = sum(seen) == object.bytes();
        match upload {
            Some(sending) if !genuine => sending.abort().await?,
            None if !genuine => {}
            Some(mut sending) => {
                sending.write(&held);
                sending.finish().await?;
                to.store.rename(&incoming, &object.path()).await?;
            }
            None => drop(to.store.put(&object.path(), PutPayload::from(held)).await?),
        }
        if genuine { Ok(length) } else { Err(BlobFault::Tampered) }
    }
}
