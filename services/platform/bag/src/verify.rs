//! What holds of a bag and what does not, in plain words. Needs no network, no database and no clock, and trusts
//! nobody: the bag may have been made to harm whoever checks it.
//!
//! A bag is read once, from front to back. Of most files only size and digest are kept; only the few that say something
//! about the others are held, up to a limit. Nothing is ever written, and no name in the bag is used as a path.

mod fixity;
mod folder;
mod format;
mod inventory;
mod journal;
mod signature;
mod stated;

use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

use redress_journal::checkpoint::VerifierKey;
use serde::Serialize;

use inventory::Inventory;
pub use inventory::Malformed;

/// Most findings of one kind that are spelt out.
const MOST_TOLD: usize = 50;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The name of the bag, as its outermost folder is called.
    pub name: String,
    /// What holds and what does not, in the order in which it was looked at.
    pub findings: Vec<Finding>,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// Whether it holds.
    pub verdict: Verdict,
    /// The same for a person.
    pub words: String,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Check {
    /// The archive or folder can be read, and holds plain files only.
    Archive,
    /// It is a BagIt bag.
    Format,
    /// No file was changed, lost or added.
    Fixity,
    /// Who signed the manifest.
    Signature,
    /// Everything is listed as included or withheld, and the list is true.
    Completeness,
    /// Every journal entry was in the journal that was signed.
    Journal,
}

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It does.
    Holds,
    /// It does not.
    Fails,
    /// It does if the reader knows something that the bag cannot tell: whose the keys are.
    Open,
}

impl Report {
    /// Whether nothing fails.
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.verdict != Verdict::Fails)
    }

    /// Whether nothing fails and nothing is left for the reader to find out.
    pub fn is_proved(&self) -> bool {
        self.findings.iter().all(|finding| finding.verdict == Verdict::Holds)
    }

    /// The report for a person, a line for each finding and a last one that sums up.
    pub fn words(&self) -> String {
        let mut lines: Vec<String> = self.findings.iter().map(Finding::line).collect();
        lines.push(match (self.is_sound(), self.is_proved()) {
            (true, true) => format!("The bag {} holds.", self.name),
            (true, false) => {
                format!("The bag {} holds, if the keys named above are the right ones.", self.name)
            }
            (false, _) => format!("The bag {} does NOT hold. Do not rely on it.", self.name),
        });
        lines.join("\n")
    }
}

impl Finding {
    fn new(check: Check, verdict: Verdict, words: impl Into<String>) -> Self {
        Self { check, verdict, words: words.into() }
    }

    fn line(&self) -> String {
        let verdict = match self.verdict {
            Verdict::Holds => "holds   ",
            Verdict::Fails => "FAILS   ",
            Verdict::Open => "compare ",
        };
        format!("{verdict}  {}", self.words)
    }
}

/// Checks the bag at `path`, an archive or a folder, against the keys the reader trusts.
pub fn at(path: &Path, keys: &[VerifierKey]) -> Report {
    if path.is_dir() {
        return judged(folder::read(path), keys);
    }
    match File::open(path) {
        Ok(file) => archive(BufReader::new(file), keys),
        Err(error) => judged(Err(Malformed::Unreadable { path: path.display().to_string(), error }), keys),
    }
}

/// Checks the bag in an archive.
pub fn archive(input: impl Read, keys: &[VerifierKey]) -> Report {
    judged(Inventory::of_archive(input), keys)
}

fn judged(inventory: Result<Inventory, Malformed>, keys: &[VerifierKey]) -> Report {
    let inventory = match inventory {
        Ok(inventory) => inventory,
        Err(fault) => {
            let finding = Finding::new(Check::Archive, Verdict::Fails, sentence(&fault.to_string()));
            return Report { name: "(unread)".to_owned(), findings: vec![finding] };
        }
    };
    let mut findings = vec![inventory.finding()];
    findings.extend(format::check(&inventory));
    findings.extend(fixity::check(&inventory));
    findings.push(signature::check(&inventory, keys));
    findings.extend(stated::check(&inventory, keys));
    Report { name: inventory.name, findings }
}

/// One finding for each fault, up to a limit; the one that holds when there is none.
fn findings(check: Check, faults: Vec<String>, holds: impl FnOnce() -> String) -> Vec<Finding> {
    if faults.is_empty() {
        return vec![Finding::new(check, Verdict::Holds, holds())];
    }
    let more = faults.len().saturating_sub(MOST_TOLD);
    let mut findings: Vec<Finding> =
        faults.into_iter().take(MOST_TOLD).map(|fault| Finding::new(check, Verdict::Fails, fault)).collect();
    if more > 0 {
        findings.push(Finding::new(check, Verdict::Fails, format!("… and {more} more of this kind.")));
    }
    findings
}

/// Words as a sentence.
fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    let first = characters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", characters.as_str())
}

/// Anyone's text on one line and of bounded length, for words that are shown on a terminal.
fn shown(text: &str) -> String {
    let kept: String = text.chars().take(200).collect();
    kept.escape_debug().to_string()
}
