//! Checking what the suite handed out, offline: evidence bags, exports of a journal, certificates of disposals, proofs of single entries,
//! erasure ledgers and backups.

mod backup;
mod bag;
mod certificate;
mod ledger;

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
};

use clap::Args;
use prost::Message as _;
use redress_journal::{
    checkpoint::{Checkpoint, VerifierKey},
    merkle::{Hash, Tiles, plan, proof},
};
use redress_proto::journal::v1::{Checkpoint as Signed, Entry, EntryContent, GetInclusionProofResponse};
use serde_json::Value;

use crate::{
    client::Failure,
    command::{input, session::say},
    present::{json, word},
};

/// Check an evidence bag, an exported journal, a certificate of a disposal, a proof, an erasure ledger or a backup, without asking anyone.
#[derive(Args, Debug)]
pub struct Verify {
    /// Evidence bag, as an archive or unpacked; certificate, as `redress retention certificate` saves it; export or proof, as
    /// `redress journal` saves them; erasure ledger; or the folder of a backup
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Key of a log, as name+hash+key, or a file that holds it; for a bag one for each service. Get it by another way than
    /// the file. A bag is checked without one too, and then says whose keys are in it
    #[arg(long = "key", value_name = "KEY")]
    pub keys: Vec<String>,
    /// An older checkpoint of the same log, which an export must begin with
    #[arg(long, value_name = "FILE")]
    pub older: Option<PathBuf>,
    /// Folder of the keys of a backup, where they were moved
    #[arg(long, value_name = "FOLDER")]
    pub backup_keys: Option<PathBuf>,
}

impl Verify {
    /// Checks it.
    pub fn run(self, machine: bool) -> Result<(), Failure> {
        let keys = self.keys.iter().map(|text| key(text)).collect::<Result<Vec<_>, _>>()?;
        if backup::is_backup(&self.file) {
            let [key] = keys.as_slice() else {
                return Err(Failure::Usage("a backup is checked against one --key".to_owned()));
            };
            let verdict = backup::check(&self.file, self.backup_keys.as_deref(), key)?;
            return if machine { say(&verdict.value.to_string()) } else { say(&verdict.words) };
        }
        if bag::is_bag(&self.file)? {
            if self.older.is_some() {
                return Err(Failure::Usage("--older goes with an export, not with a bag".to_owned()));
            }
            return bag::run(&self.file, &keys, machine);
        }
        let [key] = keys.as_slice() else {
            return Err(Failure::Usage(
                "an export, a certificate or a proof is checked against one --key".to_owned(),
            ));
        };
        let older = self.older.as_deref().map(|path| open(&input::file(path)?, key)).transpose()?;
        let verdict = check(&self.file, key, older.as_ref())?;
        if machine { say(&verdict.value.to_string()) } else { say(&verdict.words) }
    }
}

/// What was found to hold.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// For a person.
    pub words: String,
    /// For a program.
    pub value: Value,
}

/// Checks a file, whichever of the two it is.
pub fn check(file: &Path, key: &VerifierKey, older: Option<&Checkpoint>) -> Result<Verdict, Failure> {
    let read = || Failure::file("read", file);
    let mut first = String::new();
    BufReader::new(File::open(file).map_err(read())?).read_line(&mut first).map_err(read())?;
    if json::read::<Signed>(&first).is_ok() {
        return export(file, key, older);
    }
    if older.is_some() {
        return Err(Failure::Usage("--older goes with an export, not with a proof or a ledger".to_owned()));
    }
    if ledger::is_ledger(&first) {
        return ledger::check(file, key);
    }
    let text = input::file(file)?;
    if let Some(found) = certificate::read(&text) {
        return certificate::check(&found, key);
    }
    inclusion(&text, key)
}

