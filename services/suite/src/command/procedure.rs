//! The provider's own procedures.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use redress_proto::complaints::v1::{
    CreateProcedureRequest, GetProcedureRequest, ListProceduresRequest, ListProceduresResponse,
    Procedure as Message, ProcedureReview, ReviewProcedureRequest,
    procedure_service_client::ProcedureServiceClient,
};

use crate::{
    client::{Failure, resolve},
    present::{json, procedure},
};

use super::{
    Session,
    day::Day,
    input::{Creation, file},
    under::Under,
};

/// What to do with procedures.
#[derive(Debug, Subcommand)]
pub enum Procedure {
    /// Record a new version of a procedure; refused wherever it would loosen the policy pack or the prime's procedure
    Create(Create),
    /// Show one version
    Show(Show),
    /// List versions, oldest first
    List(List),
    /// Record a review against the documents the guidance names
    Review(Review),
}

/// Record a new version of a procedure.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLE)]
pub struct Create {
    /// File that holds the stages and their steps as JSON, see below; - reads it from standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Contract it applies to [default: as the file says]
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<String>,
    /// Organisation whose procedure it is [default: as the file says]
    #[arg(long, value_name = "ORGANISATION")]
    pub organisation: Option<String>,
    /// First day on which complaints received are worked by it [default: as the file says]
    #[arg(long, value_name = "DAY")]
    pub effective_on: Option<Day>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

const EXAMPLE: &str = r#"The file holds a Procedure of the contract as JSON:
  {
    "title": "Complaints procedure",
    "acknowledgementLimit": {"amount": 2, "unit": "TIME_UNIT_WORKING_DAYS"},
    "stages": [
      {
        "title": "Local manager",
        "steps": [
          {"id": "call-complainant", "title": "Speak to the person who complained"},
          {"id": "reply-in-writing", "title": "Reply in writing", "evidenceRequired": true}
        ],
        "responseLimit": {"amount": 10, "unit": "TIME_UNIT_WORKING_DAYS"},
        "escalationLimit": {"amount": 6, "unit": "TIME_UNIT_MONTHS"}
      }
    ]
  }"#;

/// Show one version.
#[derive(Args, Debug)]
pub struct Show {
    /// The procedure, as `redress procedure list` shows it
    #[arg(value_name = "PROCEDURE")]
    pub procedure: String,
}

/// List versions.
#[derive(Args, Debug)]
pub struct List {
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
}

/// Record a review.
#[derive(Args, Debug)]
pub struct Review {
    /// The procedure, as `redress procedure list` shows it
    #[arg(value_name = "PROCEDURE")]
    pub procedure: String,
    /// Day of the review
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// Document that was consulted, such as core-briefing-pack; may be given several times
    #[arg(long = "document", required = true, value_name = "KEY")]
    pub documents: Vec<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

impl Procedure {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Create(create) => create.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
            Self::Review(review) => review.run(session).await,
        }
    }
}

impl Create {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let mut written: Message = json::read(&file(&self.file)?)?;
        if let Some(contract) = &self.contract {
            written.contract = resolve::contract(link, contract).await?;
        }
        if let Some(organisation) = &self.organisation {
            written.organisation = resolve::organisation(link, organisation).await?;
        }
        if let Some(day) = self.effective_on {
            written.effective_on = Some(session.day(day));
        }
        let request_id = session.request_id(self.creation.request_id);
        session
            .ask(
                CreateProcedureRequest { request_id, procedure: Some(written) },
                procedure::show,
                async |stub, request| ProcedureServiceClient::new(stub).create_procedure(request).await,
            )
            .await
    }
}

impl Show {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::by_uuid("procedures", &self.procedure)?;
        session
            .ask(GetProcedureRequest { name }, procedure::show, async |stub, request| {
                ProcedureServiceClient::new(stub).get_procedure(request).await
            })
            .await
    }
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let page = self
            .under
            .gather(session, async |contract, page_size, page_token| {
                let question = ListProceduresRequest { contract, page_size, page_token };
                let answer = session
                    .link
                    .ask(question, async |stub, request| {
                        ProcedureServiceClient::new(stub).list_procedures(request).await
                    })
                    .await?;
                Ok((answer.procedures, answer.next_page_token))
            })
            .await?;
        session.answer_list(page, procedure::list, |procedures, next_page_token| ListProceduresResponse {
            procedures,
            next_page_token,
        })
    }
}

impl Review {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ReviewProcedureRequest {
            request_id: session.request_id(self.creation.request_id),
            name: resolve::by_uuid("procedures", &self.procedure)?,
            review: Some(ProcedureReview {
                reviewed_on: Some(session.day(self.on)),
                documents: self.documents,
                ..ProcedureReview::default()
            }),
        };
        session
            .ask(question, procedure::show, async |stub, request| {
                ProcedureServiceClient::new(stub).review_procedure(request).await
            })
            .await
    }
}
