//! Organisations.

use clap::{Args, Subcommand};
use redress_proto::supply_chain::v1::{
    CreateOrganisationRequest, GetOrganisationRequest, ListOrganisationsRequest, ListOrganisationsResponse,
    Organisation as Message, supply_chain_service_client::SupplyChainServiceClient,
};
use uuid::Uuid;

use crate::{
    client::{Failure, gather, resolve},
    command::{
        Session, choice,
        input::{Creation, Paging},
    },
    present::chain,
};

/// What to do with organisations.
#[derive(Debug, Subcommand)]
pub enum Organisation {
    /// Record an organisation
    Create(Create),
    /// Show one organisation
    Show(Show),
    /// List the organisations that share a supply chain with you
    List(List),
}

/// Record an organisation.
#[derive(Args, Debug)]
pub struct Create {
    /// Name people know it by
    #[arg(value_name = "NAME")]
    pub display_name: String,
    /// What it is
    #[arg(long, value_parser = choice::of("redress.supply_chain.v1.OrganisationKind"))]
    pub kind: i32,
    /// Uuid it has at the identity provider, so that its people's tokens match
    #[arg(long, value_name = "UUID")]
    pub id: Option<Uuid>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Show one organisation.
#[derive(Args, Debug)]
pub struct Show {
    /// The organisation, by name or uuid
    #[arg(value_name = "ORGANISATION")]
    pub organisation: String,
}

/// List organisations.
#[derive(Args, Debug)]
pub struct List {
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

impl Organisation {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Create(create) => create.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
        }
    }
}

impl Create {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = CreateOrganisationRequest {
            request_id: session.request_id(self.creation.request_id),
            organisation: Some(Message {
                display_name: self.display_name,
                kind: self.kind,
                ..Message::default()
            }),
            organisation_id: self.id.map(|id| id.to_string()).unwrap_or_default(),
        };
        session
            .ask(question, chain::organisation, async |stub, request| {
                SupplyChainServiceClient::new(stub).create_organisation(request).await
            })
            .await
    }
}

impl Show {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::organisation(&session.link, &self.organisation).await?;
        session
            .ask(GetOrganisationRequest { name }, chain::organisation, async |stub, request| {
                SupplyChainServiceClient::new(stub).get_organisation(request).await
            })
            .await
    }
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question = ListOrganisationsRequest { page_size, page_token };
            let answer = session
                .link
                .ask(question, async |stub, request| {
                    SupplyChainServiceClient::new(stub).list_organisations(request).await
                })
                .await?;
            Ok((answer.organisations, answer.next_page_token))
        })
        .await?;
        session.answer_list(page, chain::organisations, |organisations, next_page_token| {
            ListOrganisationsResponse { organisations, next_page_token }
        })
    }
}