/// An export: the checkpoint is signed, the entries are without a gap, and their root is the one signed.
fn export(file: &Path, key: &VerifierKey, older: Option<&Checkpoint>) -> Result<Verdict, Failure> {
    let mut lines = BufReader::new(File::open(file).map_err(Failure::file("read", file))?).lines();
    let mut next = || lines.next().transpose().map_err(Failure::file("read", file));
    let signed: Signed = json::read(&next()?.unwrap_or_default())?;
    let head = open(&signed.note, key)?;
    let mut tiles = Tiles::new();
    let mut size = 0_u64;
    while let Some(line) = next()? {
        let entry: Entry = json::read(&line)?;
        if u64::try_from(entry.position).ok() != Some(size + 1) {
            return Err(Failure::Unsound(format!("the entry after position {size} is missing")));
        }
        size = tiles
            .append(size, &[Hash::leaf(&entry.content)])
            .map_err(|error| Failure::Fault(error.to_string()))?;
        if let Some(older) = older.filter(|older| older.size == size) {
            agree(&tiles, older, "the older checkpoint")?;
        }
    }
    if size != head.size {
        return Err(Failure::Unsound(format!(
            "the checkpoint covers {} entries and the export holds {size}",
            head.size
        )));
    }
    if older.is_some_and(|older| older.size > size) {
        return Err(Failure::Unsound(
            "the older checkpoint covers more entries than the export holds".to_owned(),
        ));
    }
    agree(&tiles, &head, "the checkpoint")?;
    let since = older.map(|older| format!(", and begin with the {} of the older checkpoint", older.size));
    Ok(Verdict {
        words: format!(
            "verified: the {size} entries of {} are exactly those that its key signed{}",
            head.origin,
            since.unwrap_or_default(),
        ),
        value: serde_json::json!({ "verified": true, "origin": head.origin, "size": size, "root": head.root.to_string() }),
    })
}

/// A proof: the checkpoint is signed, and the entry is under its root.
fn inclusion(text: &str, key: &VerifierKey) -> Result<Verdict, Failure> {
    let wrong = |_| Failure::Invalid("the file is neither an export nor a proof".to_owned());
    let value: Value = serde_json::from_str(text).map_err(wrong)?;
    let signed: Signed = json::read(&value["checkpoint"].to_string())?;
    let found: GetInclusionProofResponse = json::read(&value["inclusion"].to_string())?;
    let entry = found.entry.unwrap_or_default();
    let head = open(&signed.note, key)?;
    let index = u64::try_from(entry.position).ok().and_then(|position| position.checked_sub(1));
    let hashes: Option<Vec<Hash>> = found.hashes.iter().map(|hash| self::hash(hash)).collect();
    let (Some(index), Some(hashes)) = (index, hashes) else {
        return Err(Failure::Unsound("the proof is malformed".to_owned()));
    };
    proof::verify_inclusion(Hash::leaf(&entry.content), index, head.size, &hashes, head.root)
        .map_err(|fault| Failure::Unsound(format!("the entry is not in the log: {fault}")))?;
    let content = EntryContent::decode(entry.content.as_ref()).unwrap_or_default();
    let what = word::of(content.r#type.rsplit('.').next().unwrap_or_default());
    Ok(Verdict {
        words: format!(
            "verified: entry {} ({what}, {}/{}) is among the {} entries under the signed head of {}",
            entry.position, content.stream_kind, content.stream_id, head.size, head.origin,
        ),
        value: serde_json::json!({
            "verified": true, "origin": head.origin, "size": head.size, "position": entry.position,
            "entryId": content.entry_id, "type": content.r#type,
        }),
    })
}

fn agree(tiles: &Tiles, checkpoint: &Checkpoint, what: &str) -> Result<(), Failure> {
    let root = plan::root(tiles, checkpoint.size).map_err(|error| Failure::Fault(error.to_string()))?;
    if root == checkpoint.root {
        Ok(())
    } else {
        Err(Failure::Unsound(format!("the entries do not lead to the root of {what}: some were changed")))
    }
}

fn open(note: &str, key: &VerifierKey) -> Result<Checkpoint, Failure> {
    Checkpoint::open(note, key)
        .map_err(|fault| Failure::Unsound(format!("the checkpoint cannot be trusted: {fault}")))
}

fn key(text: &str) -> Result<VerifierKey, Failure> {
    let path = Path::new(text);
    let text = if path.is_file() { input::file(path)? } else { text.to_owned() };
    VerifierKey::parse(text.trim())
        .map_err(|fault| Failure::Invalid(format!("the key cannot be used: {fault}")))
}

fn hash(bytes: &[u8]) -> Option<Hash> {
    Hash::try_from(bytes).ok()
}
