//! Passing on what was raised at Jobcentre Plus, many at once.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use clap::Args;
use futures::{StreamExt as _, stream};
use redress_kernel::hexadecimal;
use redress_proto::routing::v1::{
    Contact, ForwardContactsRequest, ForwardContactsResponse, ForwardedRow,
    forward_contacts_response::Result as Became, routing_service_client::RoutingServiceClient,
};
use serde_json::{Value, json};
use tonic::{Request, Status};

use crate::{
    client::{Failure, Problem, retry},
    present::{json, word},
    transfer::{self, progress},
};

use super::{Session, input};

/// Rows of one stream; a new one goes on where it ended.
const ROWS: usize = 10_000;
/// After so many rows what is done is noted.
const NOTED: usize = 256;

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

/// How far it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Tally {
    /// Digest of the file, so that another file is not taken for the rest of this one.
    file: String,
    rows: usize,
    taken: usize,
    known: usize,
    rejected: usize,
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
        let mut tally = Tally::read(&state, &digest)?;
        if tally.rows > 0 {
            session.aside(&format!("goes on after row {}", tally.rows));
        }
        let bar = progress::rows("passing on", contacts.len());
        let (mut attempt, mut deadline) = (1, session.link.deadline());
        while tally.rows < contacts.len() {
            let before = tally.rows;
            let sent = send(session, &contacts, &mut tally, &rejected, |done| bar.set_position(done)).await;
            tally.write(&state)?;
            if tally.rows > before {
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
        fs::remove_file(&state).map_err(Failure::file("remove", &state))?;
        session.answer_value(&tally.as_json(), |_| tally.as_text(&rejected))
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
    tally: &mut Tally,
    rejected: &Path,
    mut done: impl FnMut(u64),
) -> Result<(), Broken> {
    let first = tally.rows;
    let rows: Vec<ForwardContactsRequest> = contacts
        .iter()
        .skip(first)
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
    let mut lines = Vec::new();
    while let Some(answer) = answers.next().await {
        let settled = match answer {
            Ok(answer) => note(tally, &answer, &mut lines),
            Err(status) => Err(way(status)),
        };
        if settled.is_err() || lines.len() >= NOTED {
            append(rejected, &mut lines).map_err(Broken::Here)?;
        }
        settled?;
        done(u64::try_from(tally.rows).unwrap_or(u64::MAX));
    }
    append(rejected, &mut lines).map_err(Broken::Here)
}

/// What became of a row. One that could not be taken just now ends the stream, and is sent again.
fn note(tally: &mut Tally, answer: &ForwardContactsResponse, lines: &mut Vec<String>) -> Result<(), Broken> {
    match &answer.result {
        Some(Became::Refused(refusal)) if refusal.retry => return Err(Broken::Busy(refusal.message.clone())),
        Some(Became::Refused(refusal)) => {
            let line = json!({
                "row": tally.rows + 1,
                "reference": answer.reference,
                "refused": json::of(refusal).map_err(Broken::Here)?,
            });
            lines.push(line.to_string());
            tally.rejected += 1;
        }
        Some(Became::Forwarded(taken)) if taken.already_there => tally.known += 1,
        Some(Became::Forwarded(_)) | None => tally.taken += 1,
    }
    tally.rows += 1;
    Ok(())
}

fn append(path: &Path, lines: &mut Vec<String>) -> Result<(), Failure> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut text = lines.join("\n");
    text.push('\n');
    lines.clear();
    let file = fs::File::options().create(true).append(true).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(Failure::file("write", path))
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let name = if file == Path::new("-") { "forward".into() } else { file.as_os_str().to_owned() };
    let mut name = name;
    name.push(".");
    name.push(ending);
    name.into()
}

impl Tally {
    /// What was noted of this file; nothing where nothing was.
    fn read(path: &Path, file: &str) -> Result<Self, Failure> {
        let fresh = Self { file: file.to_owned(), ..Self::default() };
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(fresh),
            Err(error) => return Err(Failure::file("read", path)(error)),
        };
        let noted: Value = serde_json::from_str(&text).unwrap_or_default();
        if noted["file"] != file {
            let wrong = format!("{} is about another file; remove it, or give --state", path.display());
            return Err(Failure::Invalid(wrong));
        }
        let number = |name: &str| {
            noted[name].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or_default()
        };
        Ok(Self {
            rows: number("rows"),
            taken: number("taken"),
            known: number("known"),
            rejected: number("rejected"),
            ..fresh
        })
    }

    /// Notes it, whole or not at all.
    fn write(&self, path: &Path) -> Result<(), Failure> {
        let beside = beside(path, "new");
        let text = json!({
            "file": self.file,
            "rows": self.rows,
            "taken": self.taken,
            "known": self.known,
            "rejected": self.rejected,
        });
        fs::write(&beside, text.to_string()).map_err(Failure::file("write", &beside))?;
        fs::rename(&beside, path).map_err(Failure::file("write", path))
    }

    fn as_json(&self) -> Value {
        json!({ "rows": self.rows, "forwarded": self.taken, "alreadyThere": self.known, "rejected": self.rejected })
    }

    fn as_text(&self, rejected: &Path) -> String {
        let mut parts = vec![format!("{} passed on", word::count(self.taken, "contact"))];
        if self.known > 0 {
            parts.push(format!("{} known already", self.known));
        }
        if self.rejected > 0 {
            parts.push(format!("{} rejected: see {}", self.rejected, rejected.display()));
        }
        parts.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn goes_on_with_the_same_file_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.csv.state");
        assert_eq!(Tally::read(&path, "a").unwrap().rows, 0);
        let tally = Tally { file: "a".to_owned(), rows: 7, taken: 5, known: 1, rejected: 1 };
        tally.write(&path).unwrap();
        assert_eq!(Tally::read(&path, "a").unwrap(), tally);
        assert!(Tally::read(&path, "b").is_err());
    }
}
