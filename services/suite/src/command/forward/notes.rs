//! How far a file has come, and which of its rows were rejected; noted so that after any break, of the way or of this process, each
//! row has one result.

use std::{
    fs,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use redress_proto::routing::v1::{ForwardContactsResponse, forward_contacts_response::Result as Became};
use serde_json::{Value, json};

use crate::{
    client::Failure,
    present::{json, word},
};

/// After so many rows what is done is noted.
const NOTED: usize = 256;

/// What is noted of a file.
#[derive(Debug)]
pub(super) struct Notes {
    pub(super) tally: Tally,
    state: PathBuf,
    rejected: PathBuf,
    /// Rejected rows that are not in their file yet.
    lines: String,
}

/// How far it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Digest of the file, so that another file is not taken for the rest of this one.
    file: String,
    pub(super) rows: usize,
    taken: usize,
    known: usize,
    rejected: usize,
    /// Bytes of the file of rejected rows up to here; what stands behind them was written after the last note.
    bytes: u64,
}

/// A row that could not be taken just now.
pub(super) struct Busy(pub(super) String);

impl Notes {
    /// What was noted of the file with this digest; nothing where nothing was.
    pub(super) fn open(file: &str, state: PathBuf, rejected: PathBuf) -> Result<Self, Failure> {
        let tally = match Tally::read(&state, file)? {
            Some(tally) => {
                cut(&rejected, tally.bytes)?;
                tally
            }
            None => Tally { file: file.to_owned(), bytes: length(&rejected)?, ..Tally::default() },
        };
        Ok(Self { tally, state, rejected, lines: String::new() })
    }

    /// Counts what became of the next row. One that could not be taken just now is not counted, and is to be sent again.
    pub(super) fn count(&mut self, answer: &ForwardContactsResponse) -> Result<Result<(), Busy>, Failure> {
        match &answer.result {
            Some(Became::Refused(refusal)) if refusal.retry => return Ok(Err(Busy(refusal.message.clone()))),
            Some(Became::Refused(refusal)) => {
                let line = json!({
                    "row": self.tally.rows + 1,
                    "reference": answer.reference,
                    "refused": json::of(refusal)?,
                });
                self.lines.push_str(&line.to_string());
                self.lines.push('\n');
                self.tally.rejected += 1;
            }
            Some(Became::Forwarded(taken)) if taken.already_there => self.tally.known += 1,
            Some(Became::Forwarded(_)) | None => self.tally.taken += 1,
        }
        self.tally.rows += 1;
        if self.tally.rows.is_multiple_of(NOTED) {
            self.keep()?;
        }
        Ok(Ok(()))
    }

    /// Writes down where it is: first the rejected rows, then that they are there.
    pub(super) fn keep(&mut self) -> Result<(), Failure> {
        if !self.lines.is_empty() {
            let file = fs::File::options().create(true).append(true).open(&self.rejected);
            let written = file.and_then(|mut file| file.write_all(self.lines.as_bytes()));
            written.map_err(Failure::file("write", &self.rejected))?;
            self.tally.bytes += u64::try_from(self.lines.len()).unwrap_or_default();
            self.lines.clear();
        }
        self.tally.write(&self.state)
    }

    /// Forgets it: everything is done.
    pub(super) fn close(&self) -> Result<(), Failure> {
        match fs::remove_file(&self.state) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Failure::file("remove", &self.state)(error))
            }
            // Of a file without rows nothing was ever noted.
            Ok(()) | Err(_) => Ok(()),
        }
    }

    pub(super) fn as_text(&self) -> String {
        let Tally { taken, known, rejected, .. } = self.tally;
        let mut parts = vec![format!("{} passed on", word::count(taken, "contact"))];
        if known > 0 {
            parts.push(format!("{known} known already"));
        }
        if rejected > 0 {
            parts.push(format!("{rejected} rejected: see {}", self.rejected.display()));
        }
        parts.join(", ")
    }
}

