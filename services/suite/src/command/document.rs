//! Documents of cases and participants.

use std::path::PathBuf;

use clap::Args;
use redress_proto::complaints::v1::{
    ListDocumentsRequest, ListDocumentsResponse, document_service_client::DocumentServiceClient,
};

use crate::{
    client::{Failure, gather, resolve},
    present::document,
    transfer::{self, DocumentShelf, OfParent, Upload},
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
        let request_id = session.request_id(self.creation.request_id);
        let upload = Upload::of(self.file, request_id, self.file_name, self.media_type);
        let stored = transfer::send(&session.link, &upload, &OfParent { parent, kind: self.kind }).await?;
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
        let (stored, path) = transfer::save(&session.link, &DocumentShelf { name }, self.output).await?;
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
