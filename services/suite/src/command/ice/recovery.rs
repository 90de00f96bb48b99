//! What becomes of a charge: excused, paid, taken back; what is owed; and the years of the ledger.

use clap::{Args, Subcommand};
use redress_proto::{
    ice_liaison::v1::{
        CloseLedgerYearRequest, ExcuseChargeRequest, GetChargeRequest, GetStatementRequest,
        ListChargesRequest, ListChargesResponse, RecordPaymentRequest, ReverseChargeRequest,
        recovery_service_client::RecoveryServiceClient,
    },
    r#type::v1::Money,
};

use crate::{
    client::{Failure, gather, resolve},
    command::{
        Session,
        day::Day,
        input::{Creation, Mutation, Paging},
    },
    present::recovery,
};

/// What to do with charges.
#[derive(Debug, Subcommand)]
pub enum Recovery {
    /// List charges, newest first
    List(List),
    /// Show a charge with its postings
    Show(Show),
    /// Excuse a charge, with authority and reason
    Excuse(Excuse),
    /// Record a payment
    Pay(Pay),
    /// Take a charge back by its contra entry
    Reverse(Reverse),
    /// Show what a provider was charged, what it paid and what it owes
    Statement(Statement),
    /// Close a year of the ledger for good
    CloseYear(CloseYear),
}

/// List charges.
#[derive(Args, Debug)]
pub struct List {
    /// Only those that this organisation owes
    #[arg(long, value_name = "ORGANISATION")]
    pub liable: Option<String>,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

/// Show a charge.
#[derive(Args, Debug)]
pub struct Show {
    /// The charge
    #[arg(value_name = "CHARGE")]
    pub charge: String,
}

/// Excuse a charge.
#[derive(Args, Debug)]
pub struct Excuse {
    /// The case at the examiner
    #[arg(value_name = "EXAMINATION")]
    pub examination: String,
    /// Reference of who decided it
    #[arg(long, value_name = "REFERENCE")]
    pub authority: String,
    /// Why the circumstances were not normal
    #[arg(long, value_name = "REASON")]
    pub reason: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Record a payment.
#[derive(Args, Debug)]
pub struct Pay {
    /// The charge
    #[arg(value_name = "CHARGE")]
    pub charge: String,
    /// The amount in pence
    #[arg(long, value_name = "PENCE")]
    pub pence: i64,
    /// Day in whose period it is posted [default: today]
    #[arg(long, value_name = "DAY")]
    pub posted_on: Option<Day>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Take a charge back.
#[derive(Args, Debug)]
pub struct Reverse {
    /// The charge
    #[arg(value_name = "CHARGE")]
    pub charge: String,
    /// The amount in pence, the whole of it
    #[arg(long, value_name = "PENCE")]
    pub pence: i64,
    /// Reference of who decided it
    #[arg(long, value_name = "REFERENCE")]
    pub authority: String,
    /// Why
    #[arg(long, value_name = "REASON")]
    pub reason: String,
    /// Day in whose period it is posted [default: today]
    #[arg(long, value_name = "DAY")]
    pub posted_on: Option<Day>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Show a provider's statement.
#[derive(Args, Debug)]
pub struct Statement {
    /// The provider
    #[arg(value_name = "ORGANISATION")]
    pub organisation: String,
    /// First day [default: the beginning]
    #[arg(long, value_name = "DAY")]
    pub from: Option<Day>,
    /// Last day [default: today]
    #[arg(long, value_name = "DAY")]
    pub to: Option<Day>,
}

/// Close a year.
#[derive(Args, Debug)]
pub struct CloseYear {
    /// Calendar year in which the ICE year began, on 1 April
    #[arg(value_name = "YEAR")]
    pub year: i32,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

impl Recovery {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::List(list) => list.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::Excuse(excuse) => excuse.run(session).await,
            Self::Pay(pay) => pay.run(session).await,
            Self::Reverse(reverse) => reverse.run(session).await,
            Self::Statement(statement) => statement.run(session).await,
            Self::CloseYear(close) => close.run(session).await,
        }
    }
}

impl List {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let liable = match &self.liable {
            Some(one) => resolve::organisation(&session.link, one).await?,
            None => String::new(),
        };
        let page = gather(self.paging.most(), self.paging.page_token, async |page_size, page_token| {
            let question = ListChargesRequest { liable: liable.clone(), page_size, page_token };
            let answer = session
                .link
                .ask(question, async |stub, request| {
                    RecoveryServiceClient::new(stub).list_charges(request).await
                })
                .await?;
            Ok((answer.charges, answer.next_page_token))
        })
        .await?;
        session.answer_list(page, recovery::charges, |charges, next_page_token| ListChargesResponse {
            charges,
            next_page_token,
        })
    }
}

impl Show {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = GetChargeRequest { name: resolve::by_uuid("charges", &self.charge)? };
        session
            .ask(question, recovery::whole, async |stub, request| {
                RecoveryServiceClient::new(stub).get_charge(request).await
            })
            .await
    }
}

impl Excuse {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ExcuseChargeRequest {
            request_id: session.request_id(self.creation.request_id),
            examination: resolve::by_uuid("examinations", &self.examination)?,
            authority: self.authority,
            reason: self.reason,
        };
        session
            .ask(question, recovery::charge, async |stub, request| {
                RecoveryServiceClient::new(stub).excuse_charge(request).await
            })
            .await
    }
}

impl Pay {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = RecordPaymentRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("charges", &self.charge)?,
            amount: Some(Money { pence: self.pence }),
            posted_on: session.optional_day(self.posted_on),
            etag: self.mutation.etag,
        };
        session
            .ask(question, recovery::charge, async |stub, request| {
                RecoveryServiceClient::new(stub).record_payment(request).await
            })
            .await
    }
}

impl Reverse {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ReverseChargeRequest {
            request_id: session.request_id(self.mutation.request_id),
            name: resolve::by_uuid("charges", &self.charge)?,
            amount: Some(Money { pence: self.pence }),
            authority: self.authority,
            reason: self.reason,
            posted_on: session.optional_day(self.posted_on),
            etag: self.mutation.etag,
        };
        session
            .ask(question, recovery::charge, async |stub, request| {
                RecoveryServiceClient::new(stub).reverse_charge(request).await
            })
            .await
    }
}

impl Statement {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = GetStatementRequest {
            organisation: resolve::organisation(&session.link, &self.organisation).await?,
            from: session.optional_day(self.from),
            to: session.optional_day(self.to),
        };
        session
            .ask(question, recovery::statement, async |stub, request| {
                RecoveryServiceClient::new(stub).get_statement(request).await
            })
            .await
    }
}

impl CloseYear {
    async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = CloseLedgerYearRequest {
            request_id: session.request_id(self.creation.request_id),
            year: self.year,
        };
        session
            .ask(question, recovery::closed, async |stub, request| {
                RecoveryServiceClient::new(stub).close_ledger_year(request).await
            })
            .await
    }
}
