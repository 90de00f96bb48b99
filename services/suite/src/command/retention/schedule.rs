//! How long the records of a contract are kept, changed: at once where nothing ends sooner, else by two people and after a cooling period.

use clap::{Args, Subcommand};
use redress_proto::{
    records_retention::v1::{
        ApproveScheduleChangeRequest, ChangeScheduleRequest, GetScheduleChangeRequest,
        ListScheduleChangesRequest, ListScheduleChangesResponse, ProposeScheduleChangeRequest,
        ScheduleChange, ScheduleChangeKind, WithdrawScheduleChangeRequest,
        schedule_service_client::ScheduleServiceClient,
    },
    supply_chain::v1::AgreedRetention,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, choice, day::Day, input::Creation, under::Under},
    present::schedule,
};

/// What to do with schedules.
#[derive(Debug, Subcommand)]
pub enum Schedule {
    /// Change a schedule at once; what has anything end sooner is refused, and proposed
    Change(Change),
    /// Propose a change that has records end sooner; another person approves it. `redress retention simulate` shows before what it would do
    Propose(Propose),
    /// Approve a change that you have read, as another person than its proposer; it applies after the cooling period and cannot be undone then
    Approve(Approve),
    /// Take a change back that is not applied yet, or object to it; one person is enough
    Withdraw(Withdraw),
    /// Show a change
    Show(Show),
    /// List changes, newest first
    List(List),
}

/// What is to change, and why.
#[derive(Args, Debug)]
pub struct Wanted {
    /// The contract: reference or name
    #[arg(value_name = "CONTRACT")]
    pub contract: String,
    /// Keep records so many months after the end of the contract
    #[arg(long, value_name = "MONTHS", value_parser = clap::value_parser!(i32).range(1..=1200), requires_all = ["agreement", "agreed_on"])]
    pub months: Option<i32>,
    /// Reference of the written agreement
    #[arg(long, value_name = "REFERENCE", requires = "months")]
    pub agreement: Option<String>,
    /// Date of the agreement
    #[arg(long, value_name = "DAY", requires = "months")]
    pub agreed_on: Option<Day>,
    /// Count from the last day that the contract now has, though it is earlier than the one before
    #[arg(long, conflicts_with = "months", required_unless_present = "months")]
    pub contract_end: bool,
    /// Why
    #[arg(long, value_name = "REASON", value_parser = choice::of("redress.records_retention.v1.ScheduleChangeReason"))]
    pub reason: i32,
    /// Where the reasons are written down
    #[arg(long, value_name = "REFERENCE")]
    pub reference: String,
}

/// Change it at once.
#[derive(Args, Debug)]
pub struct Change {
    /// What, and why.
    #[command(flatten)]
    pub wanted: Wanted,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Propose it.
#[derive(Args, Debug)]
pub struct Propose {
    /// What, and why.
    #[command(flatten)]
    pub wanted: Wanted,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Approve it.
#[derive(Args, Debug)]
pub struct Approve {
    /// The change
    #[arg(value_name = "CHANGE")]
    pub change: String,
    /// Digest of the change that you have read
    #[arg(long, value_name = "DIGEST")]
    pub digest: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Take it back.
#[derive(Args, Debug)]
pub struct Withdraw {
    /// The change
    #[arg(value_name = "CHANGE")]
    pub change: String,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub creation: Creation,
}

/// Show one.
#[derive(Args, Debug)]
pub struct Show {
    /// The change
    #[arg(value_name = "CHANGE")]
    pub change: String,
}

/// List them.
#[derive(Args, Debug)]
pub struct List {
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
}

impl Schedule {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        match self {
            Self::Change(change) => change.run(session).await,
            Self::Propose(propose) => propose.run(session).await,
            Self::Approve(approve) => approve.run(session).await,
            Self::Withdraw(withdraw) => withdraw.run(session).await,
            Self::Show(show) => show.run(session).await,
            Self::List(list) => list.run(session).await,
        }
    }
}

impl Wanted {
    async fn message(self, session: &Session) -> Result<ScheduleChange, Failure> {
        let agreed_on = session.optional_day(self.agreed_on);
        let agreed_retention = self.months.map(|months| AgreedRetention {
            months,
            agreement_reference: self.agreement.unwrap_or_default(),
            agreed_on,
        });
        let kind = match agreed_retention {
            Some(_) => ScheduleChangeKind::Period,
            None => ScheduleChangeKind::ContractEnd,
        };
        Ok(ScheduleChange {
            contract: resolve::contract(&session.link, &self.contract).await?,
            kind: kind.into(),
            agreed_retention,
            reason: self.reason,
            reference: self.reference,
            ..ScheduleChange::default()
        })
    }
}

impl Change {
    /// Changes it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ChangeScheduleRequest {
            request_id: session.request_id(self.creation.request_id),
            schedule_change: Some(self.wanted.message(session).await?),
        };
        session
            .ask(question, schedule::show, async |stub, request| {
                ScheduleServiceClient::new(stub).change_schedule(request).await
            })
            .await
    }
}

impl Propose {
    /// Proposes it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ProposeScheduleChangeRequest {
            request_id: session.request_id(self.creation.request_id),
            schedule_change: Some(self.wanted.message(session).await?),
        };
        session
            .ask(question, schedule::show, async |stub, request| {
                ScheduleServiceClient::new(stub).propose_schedule_change(request).await
            })
            .await
    }
}

impl Approve {
    /// Approves it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = ApproveScheduleChangeRequest {
            request_id: session.request_id(self.creation.request_id),
            name: resolve::by_uuid("scheduleChanges", &self.change)?,
            digest: self.digest,
        };
        session
            .ask(question, schedule::show, async |stub, request| {
                ScheduleServiceClient::new(stub).approve_schedule_change(request).await
            })
            .await
    }
}

impl Withdraw {
    /// Takes it back.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = WithdrawScheduleChangeRequest {
            request_id: session.request_id(self.creation.request_id),
            name: resolve::by_uuid("scheduleChanges", &self.change)?,
        };
        session
            .ask(question, schedule::show, async |stub, request| {
                ScheduleServiceClient::new(stub).withdraw_schedule_change(request).await
            })
            .await
    }
}

impl Show {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let question = GetScheduleChangeRequest { name: resolve::by_uuid("scheduleChanges", &self.change)? };
        session
            .ask(question, schedule::show, async |stub, request| {
                ScheduleServiceClient::new(stub).get_schedule_change(request).await
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
                let question = ListScheduleChangesRequest { contract, page_size, page_token };
                let answer = session
                    .link
                    .ask(question, async |stub, request| {
                        ScheduleServiceClient::new(stub).list_schedule_changes(request).await
                    })
                    .await?;
                Ok((answer.schedule_changes, answer.next_page_token))
            })
            .await?;
        session.answer_list(page, schedule::list, |schedule_changes, next_page_token| {
            ListScheduleChangesResponse { schedule_changes, next_page_token }
        })
    }
}
