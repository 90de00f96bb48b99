//! Problems the provider found in its own services (ISS-01).

use clap::{Args, Subcommand};
use redress_proto::complaints::v1::{
    GetIssueRequest, Issue, ListIssuesRequest, ListIssuesResponse, ReportIssueRequest, ResolveIssueRequest,
    improvement_service_client::ImprovementServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{
        Session,
        day::Day,
        input::{Creation, Mutation, Text},
        under::Under,
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
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
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
        session
            .ask(question, improvement::issue, async |stub, request| {
                ImprovementServiceClient::new(stub).report_issue(request).await
            })
            .await
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
        session
            .ask(question, improvement::issue, async |stub, request| {
                ImprovementServiceClient::new(stub).resolve_issue(request).await
            })
            .await
    }
}

impl Show {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::by_uuid("issues", &self.problem)?;
        session
            .ask(GetIssueRequest { name }, improvement::issue, async |stub, request| {
                ImprovementServiceClient::new(stub).get_issue(request).await
            })
            .await
    }
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let page = self
            .under
            .gather(session, async |contract, page_size, page_token| {
                let question = ListIssuesRequest { contract, page_size, page_token };
                let answer = session
                    .link
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
