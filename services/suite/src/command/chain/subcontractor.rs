//! Subcontractors in the supply chain of a contract.

use clap::{Args, Subcommand};
use redress_proto::supply_chain::v1::{
    AddSubcontractorRequest, EndSubcontractorRequest, ListSupplyChainRequest, SupplyChainLink,
    supply_chain_service_client::SupplyChainServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{
        Session,
        day::Day,
        input::{Creation, Mutation},
    },
    present::chain,
};

/// What to do with subcontractors.
#[derive(Debug, Subcommand)]
pub enum Subcontractor {
    /// Put a subcontractor under the prime or under another subcontractor
    Add(Add),
    /// Record the last day of a link
    End(End),
    /// List the supply chain of a contract, upper tiers first
    List(List),
}

/// Put a subcontractor into a chain.
#[derive(Args, Debug)]
pub struct Add {
    /// The contract
    #[arg(long, value_name = "CONTRACT")]
    pub contract: String,
    /// The organisation above: the prime, or a subcontractor
    #[arg(long, value_name = "ORGANISATION")]
    pub parent: String,
    /// The subcontractor
    #[arg(value_name = "ORGANISATION")]
    pub subcontractor: String,
    /// First day of the link
    #[arg(long, value_name = "DAY")]
    pub effective_on: Day,
    /// Last day of the link
    #[arg(long, value_name = "DAY")]
    pub end_on: Option<Day>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Record the last day of a link.
#[derive(Args, Debug)]
pub struct End {
    /// The link, as `redress subcontractor list` shows it
    #[arg(value_name = "LINK")]
    pub link: String,
    /// The last day
    #[arg(long, value_name = "DAY")]
    pub on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// List the supply chain of a contract.
#[derive(Args, Debug)]
pub struct List {
    /// The contract
    #[arg(value_name = "CONTRACT")]
    pub contract: String,
}

impl Subcontractor {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Add(add) => add.run(session).await,
            Self::End(end) => end.run(session).await,
            Self::List(list) => list.run(session).await,
        }
    }
}

impl Add {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let question = AddSubcontractorRequest {
            request_id: session.request_id(self.creation.request_id),
            link: Some(SupplyChainLink {
                contract: resolve::contract(link, &self.contract).await?,
                parent: resolve::organisation(link, &self.parent).await?,
                subcontractor: resolve::organisation(link, &self.subcontractor).await?,
                effective_on: Some(session.day(self.effective_on)),
                end_on: session.optional_day(self.end_on),
                ..SupplyChainLink::default()
            }),
        };
        let added = link
            .ask(question, async |stub, request| {
                SupplyChainServiceClient::new(stub).add_subcontractor(request).await
            })
            .await?;
        session.answer(&added, |screen, added| chain::links(screen, std::slice::from_ref(added)))
    }
}

impl End {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = EndSubcontractorRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("supplyChainLinks", &self.link)?,
            end_on: Some(session.day(self.on)),
            etag: self.mutation.etag,
        };
        let ended = session
            .link
            .ask(question, async |stub, request| {
                SupplyChainServiceClient::new(stub).end_subcontractor(request).await
            })
            .await?;
        session.answer(&ended, |screen, ended| chain::links(screen, std::slice::from_ref(ended)))
    }
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let contract = resolve::contract(&session.link, &self.contract).await?;
        let found = session
            .link
            .ask(ListSupplyChainRequest { contract }, async |stub, request| {
                SupplyChainServiceClient::new(stub).list_supply_chain(request).await
            })
            .await?;
        session.answer(&found, |screen, found| chain::links(screen, &found.links))
    }
}
