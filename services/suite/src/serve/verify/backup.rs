//! Checking a backup: its manifest is signed, and every file is what the manifest says.

use std::path::{Path, PathBuf};

use redress_journal::checkpoint::VerifierKey;
use serde_json::json;

use super::Verdict;
use crate::client::Failure;

/// Whether what lies there is a backup.
pub(super) fn is_backup(path: &Path) -> bool {
    path.join(redress_backup::manifest::SIGNATURE).is_file()
}

/// Checks the backup; its keys lie in `keys`, or where `redress backup` puts them.
pub(super) fn check(folder: &Path, keys: Option<&Path>, key: &VerifierKey) -> Result<Verdict, Failure> {
    let keys = keys.map_or_else(|| beside(folder), Path::to_path_buf);
    let manifest = redress_backup::check(folder, &keys, key).map_err(|fault| {
        let cause = std::error::Error::source(&fault).map(|cause| format!(": {cause}")).unwrap_or_default();
        Failure::Unsound(format!("{fault}{cause}"))
    })?;
    Ok(Verdict {
        words: format!(
            "verified: the backup of {} begun at {} is what was signed: {} files, {} documents, {} entries of the journal, erasures up to {}; \
             to be kept until {}",
            manifest.service,
            manifest.begun_at,
            manifest.files.len() + manifest.keys.len(),
            manifest.objects,
            manifest.log_size,
            manifest.ledger_number,
            manifest.keep_until,
        ),
        value: json!({
            "verified": true, "origin": manifest.origin, "service": manifest.service, "begun": manifest.begun_at.to_string(),
            "keepUntil": manifest.keep_until.to_string(), "entries": manifest.log_size, "objects": manifest.objects,
            "erasures": manifest.ledger_number,
        }),
    })
}

/// Where the keys of the backup in `folder` lie: `keys/{service}/{name}` beside `{service}/{name}`.
fn beside(folder: &Path) -> PathBuf {
    let mut up = folder.components().rev();
    let (name, service) = (up.next(), up.next());
    let mut path: PathBuf = up.rev().collect();
    path.push("keys");
    path.extend(service);
    path.extend(name);
    path
}
