//! How records end: proposed by one person, approved by another, open to a veto, carried out, certified.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use redress_proto::records_retention::v1::{
    ApproveDisposalRequest, DisposalMethod, ExecuteDisposalRequest, GetCertificateRequest,
    GetDisposalRequest, ListDisposalsRequest, ListDisposalsResponse, ProposeDisposalRequest,
    VetoDisposalRequest, disposal_service_client::DisposalServiceClient,
};

use super::ending::End;
use crate::{
    client::{Failure, resolve},
    command::{Session, input::Creation, session::pretty, under::Under},
    present::{disposal, json},
};

/// What to do with disposals.
#[derive(Debug, Subcommand)]
pub enum Dispose {
    /// Propose to destroy records that are due; one that may not be destroyed, and nothing is proposed
    Propose(Propose),
    /// Approve a proposal that you have read, as another person than its proposer; it cannot be undone
    Approve(Approve),
    /// Stop a disposal that is not ordered yet; one person is enough
    Veto(Veto),
    /// Have an approved disposal carried out whose veto is over, in place of waiting; it cannot be undone
    Execute(Execute),
    /// Say how a disposal that stands still should end, and why; another person agrees
    #[command(subcommand)]
    End(End),
    /// Show a disposal with its manifest and receipts
    Show(Show),
    /// List disposals, newest first
    List(List),
}

/// Propose a disposal.
#[derive(Args, Debug)]
pub struct Propose {
    /// The records, all of one contract
    #[arg(value_name = "RECORD", required = true, num_args = 1..=500)]
    pub records: Vec<String>,
    /// Keep the reports on without anyone in them, in place of destroying them
    #[arg(long)]
    pub anonymise: bool,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Approve a disposal.
#[derive(Args, Debug)]
pub struct Approve {
    /// The disposal
    #[arg(value_name = "DISPOSAL")]
    pub disposal: String,
    /// Digest of the manifest that you have read
    #[arg(long, value_name = "DIGEST")]
    pub digest: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Stop a disposal.
#[derive(Args, Debug)]
pub struct Veto {
    /// The disposal
    #[arg(value_name = "DISPOSAL")]
    pub disposal: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Have a disposal carried out.
#[derive(Args, Debug)]
pub struct Execute {
    /// The disposal
    #[arg(value_name = "DISPOSAL")]
    pub disposal: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Show one.
#[derive(Args, Debug)]
pub struct Show {
    /// The disposal
    #[arg(value_name = "DISPOSAL")]
    pub disposal: String,
}

/// List them.
#[derive(Args, Debug)]
pub struct List {
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
}

/// Save a certificate.
#[derive(Args, Debug)]
pub struct Save {
    /// The disposal
    #[arg(value_name = "DISPOSAL")]
    pub disposal: String,
    /// Where to save it
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
}

impl Dispose {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Propose(propose) => propose.run(session).await,
            Self::Approve(approve) => approve.run(session).await,
            Self::Veto(veto) => veto.run(session).await,
            Self::Execute(execute) => execute.run(session).await,
            Self::End(end) => end.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
        }
    }
}

impl Propose {
    /// Proposes it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let method = if self.anonymise {
            DisposalMethod::Anonymised
        } else {
            DisposalMethod::KeysDestroyedAndContentDeleted
        };
        let records = self.records.iter().map(|record| resolve::by_uuid("records", record));
        let question = ProposeDisposalRequest {
            request_id: session.request_id(self.creation.request_id),
            records: records.collect::<Result<_, _>>()?,
            method: method.into(),
        };
        session
            .ask(question, disposal::show, async |stub, request| {
                DisposalServiceClient::new(stub).propose_disposal(request).await
            })
            .await
    }
}

impl Approve {
    /// Approves it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ApproveDisposalRequest {
            request_id: session.request_id(self.creation.request_id),
            name: resolve::by_uuid("disposals", &self.disposal)?,
            digest: self.digest,
        };
        session
            .ask(question, disposal::show, async |stub, request| {
                DisposalServiceClient::new(stub).approve_disposal(request).await
            })
            .await
    }
}

impl Veto {
    /// Stops it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = VetoDisposalRequest {
            request_id: session.request_id(self.creation.request_id),
            name: resolve::by_uuid("disposals", &self.disposal)?,
        };
        session
            .ask(question, disposal::show, async |stub, request| {
                DisposalServiceClient::new(stub).veto_disposal(request).await
            })
            .await
    }
}

impl Execute {
    /// Has it carried out.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ExecuteDisposalRequest {
            request_id: session.request_id(self.creation.request_id),
            name: resolve::by_uuid("disposals", &self.disposal)?,
        };
        session
            .ask(question, disposal::show, async |stub, request| {
                DisposalServiceClient::new(stub).execute_disposal(request).await
            })
            .await
    }
}

impl Show {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = GetDisposalRequest { name: resolve::by_uuid("disposals", &self.disposal)? };
        session
            .ask(question, disposal::show, async |stub, request| {
                DisposalServiceClient::new(stub).get_disposal(request).await
            })
            .await
    }
}

impl List {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let page = self
            .under
            .gather(session, async |contract, page_size, page_token| {
                let question = ListDisposalsRequest { contract, page_size, page_token };
                let answer = session
                    .link
                    .ask(question, async |stub, request| {
                        DisposalServiceClient::new(stub).list_disposals(request).await
                    })
                    .await?;
                Ok((answer.disposals, answer.next_page_token))
            })
            .await?;
        session.answer_list(page, disposal::list, |disposals, next_page_token| ListDisposalsResponse {
            disposals,
            next_page_token,
        })
    }
}

impl Save {
    /// Saves it, as the contract's canonical JSON, so that any language reads it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = GetCertificateRequest { name: resolve::by_uuid("disposals", &self.disposal)? };
        let certificate = session
            .link
            .ask(question, async |stub, request| {
                DisposalServiceClient::new(stub).get_certificate(request).await
            })
            .await?;
        let text = pretty(&json::of(&certificate)?);
        std::fs::write(&self.output, text + "\n").map_err(Failure::file("write", &self.output))?;
        session.answer(&certificate, |_, certificate| {
            format!(
                "saved {}: the certificate of {}, at position {}",
                self.output.display(),
                certificate.name,
                certificate.position
            )
        })
    }
}
