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
    client::{Failure, resolve},
    command::{Session, day::Day, under::Under},
    present::record,
};

/// List what is due.
#[derive(Args, Debug)]
pub struct Due {
    /// Up to and with this day
    #[arg(long, default_value = "today", value_name = "DAY")]
    pub until: Day,
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
}

/// List records.
#[derive(Args, Debug)]
pub struct List {
    /// Of which contract, and how much of it.
    #[command(flatten)]
    pub under: Under,
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
        list(session, self.under, Some(until)).await
    }
}

impl List {
    /// Lists them.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        list(session, self.under, None).await
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

async fn list(session: &Session, under: Under, due_until: Option<CivilDate>) -> Result<(), Failure> {
    let page = under
        .gather(session, async |contract, page_size, page_token| {
            let question = ListRecordsRequest { contract, due_until, page_size, page_token };
            let answer = session
                .link
                .ask(question, async |stub, request| {
                    RecordServiceClient::new(stub).list_records(request).await
                })
                .await?;
            Ok((answer.records, answer.next_page_token))
        })
        .await?;
    session.answer_list(page, record::list, |records, next_page_token| ListRecordsResponse {
        records,
        next_page_token,
    })
}
