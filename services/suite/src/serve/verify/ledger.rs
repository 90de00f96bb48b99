//! Checking an erasure ledger: every line follows the one before and is what its service signed.

use std::{fs::File, io::BufReader, path::Path};

use redress_journal::checkpoint::VerifierKey;
use redress_ledger::{Head, read};
use serde_json::{Value, json};

use super::Verdict;
use crate::client::Failure;

/// Whether a first line is one of an erasure ledger.
pub(super) fn is_ledger(first: &str) -> bool {
    serde_json::from_str::<Value>(first).is_ok_and(|line| line.get("erasure").is_some())
}

/// Checks the ledger.
pub(super) fn check(path: &Path, key: &VerifierKey) -> Result<Verdict, Failure> {
    let file = BufReader::new(File::open(path).map_err(Failure::file("read", path))?);
    let mut keys = 0_usize;
    let extent = read(file, key, Head::empty(), |entry| keys += entry.erasure.keys.len());
    let extent = extent.map_err(|damage| Failure::Unsound(damage.to_string()))?;
    let (number, hash, origin) = (extent.head.number, extent.head.hash, key.name());
    let torn = if extent.torn > 0 {
        "; a line after them was never finished, and nothing was erased for it"
    } else {
        ""
    };
    Ok(Verdict {
        words: format!(
            "verified: {number} erasures of {origin} with {keys} keys, each as it was signed, none taken out or moved{torn}"
        ),
        value: json!({ "verified": true, "origin": origin, "erasures": number, "keys": keys, "head": hash.to_string() }),
    })
}
