//! Reading a ledger and checking it: the chain without a gap, every head signed. It takes no secret and changes nothing.

use std::io::{self, BufRead};

use redress_journal::checkpoint::{NoteFault, VerifierKey};

use crate::{Erasure, Head, line::Line};

/// An erasure with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was erased.
    pub erasure: Erasure,
    /// The head that the ledger reached with it.
    pub head: Head,
}

/// What is wrong with a ledger.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// It cannot be read.
    #[error("the erasure ledger cannot be read")]
    Unreadable(#[source] io::Error),
    /// A line is not one.
    #[error("line {line} of the erasure ledger is not one of a ledger")]
    NotALine {
        /// Its number, from 1.
        line: u64,
    },
    /// A line does not follow the one before: lines were taken out, moved or changed.
    #[error("line {line} of the erasure ledger does not follow the one before it")]
    Broken {
        /// Its number, from 1.
        line: u64,
    },
    /// A line is not signed by the expected key, or says something else than what was signed.
    #[error("line {line} of the erasure ledger is not what was signed: {fault}")]
    Unsigned {
        /// Its number, from 1.
        line: u64,
        /// Why.
        fault: NoteFault,
    },
}

/// What reading came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The last head.
    pub head: Head,
    /// Bytes of whole lines.
    pub whole: u64,
    /// Bytes after them: a line that was never finished, and so never acted on.
    pub torn: u64,
}

/// Reads lines after `from` and hands each on. A torn last line is passed over.
pub fn read(
    mut lines: impl BufRead,
    key: &VerifierKey,
    from: Head,
    mut each: impl FnMut(Entry),
) -> Result<Extent, Damage> {
    let mut extent = Extent { head: from, whole: 0, torn: 0 };
    let mut bytes = Vec::new();
    loop {
        bytes.clear();
        let read = lines.read_until(b'\n', &mut bytes).map_err(Damage::Unreadable)?;
        let length = u64::try_from(read).unwrap_or(u64::MAX);
        if bytes.last() != Some(&b'\n') {
            extent.torn = length;
            return Ok(extent);
        }
        let line = extent.head.number + 1;
        let found: Line = serde_json::from_slice(&bytes).map_err(|_| Damage::NotALine { line })?;
        let head = extent.head.then(&found.erasure).map_err(|_| Damage::NotALine { line })?;
        if found.number != head.number {
            return Err(Damage::Broken { line });
        }
        head.verify(&found.head, key).map_err(|fault| match fault {
            // Well signed, of another head: the lines before are not those it was signed over.
            NoteFault::WrongOrigin => Damage::Broken { line },
            other @ (NoteFault::Malformed | NoteFault::Unsigned | NoteFault::FalseSignature) => {
                Damage::Unsigned { line, fault: other }
            }
        })?;
        extent = Extent { head, whole: extent.whole + length, torn: 0 };
        each(Entry { erasure: found.erasure, head });
    }
}
