//! Checking an export with nothing but the key: no network, no database, no clock.

use std::io::{self, BufRead, Read as _};

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::{
    checkpoint::{Checkpoint, NoteFault, VerifierKey},
    entry::Entry,
    export::{FORMAT, Header, Line},
    merkle::{ProofFault, proof::verify_inclusion},
};

/// No honest line is longer: an entry of 64 KiB in base64, and a proof.
const LONGEST_LINE: u64 = 256 * 1024;

/// What was found good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The checkpoint against which everything was checked.
    pub checkpoint: Checkpoint,
    /// Entries that are proved to be in the log.
    pub entries: u64,
    /// Whether these are all entries of the log up to the checkpoint.
    pub complete: bool,
}

/// What was found wrong first, and where.
#[derive(Debug, thiserror::Error)]
pub enum ExportFault {
    /// The file cannot be read.
    #[error("the export cannot be read")]
    Unreadable(#[source] io::Error),
    /// A line is not of the format.
    #[error("line {line} is not of the format")]
    Format {
        /// Its number, from 1.
        line: u64,
    },
    /// The checkpoint is not one of the trusted key's.
    #[error("the checkpoint is not accepted: {0}")]
    Checkpoint(NoteFault),
    /// An entry is not in the log as it stands there.
    #[error("the entry at position {position} (line {line}) is not in the log: {fault}")]
    Entry {
        /// Its line.
        line: u64,
        /// Its position, as the line says.
        position: u64,
        /// What its proof does instead.
        fault: ProofFault,
    },
    /// Positions do not rise.
    #[error("the entry at position {position} (line {line}) is out of order")]
    Order {
        /// Its line.
        line: u64,
        /// Its position, as the line says.
        position: u64,
    },
}

/// Checks an export against the key one trusts, and hands each entry on once it is proved.
pub fn verify_export(
    mut export: impl BufRead,
    key: &VerifierKey,
    mut proved: impl FnMut(Entry),
) -> Result<Verdict, ExportFault> {
    let header: Header = parse(&mut export, 1)?.ok_or(ExportFault::Format { line: 1 })?;
    if header.format != FORMAT {
        return Err(ExportFault::Format { line: 1 });
    }
    let checkpoint = Checkpoint::open(&header.checkpoint, key).map_err(ExportFault::Checkpoint)?;
    let (mut entries, mut before) = (0, 0);
    for line in 2.. {
        let Some(Line { position, content, proof }) = parse(&mut export, line)? else { break };
        if position <= before {
            return Err(ExportFault::Order { line, position });
        }
        let bytes = STANDARD.decode(content).map_err(|_| ExportFault::Format { line })?;
        let signed = i64::try_from(position).map_err(|_| ExportFault::Format { line })?;
        let entry = Entry::parse(signed, bytes, String::new()).map_err(|_| ExportFault::Format { line })?;
        verify_inclusion(entry.leaf(), position - 1, checkpoint.size, &proof, checkpoint.root)
            .map_err(|fault| ExportFault::Entry { line, position, fault })?;
        entries += 1;
        before = position;
        proved(entry);
    }
    // Positions rise from 1 to the size at most, so the count alone tells.
    let complete = entries == checkpoint.size;
    Ok(Verdict { checkpoint, entries, complete })
}

/// The next line, read into its form; none at the end of the file.
fn parse<T: serde::de::DeserializeOwned>(
    export: &mut impl BufRead,
    line: u64,
) -> Result<Option<T>, ExportFault> {
    let mut bytes = Vec::new();
    export.take(LONGEST_LINE).read_until(b'\n', &mut bytes).map_err(ExportFault::Unreadable)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    serde_json::from_slice(&bytes).map(Some).map_err(|_| ExportFault::Format { line })
}
