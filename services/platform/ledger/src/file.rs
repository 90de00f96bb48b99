//! The file of a ledger. Several processes may append to it: each does so under the file's lock, after reading what others
//! have appended meanwhile.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, BufReader, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use redress_journal::checkpoint::{Signer, VerifierKey};
use redress_store::disk::{Disk, Local, folder_of, make_folders};
use uuid::Uuid;

use crate::{
    Erasure, Head,
    line::Line,
    reading::{self, Damage, Entry},
};

/// The ledger of one service. Clones share it.
#[derive(Clone, Debug)]
pub struct Ledger {
    path: Arc<Path>,
    disk: Arc<dyn Disk>,
    signer: Arc<Signer>,
    seen: Arc<Mutex<Seen>>,
}

/// How much of the file was read.
#[derive(Debug)]
struct Seen {
    /// Whether its name is durable.
    is_named: bool,
    bytes: u64,
    head: Head,
    erasures: HashSet<(Uuid, bool)>,
}

/// Why nothing was written down; nothing may be destroyed then.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file cannot be read or written.
    #[error("{path} cannot be read or written")]
    Io {
        /// Where it is.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It is not the ledger it was, or not whole.
    #[error("{path} is damaged")]
    Damaged {
        /// Where it is.
        path: PathBuf,
        /// How.
        #[source]
        source: Damage,
    },
    /// It holds less than it did.
    #[error("{path} has become shorter: it was replaced or cut")]
    Shortened {
        /// Where it is.
        path: PathBuf,
    },
    /// The process is stopping.
    #[error("the process is stopping")]
    Stopping,
}

impl Ledger {
    /// The ledger at `path`, whether or not there is one yet, signed by `signer`.
    ///
    /// # Errors
    /// [`Fault::Damaged`] when what lies there is not a ledger that this key signed.
    pub fn open(path: impl Into<PathBuf>, signer: Arc<Signer>) -> Result<Self, Fault> {
        Self::on(Arc::new(Local), path, signer)
    }

    /// The same, written to another disk.
    ///
    /// # Errors
    /// As for [`Ledger::open`].
    pub fn on(disk: Arc<dyn Disk>, path: impl Into<PathBuf>, signer: Arc<Signer>) -> Result<Self, Fault> {
        let seen = Seen { is_named: false, bytes: 0, head: Head::empty(), erasures: HashSet::new() };
        let path: PathBuf = path.into();
        let ledger = Self { path: path.into(), disk, signer, seen: Arc::new(Mutex::new(seen)) };
        ledger.head()?;
        Ok(ledger)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The key that signs it.
    pub fn key(&self) -> &VerifierKey {
        self.signer.verifier()
    }

    /// How far it goes.
    pub fn head(&self) -> Result<Head, Fault> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        match File::open(&*self.path) {
            Ok(file) => drop(self.catch_up(&mut seen, &file)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound && seen.bytes == 0 => {}
            Err(error) => return Err(self.io(error)),
        }
        Ok(seen.head)
    }

    /// Every erasure after the first `number`.
    pub fn after(&self, number: u64) -> Result<Vec<Entry>, Fault> {
        let file = match File::open(&*self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(self.io(error)),
        };
        let mut entries = Vec::new();
        let each = |entry: Entry| {
            if entry.head.number > number {
                entries.push(entry);
            }
        };
        reading::read(BufReader::new(file), self.key(), Head::empty(), each)
            .map_err(|damage| self.damaged(damage))?;
        Ok(entries)
    }

    /// Writes erasures down, those that are not yet, and returns how far the ledger goes. When it returns they survive a loss
    /// of power, and only then may anything be destroyed.
    pub async fn append(&self, erasures: Vec<Erasure>) -> Result<Head, Fault> {
        let ledger = self.clone();
        let written = tokio::task::spawn_blocking(move || ledger.write(&erasures)).await;
        written.map_err(|_| Fault::Stopping)?
    }

    fn write(&self, erasures: &[Erasure]) -> Result<Head, Fault> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let file = self.open_to_append(&mut seen).map_err(|error| self.io(error))?;
        // Given up with the file.
        file.lock().map_err(|error| self.io(error))?;
        let torn = self.catch_up(&mut seen, &file)?;
        if torn > 0 {
            tracing::warn!(path = %self.path.display(), torn, "the last line of the erasure ledger was never finished and is cut off");
            self.disk.cut(&self.path, &file, seen.bytes).map_err(|error| self.io(error))?;
        }
        let (mut head, mut text, mut written) = (seen.head, Vec::new(), Vec::new());
        for erasure in erasures {
            if seen.erasures.contains(&erasure.key()) || written.contains(&erasure.key()) {
                continue;
            }
            let unwritable = |error: serde_json::Error| self.io(error.into());
            head = head.then(erasure).map_err(unwritable)?;
            let line = Line { number: head.number, erasure: erasure.clone(), head: head.sign(&self.signer) };
            serde_json::to_writer(&mut text, &line).map_err(unwritable)?;
            text.push(b'\n');
            written.push(erasure.key());
        }
        if !text.is_empty() {
            self.disk.write(&self.path, &file, &text).map_err(|error| self.io(error))?;
        }
        // Also when there was nothing to write: who wrote it may have died before it was durable.
        self.disk.sync(&self.path, &file).map_err(|error| self.io(error))?;
        seen.bytes += u64::try_from(text.len()).unwrap_or_default();
        seen.head = head;
        seen.erasures.extend(written);
        Ok(head)
    }

    fn open_to_append(&self, seen: &mut Seen) -> io::Result<File> {
        if seen.is_named {
            return self.disk.open_to_append(&self.path);
        }
        let folder = folder_of(&self.path);
        make_folders(&*self.disk, folder)?;
        let file = self.disk.open_to_append(&self.path)?;
        // Its name must survive, too, and that of its folder. Also where both are there: who made them may have died before they were durable.
        self.disk.sync_folder(folder)?;
        match self.disk.sync_folder(folder_of(folder)) {
            Err(error) if is_somebody_elses(&error) => {}
            synced => synced?,
        }
        seen.is_named = true;
        Ok(file)
    }

    /// Reads what was appended since; returns how many bytes of an unfinished line there are.
    fn catch_up(&self, seen: &mut Seen, mut file: &File) -> Result<u64, Fault> {
        let length = file.metadata().map_err(|error| self.io(error))?.len();
        if length < seen.bytes {
            return Err(Fault::Shortened { path: self.path.to_path_buf() });
        }
        file.seek(SeekFrom::Start(seen.bytes)).map_err(|error| self.io(error))?;
        let mut found = Vec::new();
        let each = |entry: Entry| found.push(entry.erasure.key());
        let extent = reading::read(BufReader::new(file), self.key(), seen.head, each)
            .map_err(|damage| self.damaged(damage))?;
        seen.bytes += extent.whole;
        seen.head = extent.head;
        seen.erasures.extend(found);
        Ok(extent.torn)
    }

    fn io(&self, source: io::Error) -> Fault {
        Fault::Io { path: self.path.to_path_buf(), source }
    }

    fn damaged(&self, source: Damage) -> Fault {
        Fault::Damaged { path: self.path.to_path_buf(), source }
    }
}

/// Whether a folder cannot be synced from here: what is in it was put there by whoever set the machine up.
fn is_somebody_elses(error: &io::Error) -> bool {
    [
        io::ErrorKind::PermissionDenied,
        io::ErrorKind::ReadOnlyFilesystem,
        io::ErrorKind::InvalidInput,
        io::ErrorKind::Unsupported,
    ]
    .contains(&error.kind())
}
