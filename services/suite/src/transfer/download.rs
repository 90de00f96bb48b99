//! A file comes down into a partial file beside its place, and takes its place when it is whole.

use std::path::{Path, PathBuf};

use futures::StreamExt as _;
use redress_proto::complaints::v1::{
    Document, DownloadDocumentRequest, DownloadLetterRequest,
    complaint_service_client::ComplaintServiceClient, document_service_client::DocumentServiceClient,
};
use tokio::{
    fs::{self, File},
    io::AsyncWriteExt as _,
};

use super::{hex, progress, sha256};
use crate::client::{Failure, Link, retry};

/// Saves a document. `place` says where, once its name is known. A way that breaks is taken up where it broke; what does not
/// have the digest it should is not kept.
pub async fn save_document(
    link: &Link,
    name: String,
    place: impl Fn(&Document) -> PathBuf,
) -> Result<(Document, PathBuf), Failure> {
    let deadline = link.deadline();
    let mut partial: Option<Partial> = None;
    let mut document = Document::default();
    let mut offset = 0_i64;
    let mut attempt = 1;
    let bar = progress::bar("receiving", 0);
    loop {
        let question = DownloadDocumentRequest { name: name.clone(), offset };
        let opened = link
            .open(question, async |stub, request| {
                DocumentServiceClient::new(stub).download_document(request).await
            })
            .await;
        let broken = match opened {
            Err(status) => status,
            Ok(mut pieces) => loop {
                match pieces.next().await {
                    Some(Err(status)) => break status,
                    Some(Ok(piece)) => {
                        if let Some(described) = piece.document {
                            bar.set_length(u64::try_from(described.size_bytes).unwrap_or_default());
                            document = described;
                        }
                        let file = match &mut partial {
                            Some(file) => file,
                            none @ None => none.insert(Partial::beside(&place(&document)).await?),
                        };
                        file.add(&piece.data).await?;
                        offset = offset.saturating_add(i64::try_from(piece.data.len()).unwrap_or(i64::MAX));
                        bar.set_position(u64::try_from(offset).unwrap_or_default());
                        attempt = 1;
                    }
                    None => {
                        bar.finish_and_clear();
                        let Some(file) = partial else {
                            return Err(Failure::Unsound("the document came without content".to_owned()));
                        };
                        let path = file.finish(Some(&document.sha256)).await?;
                        return Ok((document, path));
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
