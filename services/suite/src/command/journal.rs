//! The journal: its signed head, the whole of it, and proofs that can be checked by strangers.

use std::{
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};
use futures::StreamExt as _;
use redress_proto::journal::v1::{
    Checkpoint, GetCheckpointRequest, GetInclusionProofRequest, StreamEntriesRequest,
    journal_service_client::JournalServiceClient,
};
use serde_json::json;
use tonic::Request;

use crate::{
    client::{Failure, Link},
    present::{Fields, Screen, json},
};

use super::{Session, session::pretty, subscription};

/// The journal of one service.
#[derive(Args, Debug)]
pub struct Journal {
    /// Service whose journal or subscriptions are meant
    #[arg(long, global = true, default_value = "complaints", value_name = "SERVICE")]
    pub service: String,
    /// What to do with it.
    #[command(subcommand)]
    pub what: What,
}

/// What to do with the journal.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Show the newest signed checkpoint and the key that signed it
    Checkpoint(Head),
    /// Save the whole journal with its checkpoint, for `redress verify`
    Export(Export),
    /// Save one entry with the proof that it is in the journal, for `redress verify`
    Prove(Prove),
    /// Show how far the service has got with acting on others' journals
    Subscriptions(subscription::Subscriptions),
    /// List entries of others that could not be acted on and wait for a person
    Parked(subscription::Parked),
    /// Try a parked entry again, after you have mended what stood in its way
    Retry(subscription::Retry),
    /// Give a parked entry up for good
    Skip(subscription::Skip),
    /// Trust a quarantined source again, after you have made sure of its journal
    Readmit(subscription::Readmit),
}

/// Show the newest checkpoint.
#[derive(Args, Debug)]
pub struct Head {}

/// Save the whole journal.
#[derive(Args, Debug)]
pub struct Export {
    /// File to save it in
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
}

/// Save a proof.
#[derive(Args, Debug)]
pub struct Prove {
    /// Position of the entry in the journal
    #[arg(value_name = "POSITION", value_parser = clap::value_parser!(i64).range(1..))]
    pub position: i64,
    /// File to save it in
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
}

impl Journal {
    /// Does it.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let service = self.service.as_str();
        match self.what {
            What::Checkpoint(Head {}) => {
                let found = checkpoint(&session.link, service).await?;
                session.answer(&found, shown)
            }
            What::Export(export) => export.run(session, service).await,
            What::Prove(prove) => prove.run(session, service).await,
            What::Subscriptions(subscriptions) => subscriptions.run(session, service).await,
            What::Parked(parked) => parked.run(session, service).await,
            What::Retry(retry) => retry.run(session, service).await,
            What::Skip(skip) => skip.run(session, service).await,
            What::Readmit(readmit) => readmit.run(session, service).await,
        }
    }
}

impl Export {
    async fn run(self, session: &Session, service: &str) -> Result<(), Failure> {
        let head = checkpoint(&session.link, service).await?;
        let count = export(&session.link, service, &head, &self.output).await?;
        let file = self.output.display().to_string();
        session.answer_value(&json!({ "file": file, "entries": count }), |_| {
            format!(
                "saved {count} entries in {file}; check them with: redress verify {file} --key '{}'",
                head.verifier_key
            )
        })
    }
}

impl Prove {
    async fn run(self, session: &Session, service: &str) -> Result<(), Failure> {
        let head = prove(&session.link, service, self.position, &self.output).await?;
        let file = self.output.display().to_string();
        session.answer_value(&json!({ "file": file, "position": self.position }), |_| {
            format!("saved {file}; check it with: redress verify {file} --key '{}'", head.verifier_key)
        })
    }
}

/// The question as one to this service, where several are behind one address.
pub(crate) fn to<T>(service: &str, mut request: Request<T>) -> Request<T> {
    // A name that is no header names no service, which the answer says.
    if let Ok(name) = service.parse() {
        request.metadata_mut().insert("redress-service", name);
    }
    request
}

/// The newest checkpoint.
pub async fn checkpoint(link: &Link, service: &str) -> Result<Checkpoint, Failure> {
    link.ask(GetCheckpointRequest {}, async |stub, request| {
        JournalServiceClient::new(stub).get_checkpoint(to(service, request)).await
    })
    .await
}

/// Saves the entries that `head` covers, one a line after the checkpoint itself, and says how many.
async fn export(link: &Link, service: &str, head: &Checkpoint, file: &Path) -> Result<i64, Failure> {
    let mut output = BufWriter::new(File::create(file).map_err(Failure::file("write", file))?);
    let mut put = |text: String| writeln!(output, "{text}").map_err(Failure::file("write", file));
    put(json::of(head)?.to_string())?;
    let mut count = 0;
    let mut entries = link
        .open(StreamEntriesRequest::default(), async |stub, request| {
            JournalServiceClient::new(stub).stream_entries(to(service, request)).await
        })
        .await
        .map_err(|status| link.failure(&status))?;
    while let Some(part) = entries.next().await {
        let part = part.map_err(|status| link.failure(&status))?;
        for entry in part.entries.iter().filter(|entry| entry.position <= head.size) {
            put(json::of(entry)?.to_string())?;
            count += 1;
        }
        if part.scanned_position >= head.size {
            break;
        }
    }
    output.flush().map_err(Failure::file("write", file))?;
    Ok(count)
}

/// Saves the proof that the entry at `position` is in the journal, and returns the checkpoint it is proved against.
pub async fn prove(link: &Link, service: &str, position: i64, file: &Path) -> Result<Checkpoint, Failure> {
    let head = checkpoint(link, service).await?;
    let question = GetInclusionProofRequest { position, size: head.size };
    let proof = link
        .ask(question, async |stub, request| {
            JournalServiceClient::new(stub).get_inclusion_proof(to(service, request)).await
        })
        .await?;
    let value = json!({ "checkpoint": json::of(&head)?, "inclusion": json::of(&proof)? });
    std::fs::write(file, pretty(&value) + "\n").map_err(Failure::file("write", file))?;
    Ok(head)
}

fn shown(screen: Screen, head: &Checkpoint) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("log", &head.origin)
        .add("entries", head.size.to_string())
        .add("epoch", &head.epoch)
        .add("key", &head.verifier_key);
    format!("{}\n\n{}", fields.text(), head.note)
}
