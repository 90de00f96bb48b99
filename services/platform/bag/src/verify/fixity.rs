//! Whether any file was changed, lost or added since the manifests were made.

use std::collections::BTreeMap;

use super::{Check, Finding, findings, inventory::Inventory, shown};
use crate::{
    hashing::is_digest,
    path,
    plan::{MANIFEST, SIGNATURE, TAG_MANIFEST},
};

pub(super) fn check(inventory: &Inventory) -> Vec<Finding> {
    let mut faults = Vec::new();
    let payload = manifest(inventory, MANIFEST, &mut faults);
    let tags = manifest(inventory, TAG_MANIFEST, &mut faults);
    compare(inventory, &payload, MANIFEST, |path| path.starts_with("data/"), &mut faults);
    // The manifest of the tag files cannot list itself, and the signature is made over it.
    let listed = |path: &str| !path.contains('/') && ![TAG_MANIFEST, SIGNATURE].contains(&path);
    compare(inventory, &tags, TAG_MANIFEST, listed, &mut faults);
    findings(Check::Fixity, faults, || {
        format!(
            "No file was changed, lost or added: all {} have the digests that the manifests say.",
            payload.len() + tags.len()
        )
    })
}

/// The digests that a manifest states, by path.
fn manifest(inventory: &Inventory, name: &str, faults: &mut Vec<String>) -> BTreeMap<String, String> {
    let mut stated = BTreeMap::new();
    let Some(text) = inventory.text(name) else {
        faults.push(format!(
            "{name} is missing or is not text, so nothing shows that its files are unchanged."
        ));
        return stated;
    };
    for line in text.lines().filter(|line| !line.is_empty()) {
        let parts =
            line.split_once([' ', '\t']).map(|(digest, path)| (digest, path.trim_start_matches([' ', '\t'])));
        let Some((digest, encoded)) = parts.filter(|(digest, _)| is_digest(digest)) else {
            faults.push(format!("{name} has a line that is not a digest and a name: {}.", shown(line)));
            continue;
        };
        let path = decoded(encoded);
        if let Err(fault) = path::judge(&path) {
            faults.push(format!("{name} names {}, which {fault}.", shown(&path)));
        } else if stated.insert(path, digest.to_ascii_lowercase()).is_some() {
            faults.push(format!("{name} names {} twice.", shown(encoded)));
        }
    }
    stated
}

fn compare(
    inventory: &Inventory,
    stated: &BTreeMap<String, String>,
    name: &str,
    belongs: impl Fn(&str) -> bool,
    faults: &mut Vec<String>,
) {
    for (path, digest) in stated {
        match inventory.files.get(path) {
            _ if !belongs(path) => faults.push(format!("{name} names {path}, which does not belong in it.")),
            None => faults.push(format!("{path} is missing.")),
            Some(found) if found.sha256 != *digest => {
                faults.push(format!(
                    "{path} was changed: its digest is {}, and {name} says {digest}.",
                    found.sha256
                ));
            }
            Some(_) => {}
        }
    }
    for path in inventory.files.keys().filter(|path| belongs(path) && !stated.contains_key(*path)) {
        faults.push(format!("{path} was added: {name} does not name it."));
    }
}

/// A path in a manifest: line ends and the percent sign are encoded there (RFC 8493, 2.1.3).
fn decoded(path: &str) -> String {
    path.replace("%0A", "\n")
        .replace("%0a", "\n")
        .replace("%0D", "\r")
        .replace("%0d", "\r")
        .replace("%25", "%")
}
