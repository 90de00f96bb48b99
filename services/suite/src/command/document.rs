//! Documents of cases and participants.

use std::path::{Path, PathBuf};

use clap::Args;
use redress_proto::complaints::v1::{
    Document, ListDocumentsRequest, ListDocumentsResponse, document_service_client::DocumentServiceClient,
};

use crate::{
    client::{Failure, gather, resolve},
    present::document,
    transfer::{self, Upload},
};

use super::{
    Session, choice,
    input::{Creation, Paging},
};

/// Attach a document to a case or a participant.
#[derive(Args, Debug)]
pub struct Attach {
    /// The case, or participants/{uuid}
    #[arg(value_name = "CASE")]
    pub parent: String,
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// What it is
    #[arg(long, default_value = "evidence", value_parser = choice::of("redress.complaints.v1.DocumentKind"))]
    pub kind: i32,
    /// Its media type [default: by the ending of its name]
    #[arg(long, value_name = "TYPE")]
    pub media_type: Option<String>,
    /// Name to keep it under [default: its own]
    #[arg(long, value_name = "NAME")]
    pub file_name: Option<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

impl Attach {
    /// Sends it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let parent = resolve::parent(&session.link, &self.parent).await?;
        let own = || self.file.file_name().map(|name| name.to_string_lossy().into_owned());
        let upload = Upload {
            request_id: session.request_id(self.creation.request_id),
            parent,
            kind: self.kind,
            file_name: self.file_name.clone().or_else(own).unwrap_or_default(),
            media_type: self.media_type.clone().unwrap_or_else(|| media_type(&self.file).to_owned()),
            path: self.file.clone(),
        };
        let stored = transfer::send(&session.link, &upload).await?;
        session.answer(&stored, document::show)
    }
}

/// Save a document.
#[derive(Args, Debug)]
pub struct Download {
    /// The document
    #[arg(value_name = "DOCUMENT")]
    pub document: String,
    /// Where to save it [default: under its own name, in this folder]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Download {
    /// Saves it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::by_uuid("documents", &self.document)?;
        let place = |document: &Document| self.output.clone().unwrap_or_else(|| local(document));
        let (stored, path) = transfer::save_document(&session.link, name, place).await?;
        session.answer(&stored, |screen, stored| {
            format!("{}\n\nsaved {}", document::show(screen, stored), path.display())
        })
    }
}

/// List the documents of a case or a participant.
#[derive(Args, Debug)]
pub struct Documents {
    /// The case, or participants/{uuid}
    #[arg(value_name = "CASE")]
    pub parent: String,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

impl Documents {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let parent = resolve::parent(link, &self.parent).await?;
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question = ListDocumentsRequest { parent: parent.clone(), page_size, page_token };
            let answer = link
                .ask(question, async |stub, request| {
                    DocumentServiceClient::new(stub).list_documents(request).await
                })
                .await?;
            Ok((answer.documents, answer.next_page_token))
        })
        .await?;
        session.answer_list(page, document::list, |documents, next_page_token| ListDocumentsResponse {
            documents,
            next_page_token,
        })
    }
}

/// A place in this folder. What the service calls it is only a name: nothing in it leads elsewhere.
fn local(document: &Document) -> PathBuf {
    let name: String = document.file_name.chars().filter(|c| !matches!(c, '/' | '\\' | '\0')).collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() { PathBuf::from(document.name.replace('/', "-")) } else { PathBuf::from(name) }
}

/// The media type by the ending of a name; the service checks it against the bytes.
fn media_type(file: &Path) -> &'static str {
    let ending =
        file.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "pdf" => "application/pdf",
        "txt" | "text" | "log" => "text/plain",
        "md" => "text/markdown",
        "csv" => "text/csv",
        "htm" | "html" => "text/html",
        "eml" => "message/rfc822",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "tif" | "tiff" => "image/tiff",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "mp4" => "video/mp4",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "odt" => "application/vnd.oasis.opendocument.text",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}
