//! A file goes up: its digest first, so that the service can tell whether all of it arrived.

use std::{
    future::Future,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use futures::{Stream, stream};
use indicatif::ProgressBar;
use tokio::{fs::File, io::AsyncReadExt as _};
use tonic::{Response, Status};

use super::{hex, media, progress, sha256};
use crate::client::{Failure, Link, Stub, retry};

/// Bytes in a piece; the contract takes up to a mebibyte.
const PIECE: usize = 256 * 1024;

/// What goes up.
#[derive(Clone, Debug)]
pub struct Upload {
    /// The file.
    pub path: PathBuf,
    /// Makes it safe to repeat.
    pub request_id: String,
    /// Name under which it is kept.
    pub file_name: String,
    /// Its media type.
    pub media_type: String,
}

/// Where a file may go.
pub trait Destination: Sync + 'static {
    /// A message of the upload.
    type Message: Send + 'static;
    /// What is answered.
    type Kept;

    /// The first message: what is to come.
    fn describe(&self, upload: &Upload, size_bytes: i64, sha256: String) -> Self::Message;

    /// A piece of the file.
    fn chunk(offset: i64, data: Bytes) -> Self::Message;

    /// Sends them.
    fn take(
        stub: Stub,
        messages: impl Stream<Item = Self::Message> + Send + 'static,
    ) -> impl Future<Output = Result<Response<Self::Kept>, Status>>;
}

impl Upload {
    /// Of a file, under its own name and the media type of its ending, where nothing else is said.
    pub fn of(
        path: PathBuf,
        request_id: String,
        file_name: Option<String>,
        media_type: Option<String>,
    ) -> Self {
        let own = || path.file_name().map(|name| name.to_string_lossy().into_owned());
        let file_name = file_name.or_else(own).unwrap_or_default();
        let media_type = media_type.unwrap_or_else(|| media::of(&path).to_owned());
        Self { path, request_id, file_name, media_type }
    }
}

/// Sends a file. A way that breaks is tried again from the start under the same request id.
pub async fn send<D: Destination>(link: &Link, upload: &Upload, destination: &D) -> Result<D::Kept, Failure> {
    let (size_bytes, sha256) = measure(&upload.path).await?;
    let deadline = link.deadline();
    let mut attempt = 1;
    loop {
        let bar = progress::bar("sending", size_bytes);
        let file = File::open(&upload.path).await.map_err(Failure::file("read", &upload.path))?;
        let first = destination.describe(upload, size_bytes, sha256.clone());
        let answer = D::take(link.stub(), messages::<D>(first, file, bar.clone())).await;
        bar.finish_and_clear();
        let status = match answer {
            Ok(kept) => return Ok(kept.into_inner()),
            Err(status) => status,
        };
        match link.pause(attempt, &status, deadline) {
            Some(pause) => retry::wait(pause).await,
            None => return Err(link.failure(&status)),
        }
        attempt += 1;
    }
}

async fn measure(path: &Path) -> Result<(i64, String), Failure> {
    let mut file = File::open(path).await.map_err(Failure::file("read", path))?;
    let mut digest = sha256();
    let mut size = 0_i64;
    let mut piece = vec![0; PIECE];
    loop {
        let read = file.read(&mut piece).await.map_err(Failure::file("read", path))?;
        if read == 0 {
            return Ok((size, hex(digest)));
        }
        digest.update(&piece[..read]);
        size = size.saturating_add(i64::try_from(read).unwrap_or(i64::MAX));
    }
}

/// The messages of an upload. A file that cannot be read to its end ends the stream early, which the service refuses, because
/// the size it was told does not fit.
fn messages<D: Destination>(
    first: D::Message,
    file: File,
    bar: ProgressBar,
) -> impl Stream<Item = D::Message> + Send + use<D> {
    let rest = stream::unfold((file, 0_i64, bar), |(mut file, offset, bar)| async move {
        let mut data = vec![0; PIECE];
        let read = file.read(&mut data).await.ok().filter(|read| *read > 0)?;
        data.truncate(read);
        let next = offset.saturating_add(i64::try_from(read).unwrap_or(i64::MAX));
        bar.set_position(u64::try_from(next).unwrap_or(u64::MAX));
        Some((D::chunk(offset, Bytes::from(data)), (file, next, bar)))
    });
    futures::StreamExt::chain(stream::iter([first]), rest)
}
