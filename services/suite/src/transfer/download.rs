//! A file comes down into a partial file beside its place, and takes its place when it is whole.

use std::{
    future::Future,
    path::{Path, PathBuf},
};

use bytes::Bytes;
use futures::StreamExt as _;
use redress_proto::complaints::v1::{
    DownloadLetterRequest, complaint_service_client::ComplaintServiceClient,
};
use tokio::{
    fs::{self, File},
    io::AsyncWriteExt as _,
};
use tonic::{Status, Streaming};

use super::{hex, progress, sha256};
use crate::client::{Failure, Link, retry};

/// Where a file comes from.
pub trait Shelf {
    /// What is known of the file.
    type Described: Default;
    /// A message of the download.
    type Piece;

    /// Opens it at an offset.
    fn open(&self, link: &Link, offset: i64) -> impl Future<Output = Result<Streaming<Self::Piece>, Status>>;

    /// What a message brings.
    fn read(piece: Self::Piece) -> (Option<Self::Described>, Bytes);

    /// What counts of what is known.
    fn entry(described: &Self::Described) -> Entry<'_>;
}

/// What counts of a file.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Resource name.
    pub name: &'a str,
    /// The name that it was kept under.
    pub file_name: &'a str,
    /// Its size.
    pub size_bytes: i64,
    /// Its digest in hexadecimal.
    pub sha256: &'a str,
}

/// Saves a file, at `output` or else in this folder under its own name. A way that breaks is taken up where it broke; what does
/// not have the digest it should is not kept.
pub async fn save<S: Shelf>(
    link: &Link,
    shelf: &S,
    output: Option<PathBuf>,
) -> Result<(S::Described, PathBuf), Failure> {
    let deadline = link.deadline();
    let mut partial: Option<Partial> = None;
    let mut known = S::Described::default();
    let mut offset = 0_i64;
    let mut attempt = 1;
    let bar = progress::bar("receiving", 0);
    loop {
        let broken = match shelf.open(link, offset).await {
            Err(status) => status,
            Ok(mut pieces) => loop {
                match pieces.next().await {
                    Some(Err(status)) => break status,
                    Some(Ok(piece)) => {
                        let (described, data) = S::read(piece);
                        if let Some(described) = described {
                            bar.set_length(
                                u64::try_from(S::entry(&described).size_bytes).unwrap_or_default(),
                            );
                            known = described;
                        }
                        let file = match &mut partial {
                            Some(file) => file,
                            none @ None => {
                                let place = output.clone().unwrap_or_else(|| local(S::entry(&known)));
                                none.insert(Partial::beside(&place).await?)
                            }
                        };
                        file.add(&data).await?;
                        offset = offset.saturating_add(i64::try_from(data.len()).unwrap_or(i64::MAX));
                        bar.set_position(u64::try_from(offset).unwrap_or_default());
                        attempt = 1;
                    }
                    None => {
                        bar.finish_and_clear();
                        let Some(file) = partial else {
                            return Err(Failure::Unsound("the file came without content".to_owned()));
                        };
                        let path = file.finish(Some(S::entry(&known).sha256)).await?;
                        return Ok((known, path));
                    }
                }
            },
        };
        match link.pause(attempt, &broken, deadline) {
            Some(pause) => retry::wait(pause).await,
            None => return Err(link.failure(&broken)),
        }
        attempt += 1;
    }
}

/// A place in this folder. What the service calls it is only a name: nothing in it leads elsewhere.
fn local(file: Entry<'_>) -> PathBuf {
    let name: String = file.file_name.chars().filter(|c| !matches!(c, '/' | '\\' | '\0')).collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() { PathBuf::from(file.name.replace('/', "-")) } else { PathBuf::from(name) }
}

/// Saves a letter and says how large it is.
pub async fn save_letter(link: &Link, question: DownloadLetterRequest, place: &Path) -> Result<i64, Failure> {
    let mut pieces = link
        .open(question, async |stub, request| {
            ComplaintServiceClient::new(stub).download_letter(request).await
        })
        .await
        .map_err(|status| link.failure(&status))?;
    let mut file = Partial::beside(place).await?;
    let mut size = 0_i64;
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|status| link.failure(&status))?;
        file.add(&piece.chunk).await?;
        size = size.saturating_add(i64::try_from(piece.chunk.len()).unwrap_or(i64::MAX));
    }
    file.finish(None).await?;
    Ok(size)
}

/// A file that is not whole yet.
pub(super) struct Partial {
    file: File,
    path: PathBuf,
    place: PathBuf,
    digest: aws_lc_rs::digest::Context,
}

impl Partial {
    pub(super) async fn beside(place: &Path) -> Result<Self, Failure> {
        if let Some(folder) = place.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder).await.map_err(Failure::file("create", folder))?;
        }
        let mut partial = place.as_os_str().to_owned();
        partial.push(".partial");
        let path = PathBuf::from(partial);
        let file = File::create(&path).await.map_err(Failure::file("write", &path))?;
        Ok(Self { file, path, place: place.to_owned(), digest: sha256() })
    }

    pub(super) async fn add(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.digest.update(bytes);
        self.file.write_all(bytes).await.map_err(Failure::file("write", &self.path))
    }

    pub(super) async fn finish(mut self, expected: Option<&str>) -> Result<PathBuf, Failure> {
        self.file.flush().await.map_err(Failure::file("write", &self.path))?;
        self.file.sync_all().await.map_err(Failure::file("write", &self.path))?;
        let found = hex(self.digest);
        if expected.is_some_and(|expected| expected != found) {
            fs::remove_file(&self.path).await.map_err(Failure::file("remove", &self.path))?;
            return Err(Failure::Unsound(
                "what arrived does not have the digest of the document; it was not kept".to_owned(),
            ));
        }
        fs::rename(&self.path, &self.place).await.map_err(Failure::file("write", &self.place))?;
        Ok(self.place)
    }
}
