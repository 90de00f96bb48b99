//! Papers of contacts: what goes with a contribution, what shows that a person was told, and whose authority a member has.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use redress_proto::routing::v1::{
    GetPaperRequest, ListPapersRequest, ListPapersResponse, paper_service_client::PaperServiceClient,
};

use crate::{
    client::{Failure, gather, resolve},
    present::paper,
    transfer::{self, OfContact, PaperShelf, Upload},
};

use super::{
    Session,
    input::{Creation, Paging},
};

/// What to do with papers of contacts.
#[derive(Debug, Subcommand)]
pub enum Paper {
    /// Put a paper on file
    Add(Add),
    /// Show what is known of a paper
    Show(Show),
    /// List the papers of a contact
    List(List),
    /// Save a paper
    Save(Save),
}

/// Put one on file.
#[derive(Args, Debug)]
pub struct Add {
    /// The contact
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
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

/// Show one.
#[derive(Args, Debug)]
pub struct Show {
    /// The paper, as `redress paper list` shows it
    #[arg(value_name = "PAPER")]
    pub paper: String,
}

/// List them.
#[derive(Args, Debug)]
pub struct List {
    /// The contact
    #[arg(value_name = "CONTACT")]
    pub contact: String,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

/// Save one.
#[derive(Args, Debug)]
pub struct Save {
    /// The paper, as `redress paper list` shows it
    #[arg(value_name = "PAPER")]
    pub paper: String,
    /// Where to save it [default: under its own name, in this folder]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Paper {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Add(add) => add.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
            Self::Save(save) => save.run(session).await,
        }
    }
}

impl Add {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let contact = resolve::by_uuid("contacts", &self.contact)?;
        let request_id = session.request_id(self.creation.request_id);
        let upload = Upload::of(self.file, request_id, self.file_name, self.media_type);
        let stored = transfer::send(&session.link, &upload, &OfContact { contact }).await?;
        session.answer(&stored, paper::show)
    }
}

impl Show {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = GetPaperRequest { name: resolve::by_uuid("papers", &self.paper)? };
        session
            .ask(question, paper::show, async |stub, request| {
                PaperServiceClient::new(stub).get_paper(request).await
            })
            .await
    }
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let contact = resolve::by_uuid("contacts", &self.contact)?;
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question = ListPapersRequest { contact: contact.clone(), page_size, page_token };
            let answer = session
                .link
                .ask(question, async |stub, request| PaperServiceClient::new(stub).list_papers(request).await)
                .await?;
            Ok((answer.papers, answer.next_page_token))
        })
        .await?;
        session.answer_list(page, paper::list, |papers, next_page_token| ListPapersResponse {
            papers,
            next_page_token,
        })
    }
}

impl Save {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::by_uuid("papers", &self.paper)?;
        let (stored, path) = transfer::save(&session.link, &PaperShelf { name }, self.output).await?;
        session.answer(&stored, |screen, stored| {
            format!("{}\n\nsaved {}", paper::show(screen, stored), path.display())
        })
    }
}
