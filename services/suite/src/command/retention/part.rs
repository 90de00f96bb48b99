//! Laying files by with records, and saving what lies with them.

use std::path::PathBuf;

use clap::Args;
use redress_proto::records_retention::v1::{
    GetRecordRequest, GetReportRequest, record_service_client::RecordServiceClient,
};

use crate::{
    client::{Failure, resolve},
    command::{Session, input::Mutation, session::pretty},
    present::{document, json, record},
    transfer::{self, OfRecord, PartShelf, Upload},
};

/// Add to a record.
#[derive(Args, Debug)]
pub struct Add {
    /// The record
    #[arg(value_name = "RECORD")]
    pub record: String,
    /// The file
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Its media type [default: by the ending of its name]
    #[arg(long, value_name = "TYPE")]
    pub media_type: Option<String>,
    /// Name to keep it under [default: its own]
    #[arg(long, value_name = "NAME")]
    pub file_name: Option<String>,
    /// Order on whose authority content is taken in again that was destroyed before
    #[arg(long, value_name = "REFERENCE")]
    pub readmit_under: Option<String>,
    /// What makes it safe to repeat.
    #[command(flatten)]
    pub mutation: Mutation,
}

/// Save what lies with a record.
#[derive(Args, Debug)]
pub struct Save {
    /// The record
    #[arg(value_name = "RECORD")]
    pub record: String,
    /// The part, as `redress retention show` lists it
    #[arg(value_name = "PART")]
    pub part: String,
    /// Where to save it [default: under its own name, in this folder]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Add {
    /// Sends it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let place = OfRecord {
            record: resolve::by_uuid("records", &self.record)?,
            etag: self.mutation.etag,
            readmission_authority: self.readmit_under.unwrap_or_default(),
        };
        let request_id = session.request_id(self.mutation.request_id);
        let upload = Upload::of(self.file, request_id, self.file_name, self.media_type);
        let changed = transfer::send(&session.link, &upload, &place).await?;
        session.answer(&changed, record::show)
    }
}

impl Save {
    /// Saves it: a report as JSON, anything else as it came.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let record = resolve::by_uuid("records", &self.record)?;
        let part = resolve::by_uuid("parts", &self.part)?;
        let question = GetRecordRequest { name: record.clone() };
        let known = session
            .link
            .ask(question, async |stub, request| RecordServiceClient::new(stub).get_record(request).await)
            .await?;
        if known.parts.iter().any(|known| known.name == part && known.is_report) {
            return self.report(session, record, part).await;
        }
        let shelf = PartShelf { record, part };
        let (stored, path) = transfer::save(&session.link, &shelf, self.output).await?;
        session.answer(&stored, |_, stored| {
            format!("saved {}, {}", path.display(), document::size(stored.size_bytes))
        })
    }

    async fn report(self, session: &Session, name: String, part: String) -> Result<(), Failure> {
        let place = self.output.unwrap_or_else(|| PathBuf::from(part.replace('/', "-") + ".json"));
        let question = GetReportRequest { name, part };
        let found = session
            .link
            .ask(question, async |stub, request| RecordServiceClient::new(stub).get_report(request).await)
            .await?;
        let text = pretty(&json::of(&found.report.unwrap_or_default())?) + "\n";
        std::fs::write(&place, &text).map_err(Failure::file("write", &place))?;
        let told = serde_json::json!({ "file": place, "bytes": text.len() });
        session.answer_value(&told, |_| format!("saved {}, {} bytes", place.display(), text.len()))
    }
}
