//! Problems the provider found in its own services (ISS-01).

use clap::{Args, Subcommand};
use redress_proto::complaints::v1::{
    GetIssueRequest, Issue, ListIssuesRequest, ListIssuesResponse, ReportIssueRequest, ResolveIssueRequest,
    improvement_service_client::ImprovementServiceClient,
};

use crate::{
    client::{Failure, gather, resolve},
    command::{
        Session,
        day::Day,
        input::{Creation, Mutation, Paging, Text},
    },
    present::improvement,
};

/// What to do with problems.
#[derive(Debug, Subcommand)]
pub enum Problem {
    /// Report a problem found in any part of the services
    Report(Report),
    /// Record that a problem was put right
    Resolve(Resolve),
    /// Show one problem
    Show(Show),
    /// List problems, newest first
    List(List),
}

/// Report a problem.
#[derive(Args, Debug)]
pub struct Report {
    /// Title; no personal data
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// Contract whose services it concerns
    #[arg(long, value_name = "CONTRACT")]
    pub contract: String,
    /// Day on which it was found
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub found_on: Day,
    /// Putting it right changes how the services are reached; it then needs an approved change
    #[arg(long)]
    pub changes_access: bool,
    /// What is wrong.
    #[command(flatten)]
    pub text: Text,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Record that a problem was put right.
#[derive(Args, Debug)]
pub struct Resolve {
    /// The problem, as `redress problem list` shows it
    #[arg(value_name = "PROBLEM")]
    pub problem: String,
    /// Day on which it was put right
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// The implemented change, where access changed
    #[arg(long, value_name = "CHANGE")]
    pub change: Option<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Show one problem.
#[derive(Args, Debug)]
pub struct Show {
    /// The problem, as `redress problem list` shows it
    #[arg(value_name = "PROBLEM")]
    pub problem: String,
}

/// List problems.
#[derive(Args, Debug)]
pub struct List {
    /// Only those under this contract
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<String>,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

impl Problem {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Report(report) => report.run(session).await,
            Self::Resolve(resolve) => resolve.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
        }
    }
}

impl Report {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ReportIssueRequest {
            request_id: session.request_id(self.creation.request_id),
            issue: Some(Issue {
                contract: resolve::contract(&session.link, &self.contract).await?,
                title: self.title,
                description: self.text.read()?,
                found_on: Some(session.day(self.found_on)),
                changes_access: self.changes_access,
                ..Issue::default()
            }),
        };
        let reported = session
            .link
            .ask(question, async |stub, request| {
                ImprovementServiceClient::new(stub).report_issue(request).await
            })
            .await?;
        session.answer(&reported, improvement::issue)
    }
}

impl Resolve {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let change =
            self.change.as_deref().map(|text| resolve::by_uuid("changeProposals", text)).transpose()?;
        let question = ResolveIssueRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("issues", &self.problem)?,
            resolved_on: Some(session.day(self.on)),
            change_proposal: change.unwrap_or_default(),
            etag: self.mutation.etag,
        };
        let resolved = session
            .link
            .ask(question, async |stub, request| {
                ImprovementServiceClient::new(stub).resolve_issue(request).await
            })
            .await?;
        session.answer(&resolved, improvement::issue)
    }
}

impl Show {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::by_uuid("issues", &self.problem)?;
        let found = session
            .link
            .ask(GetIssueRequest { name }, async |stub, request| {
                ImprovementServiceClient::new(stub).get_issue(request).await
            })
            .await?;
        session.answer(&found, improvement::issue)
    }
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let contract = match &self.contract {
            Some(text) => resolve::contract(link, text).await?,
            None => String::new(),
        };
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question = ListIssuesRequest { contract: contract.clone(), page_size, page_token };
            let answer = link
                .ask(question, async |stub, request| {
                    ImprovementServiceClient::new(stub).list_issues(request).await
                })
                .await?;
            Ok((answer.issues, answer.next_page_token))
        })
        .await?;
        session.answer_list(page, improvement::issues, |issues, next_page_token| ListIssuesResponse {
            issues,
            next_page_token,
        })
    }
}
