//! Where documents lie, by URL.

use std::{path::Path, sync::Arc, time::Duration};

use object_store::{
    ClientOptions, ObjectStore, RetryConfig,
    aws::{AmazonS3Builder, S3ConditionalPut},
    local::LocalFileSystem,
    prefix::PrefixStore,
};

use super::{BlobFault, Blobs};
use crate::{
    Cause,
    disk::{Local, make_folders},
};

pub(super) fn open(url: &str) -> Result<Blobs, BlobFault> {
    match url.split_once(':') {
        Some(("file", path)) => local(Path::new(path.strip_prefix("//").unwrap_or(path))),
        Some(("s3", rest)) => bucket(rest),
        Some(_) | None => Err(refused("an object store's URL begins with file: or s3:")),
    }
}

fn local(path: &Path) -> Result<Blobs, BlobFault> {
    let unusable =
        |error: std::io::Error| BlobFault::Unavailable(Cause::new("folder", error.kind().to_string()));
    make_folders(&Local, path).map_err(unusable)?;
    // Files and their folders are synced before a write counts as done.
    let store = LocalFileSystem::new_with_prefix(path)?.with_fsync(true);
    let folder = path.canonicalize().map_err(unusable)?;
    Ok(Blobs { store: Arc::new(store), folder: Some(folder.into()) })
}

fn bucket(rest: &str) -> Result<Blobs, BlobFault> {
    let (place, query) =
        rest.trim_start_matches('/').split_once('?').unwrap_or((rest.trim_start_matches('/'), ""));
    let (name, prefix) = place.split_once('/').unwrap_or((place, ""));
    let retry =
        RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(10), ..RetryConfig::default() };
    let mut client = ClientOptions::new().with_timeout(Duration::from_secs(30));
    let mut builder = AmazonS3Builder::from_env()
        .with_bucket_name(name)
        .with_retry(retry)
        .with_conditional_put(S3ConditionalPut::ETagMatch);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("endpoint", endpoint)) => {
                // Without TLS only where someone wrote so: the content is encrypted, the credentials are signed.
                client = client.with_allow_http(endpoint.starts_with("http:"));
                builder = builder.with_endpoint(endpoint);
            }
            Some(("region", region)) => builder = builder.with_region(region),
            Some(_) | None => return Err(refused("an S3 URL takes endpoint and region only")),
        }
    }
    let store = builder.with_client_options(client).build()?;
    // What others keep in the same bucket is neither seen nor swept up.
    let store: Arc<dyn ObjectStore> = match prefix.trim_end_matches('/') {
        "" => Arc::new(store),
        prefix => Arc::new(PrefixStore::new(store, prefix)),
    };
    Ok(Blobs { store, folder: None })
}

fn refused(about: &str) -> BlobFault {
    BlobFault::Refused(Cause::new("url", about))
}
