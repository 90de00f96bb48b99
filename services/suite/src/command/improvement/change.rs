//! Changes the provider proposes, which wait for the Performance Manager (ISS-02, ISS-03).

use clap::{Args, Subcommand};
use redress_proto::complaints::v1::{
    ChangeProposal, CreateChangeProposalRequest, DecideChangeProposalRequest, GetChangeProposalRequest,
    ListChangeProposalsRequest, ListChangeProposalsResponse, MoveChangeProposalRequest,
    improvement_service_client::ImprovementServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{
        Session, choice,
        day::Day,
        input::{Creation, Mutation, Text},
        under::Under,
    },
    present::improvement,
};

/// What to do with changes.
#[derive(Debug, Subcommand)]
pub enum Change {
    /// Draft a proposal
    Propose(Propose),
    /// Submit, implement, review or withdraw a proposal
    Move(Move),
    /// Decide on a proposal, as the Performance Manager
    Decide(Decide),
    /// Show one proposal
    Show(Show),
    /// List proposals, newest first
    List(List),
}

/// Draft a proposal.
#[derive(Args, Debug)]
pub struct Propose {
    /// Title; no personal data
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// Contract whose services it concerns
    #[arg(long, value_name = "CONTRACT")]
    pub contract: String,
    /// What kind of change
    #[arg(long, value_parser = choice::of("redress.complaints.v1.ChangeCategory"))]
    pub category: i32,
    /// Opaque id of the Performance Manager to whom it is addressed
    #[arg(long, value_name = "PERSON")]
    pub performance_manager: String,
    /// The proposal in writing.
    #[command(flatten)]
    pub text: Text,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Move a proposal on the provider's side.
#[derive(Args, Debug)]
pub struct Move {
    /// The proposal, as `redress change list` shows it
    #[arg(value_name = "CHANGE")]
    pub change: String,
    /// What to do
    #[arg(value_parser = choice::of("redress.complaints.v1.ChangeMove"))]
    pub to: i32,
    /// Day on which it was done
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Decide on a proposal.
#[derive(Args, Debug)]
pub struct Decide {
    /// The proposal, as `redress change list` shows it
    #[arg(value_name = "CHANGE")]
    pub change: String,
    /// The decision
    #[arg(value_parser = choice::of("redress.complaints.v1.ChangeDecision"))]
    pub decision: i32,
    /// Reference of the decision at the department
    #[arg(long, default_value = "", hide_default_value = true, value_name = "REFERENCE")]
    pub decision_reference: String,
    /// Day of the decision
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub on: Day,
    /// What is missing, or why not
    #[arg(long, default_value = "", hide_default_value = true, value_name = "TEXT")]
    pub comment: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Show one proposal.
#[derive(Args, Debug)]
pub struct Show {
    /// The proposal, as `redress change list` shows it
    #[arg(value_name = "CHANGE")]
    pub change: String,
}

/// List proposals.
#[derive(Args, Debug)]
pub struct List {
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
}

impl Change {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Propose(propose) => propose.run(session).await,
            Self::Move(step) => step.run(session).await,
            Self::Decide(decide) => decide.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
        }
    }
}

impl Propose {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = CreateChangeProposalRequest {
            request_id: session.request_id(self.creation.request_id),
            change_proposal: Some(ChangeProposal {
                contract: resolve::contract(&session.link, &self.contract).await?,
                title: self.title,
                text: self.text.read()?,
                category: self.category,
                performance_manager: self.performance_manager,
                ..ChangeProposal::default()
            }),
        };
        session
            .ask(question, improvement::proposal, async |stub, request| {
                ImprovementServiceClient::new(stub).create_change_proposal(request).await
            })
            .await
    }
}

impl Move {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = MoveChangeProposalRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("changeProposals", &self.change)?,
            r#move: self.to,
            on: Some(session.day(self.on)),
            etag: self.mutation.etag,
        };
        session
            .ask(question, improvement::proposal, async |stub, request| {
                ImprovementServiceClient::new(stub).move_change_proposal(request).await
            })
            .await
    }
}

impl Decide {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = DecideChangeProposalRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("changeProposals", &self.change)?,
            decision: self.decision,
            decision_reference: self.decision_reference,
            decided_on: Some(session.day(self.on)),
            comment: self.comment,
            etag: self.mutation.etag,
        };
        session
            .ask(question, improvement::proposal, async |stub, request| {
                ImprovementServiceClient::new(stub).decide_change_proposal(request).await
            })
            .await
    }
}

impl Show {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::by_uuid("changeProposals", &self.change)?;
        session
            .ask(GetChangeProposalRequest { name }, improvement::proposal, async |stub, request| {
                ImprovementServiceClient::new(stub).get_change_proposal(request).await
            })
            .await
    }
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let page = self
            .under
            .gather(session, async |contract, page_size, page_token| {
                let question = ListChangeProposalsRequest { contract, page_size, page_token };
                let answer = session
                    .link
                    .ask(question, async |stub, request| {
                        ImprovementServiceClient::new(stub).list_change_proposals(request).await
                    })
                    .await?;
                Ok((answer.change_proposals, answer.next_page_token))
            })
            .await?;
        session.answer_list(page, improvement::proposals, |change_proposals, next_page_token| {
            ListChangeProposalsResponse { change_proposals, next_page_token }
        })
    }
}
