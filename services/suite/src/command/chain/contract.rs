//! Contracts.

use clap::{Args, Subcommand};
use redress_proto::supply_chain::v1::{
    AgreedRetention, Contract as Message, CreateContractRequest, EndContractRequest, GetContractRequest,
    ListContractsRequest, ListContractsResponse, NovateContractRequest,
    supply_chain_service_client::SupplyChainServiceClient,
};

use crate::{
    client::{Failure, gather, resolve},
    command::{
        Session, choice,
        day::Day,
        input::{Creation, Mutation, Paging},
    },
    present::chain,
};

/// What to do with contracts.
#[derive(Debug, Subcommand)]
pub enum Contract {
    /// Record a contract; its programme and first day choose the policy pack
    Create(Create),
    /// Show one contract
    Show(Show),
    /// List the contracts of whose chain you are part
    List(List),
    /// Record, correct or extend the last day of a contract
    End(End),
    /// Record that a contract was novated to another provider, which then decides about its records
    Novate(Novate),
}

/// Record a contract.
#[derive(Args, Debug)]
pub struct Create {
    /// Reference of the contract at the department
    #[arg(value_name = "REFERENCE")]
    pub reference: String,
    /// Programme, as the policy packs call it, such as jets-scotland
    #[arg(long, value_name = "PROGRAMME")]
    pub programme: String,
    /// The prime provider
    #[arg(long, value_name = "ORGANISATION")]
    pub holder: String,
    /// The organisation of the department that commissions
    #[arg(long, value_name = "ORGANISATION")]
    pub commissioner: String,
    /// The Jobcentre Plus organisation that forwards complaints
    #[arg(long, value_name = "ORGANISATION")]
    pub jobcentre_plus: Option<String>,
    /// Whose bank holidays count [default: the pack's own]
    #[arg(long, value_parser = choice::of("redress.type.v1.Division"))]
    pub division: Option<i32>,
    /// First day of the contract
    #[arg(long, value_name = "DAY")]
    pub effective_on: Day,
    /// Last day of the contract
    #[arg(long, value_name = "DAY")]
    pub end_on: Option<Day>,
    /// Months of retention that were agreed in place of the pack's
    #[arg(long, value_name = "MONTHS", requires_all = ["agreement_reference", "agreed_on"])]
    pub retention_months: Option<i32>,
    /// Reference of the written agreement on retention
    #[arg(long, value_name = "REFERENCE", requires = "retention_months")]
    pub agreement_reference: Option<String>,
    /// Date of the agreement on retention
    #[arg(long, value_name = "DAY", requires = "retention_months")]
    pub agreed_on: Option<Day>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Show one contract.
#[derive(Args, Debug)]
pub struct Show {
    /// The contract, by reference or uuid
    #[arg(value_name = "CONTRACT")]
    pub contract: String,
}

/// List contracts.
#[derive(Args, Debug)]
pub struct List {
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

/// Record the last day of a contract.
#[derive(Args, Debug)]
pub struct End {
    /// The contract, by reference or uuid
    #[arg(value_name = "CONTRACT")]
    pub contract: String,
    /// The last day
    #[arg(long, value_name = "DAY")]
    pub on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Record a novation.
#[derive(Args, Debug)]
pub struct Novate {
    /// The contract, by reference or uuid
    #[arg(value_name = "CONTRACT")]
    pub contract: String,
    /// The provider to which it was novated
    #[arg(long, value_name = "ORGANISATION")]
    pub to: String,
    /// Day of the novation
    #[arg(long, value_name = "DAY")]
    pub on: Day,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

impl Contract {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Create(create) => create.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
            Self::End(end) => end.run(session).await,
            Self::Novate(novate) => novate.run(session).await,
        }
    }
}

impl Create {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let jobcentre_plus = match &self.jobcentre_plus {
            Some(text) => resolve::organisation(link, text).await?,
            None => String::new(),
        };
        let agreed_retention = self.retention_months.map(|months| AgreedRetention {
            months,
            agreement_reference: self.agreement_reference.unwrap_or_default(),
            agreed_on: session.optional_day(self.agreed_on),
        });
        let question = CreateContractRequest {
            request_id: session.request_id(self.creation.request_id),
            contract: Some(Message {
                reference: self.reference,
                programme: self.programme,
                holder: resolve::organisation(link, &self.holder).await?,
                commissioner: resolve::organisation(link, &self.commissioner).await?,
                jobcentre_plus,
                division: self.division.unwrap_or_default(),
                effective_on: Some(session.day(self.effective_on)),
                end_on: session.optional_day(self.end_on),
                agreed_retention,
                ..Message::default()
            }),
        };
        session
            .ask(question, chain::contract, async |stub, request| {
                SupplyChainServiceClient::new(stub).create_contract(request).await
            })
            .await
    }
}

impl Show {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let name = resolve::contract(&session.link, &self.contract).await?;
        session
            .ask(GetContractRequest { name }, chain::contract, async |stub, request| {
                SupplyChainServiceClient::new(stub).get_contract(request).await
            })
            .await
    }
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question = ListContractsRequest { page_size, page_token };
            let answer = session
                .link
                .ask(question, async |stub, request| {
                    SupplyChainServiceClient::new(stub).list_contracts(request).await
                })
                .await?;
            Ok((answer.contracts, answer.next_page_token))
        })
        .await?;
        session.answer_list(page, chain::contracts, |contracts, next_page_token| ListContractsResponse {
            contracts,
            next_page_token,
        })
    }
}

impl End {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = EndContractRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::contract(&session.link, &self.contract).await?,
            end_on: Some(session.day(self.on)),
            etag: self.mutation.etag,
        };
        session
            .ask(question, chain::contract, async |stub, request| {
                SupplyChainServiceClient::new(stub).end_contract(request).await
            })
            .await
    }
}

impl Novate {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let link = &session.link;
        let question = NovateContractRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::contract(link, &self.contract).await?,
            novated_to: resolve::organisation(link, &self.to).await?,
            novated_on: Some(session.day(self.on)),
            etag: self.mutation.etag,
        };
        session
            .ask(question, chain::contract, async |stub, request| {
                SupplyChainServiceClient::new(stub).novate_contract(request).await
            })
            .await
    }
}
