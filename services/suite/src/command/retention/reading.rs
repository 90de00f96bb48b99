//! Reading records.

use clap::Args;
use redress_proto::{
    records_retention::v1::{
        GetRecordRequest, ListRecordsRequest, ListRecordsResponse, Record,
        record_service_client::RecordServiceClient,
    },
    r#type::v1::CivilDate,
};

use crate::{
    client::{Failure, gather, resolve},
    command::{Session, day::Day, input::Paging},
    present::record,
};

/// List what is due.
#[derive(Args, Debug)]
pub struct Due {
    /// Up to and with this day
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub until: Day,
    /// Only those of this contract: reference or name
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<String>,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

/// List records.
#[derive(Args, Debug)]
pub struct List {
    /// Only those of this contract: reference or name
    #[arg(long, value_name = "CONTRACT")]
    pub contract: Option<String>,
    /// How much of it.
    #[command(flatten)]
    pub paging: Paging,
}

/// Show one.
#[derive(Args, Debug)]
pub struct Show {
    /// The record, as `redress retention list` shows it
    #[arg(value_name = "RECORD")]
    pub record: String,
}

/// Say why.
#[derive(Args, Debug)]
pub struct Why {
    /// The record, as `redress retention list` shows it
    #[arg(value_name = "RECORD")]
    pub record: String,
}

impl Due {
    /// Lists it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let until = session.day(self.until);
        list(session, self.contract.as_deref(), Some(until), self.paging).await
    }
}

impl List {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        list(session, self.contract.as_deref(), None, self.paging).await
    }
}

impl Show {
    /// Shows it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        session.answer(&find(session, &self.record).await?, record::show)
    }
}

impl Why {
    /// Says it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        session.answer(&find(session, &self.record).await?, record::why)
    }
}

async fn find(session: &Session, record: &str) -> Result<Record, Failure> {
    let question = GetRecordRequest { name: resolve::by_uuid("records", record)? };
    let link = &session.link;
    link.ask(question, async |stub, request| RecordServiceClient::new(stub).get_record(request).await).await
}

async fn list(
    session: &Session,
    contract: Option<&str>,
    due_until: Option<CivilDate>,
    paging: Paging,
) -> Result<(), Failure> {
    let link = &session.link;
    let contract = match contract {
        Some(contract) => resolve::contract(link, contract).await?,
        None => String::new(),
    };
    let page = gather(paging.most(), paging.page_token, async |page_size, page_token| {
        let question = ListRecordsRequest { contract: contract.clone(), due_until, page_size, page_token };
        let answer = link
            .ask(question, async |stub, request| RecordServiceClient::new(stub).list_records(request).await)
            .await?;
        Ok((answer.records, answer.next_page_token))
    })
    .await?;
    session.answer_list(page, record::list, |records, next_page_token| ListRecordsResponse {
        records,
        next_page_token,
    })
}
