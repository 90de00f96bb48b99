//! Passing on what was raised at Jobcentre Plus, many at once.

mod notes;

use std::path::PathBuf;

use clap::Args;
use futures::{StreamExt as _, stream};
use redress_kernel::hexadecimal;
use redress_proto::routing::v1::{
    Contact, ForwardContactsRequest, ForwardedRow, routing_service_client::RoutingServiceClient,
};
use tonic::{Request, Status};

use crate::{
    client::{Failure, Problem, retry},
    transfer::{self, progress},
};

use self::notes::{Busy, Notes, beside};
use super::{Session, input};

/// Rows of one stream; a new one goes on where it ended.
const ROWS: usize = 10_000;

/// Pass on many contacts from a file: a table (CSV) or one contact as JSON in each line.
///
/// A row that cannot be taken keeps none of the others back: it goes into the file of rejected rows with everything that is
/// wrong with it. After a break the same command goes on where it ended; a row that was passed on already is known by its
/// reference and not taken twice.
#[derive(Args, Debug)]
pub struct Forward {
    /// The file; - reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Contract of rows that name none, by its reference
    #[arg(long, default_value = "", hide_default_value = true, value_name = "CONTRACT")]
    pub contract: String,
    /// Where to note how far it came [default: FILE.state]
    #[arg(long, value_name = "FILE")]
    pub state: Option<PathBuf>,
    /// Where rejected rows go, one as JSON in each line [default: FILE.rejected]
    #[arg(long, value_name = "FILE")]
    pub rejected: Option<PathBuf>,
}

impl Forward {
    /// Passes them on.
    pub async fn run(self, session: &Session) -> Result<(), Failure> {
        let text = input::file(&self.file)?;
        let contacts = transfer::contacts(&text, &self.contract)?;
        let state = self.state.clone().unwrap_or_else(|| beside(&self.file, "state"));
        let rejected = self.rejected.clone().unwrap_or_else(|| beside(&self.file, "rejected"));
        let digest =
            hexadecimal(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes()).as_ref());
        let mut notes = Notes::open(&digest, state, rejected)?;
        if notes.tally.rows > 0 {
            session.aside(&format!("goes on after row {}", notes.tally.rows));
        }
        let bar = progress::rows("passing on", contacts.len());
        let (mut attempt, mut deadline) = (1, session.link.deadline());
        while notes.tally.rows < contacts.len() {
            let before = notes.tally.rows;
            let sent = send(session, &contacts, &mut notes, |done| bar.set_position(done)).await;
            notes.keep()?;
            if notes.tally.rows > before {
                (attempt, deadline) = (1, session.link.deadline());
            }
            let Err(broken) = sent else { continue };
            let (pause, failure) = match broken {
                Broken::Here(failure) => return Err(failure),
                Broken::Way(status) => {
                    (session.link.pause(attempt, &status, deadline), session.link.failure(&status))
                }
                Broken::Busy(message) => {
                    let failure = Failure::Refused(Box::new(Problem::not_now(message)));
                    (session.link.pause_when_busy(attempt, deadline), failure)
                }
            };
            retry::wait(pause.ok_or(failure)?).await;
            attempt += 1;
        }
        bar.finish_and_clear();
        notes.close()?;
        session.answer_value(&notes.tally.as_json(), |_| notes.as_text())
    }
}

/// Why a stream ended before its rows did.
enum Broken {
    /// The way there broke.
    Way(Box<Status>),
    /// The service can take nothing just now.
    Busy(String),
    /// A file could not be written.
    Here(Failure),
}

/// Sends the rows after those that are done, and notes what became of each.
async fn send(
    session: &Session,
    contacts: &[Contact],
    notes: &mut Notes,
    mut done: impl FnMut(u64),
) -> Result<(), Broken> {
    let rows: Vec<ForwardContactsRequest> = contacts
        .iter()
        .skip(notes.tally.rows)
        .take(ROWS)
        .map(|contact| {
            let request_id = session.fresh_id();
            ForwardContactsRequest { row: Some(ForwardedRow { request_id, contact: Some(contact.clone()) }) }
        })
        .collect();
    let way = |status| Broken::Way(Box::new(status));
    let mut client = RoutingServiceClient::new(session.link.stub());
    let mut answers =
        client.forward_contacts(Request::new(stream::iter(rows))).await.map_err(way)?.into_inner();
    while let Some(answer) = answers.next().await {
        let counted = notes.count(&answer.map_err(way)?).map_err(Broken::Here)?;
        counted.map_err(|Busy(message)| Broken::Busy(message))?;
        done(u64::try_from(notes.tally.rows).unwrap_or(u64::MAX));
    }
    Ok(())
}