impl Tally {
    fn read(path: &Path, file: &str) -> Result<Option<Self>, Failure> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
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
        Ok(Some(Self {
            file: file.to_owned(),
            rows: number("rows"),
            taken: number("taken"),
            known: number("known"),
            rejected: number("rejected"),
            bytes: noted["bytes"].as_u64().unwrap_or_default(),
        }))
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
            "bytes": self.bytes,
        });
        fs::write(&beside, text.to_string()).map_err(Failure::file("write", &beside))?;
        fs::rename(&beside, path).map_err(Failure::file("write", path))
    }

    pub(super) fn as_json(&self) -> Value {
        json!({ "rows": self.rows, "forwarded": self.taken, "alreadyThere": self.known, "rejected": self.rejected })
    }
}

/// A file beside another, called like it but for its ending.
pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = if file == Path::new("-") { "forward".into() } else { file.as_os_str().to_owned() };
    name.push(".");
    name.push(ending);
    name.into()
}

/// How long a file is; one that is not there has nothing in it.
fn length(path: &Path) -> Result<u64, Failure> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.len()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(0),
        Err(error) => Err(Failure::file("read", path)(error)),
    }
}

/// Takes from a file what was written after the last note.
fn cut(path: &Path, bytes: u64) -> Result<(), Failure> {
    if length(path)? <= bytes {
        return Ok(());
    }
    let file = fs::File::options().write(true).open(path);
    file.and_then(|file| file.set_len(bytes)).map_err(Failure::file("write", path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use redress_proto::routing::v1::{
        ForwardContactsResponse, ForwardedContact, RowRefusal, forward_contacts_response::Result as Became,
    };

    use super::{Busy, NOTED, Notes};

    fn open(folder: &std::path::Path, file: &str) -> Result<Notes, crate::client::Failure> {
        Notes::open(file, folder.join("rows.csv.state"), folder.join("rows.csv.rejected"))
    }

    fn taken() -> ForwardContactsResponse {
        let result = Some(Became::Forwarded(ForwardedContact::default()));
        ForwardContactsResponse { result, ..ForwardContactsResponse::default() }
    }

    fn refused(retry: bool) -> ForwardContactsResponse {
        let refusal = RowRefusal { reason: "REQUIRED".to_owned(), retry, ..RowRefusal::default() };
        ForwardContactsResponse {
            result: Some(Became::Refused(refusal)),
            ..ForwardContactsResponse::default()
        }
    }

    #[test]
    fn goes_on_with_the_same_file_only() {
        let folder = tempfile::tempdir().unwrap();
        let mut notes = open(folder.path(), "a").unwrap();
        assert_eq!(notes.tally.rows, 0);
        assert!(notes.count(&taken()).unwrap().is_ok() && notes.count(&refused(false)).unwrap().is_ok());
        notes.keep().unwrap();
        assert_eq!(open(folder.path(), "a").unwrap().tally, notes.tally);
        assert!(open(folder.path(), "b").is_err());
        notes.close().unwrap();
        assert_eq!(open(folder.path(), "b").unwrap().tally.rows, 0);
    }

    #[test]
    fn a_row_that_could_not_be_taken_just_now_is_not_done() {
        let folder = tempfile::tempdir().unwrap();
        let mut notes = open(folder.path(), "a").unwrap();
        assert!(matches!(notes.count(&refused(true)).unwrap(), Err(Busy(_))));
        assert_eq!(notes.tally.rows, 0);
    }

    #[test]
    fn a_process_that_ends_in_the_middle_leaves_no_row_rejected_twice() {
        let folder = tempfile::tempdir().unwrap();
        let rejected = folder.path().join("rows.csv.rejected");
        fs::write(&rejected, "of an earlier file\n").unwrap();
        let mut notes = open(folder.path(), "a").unwrap();
        for _ in 0..NOTED {
            notes.count(&refused(false)).unwrap().ok().unwrap();
        }
        let noted = fs::read_to_string(&rejected).unwrap();
        assert_eq!(noted.lines().count(), NOTED + 1, "what was there stays");
        // It was ended after it wrote more, and before it noted that it had.
        fs::write(&rejected, format!("{noted}half a li")).unwrap();
        let again = open(folder.path(), "a").unwrap();
        assert_eq!(again.tally.rows, NOTED);
        assert_eq!(fs::read_to_string(&rejected).unwrap(), noted);
    }
}
