//! Whether every entry about the case was in the journal, unchanged, when its checkpoint was signed.

use std::collections::BTreeMap;

use redress_journal::{checkpoint::VerifierKey, verify::verify_export};

use super::{
    Check, Finding, Verdict, findings,
    inventory::Inventory,
    sentence, shown,
    signature::{Trust, trusted},
};
use crate::statement::{EntryStated, Journal};

/// What happened to one thing is counted, so that nothing can be left out from between.
fn left_out(entries: &[EntryStated]) -> Vec<String> {
    let mut reached: BTreeMap<&str, i64> = BTreeMap::new();
    let mut faults = Vec::new();
    for entry in entries {
        let before = reached.insert(&entry.about, entry.version).unwrap_or_default();
        if entry.version != before.saturating_add(1) {
            faults.push(format!(
                "Entries about {} between its versions {before} and {} are missing.",
                shown(&entry.about),
                entry.version
            ));
        }
    }
    faults
}

pub(super) fn check(inventory: &Inventory, stated: &Journal, keys: &[VerifierKey]) -> Vec<Finding> {
    let service = shown(&stated.service);
    let fails = |words: String| vec![Finding::new(Check::Journal, Verdict::Fails, words)];
    let Some(bytes) = inventory.held.get(&stated.file.path) else {
        return fails(format!("The entries of the {service} journal are not in the bag."));
    };
    let Ok(key) = VerifierKey::parse(&stated.key) else {
        return fails(format!("The key of the {service} journal cannot be read."));
    };
    let trust = trusted(&key, keys);
    let mut entries = Vec::new();
    let verdict = match verify_export(bytes.as_slice(), &key, |entry| entries.push(entry)) {
        Ok(verdict) => verdict,
        Err(fault) => return fails(sentence(&format!("the {service} journal: {fault}"))),
    };
    let found: Vec<EntryStated> = entries.iter().map(EntryStated::of).collect();
    let mut faults = Vec::new();
    if found != stated.entries {
        faults
            .push(format!("The statement lists other entries of the {service} journal than the bag holds."));
    }
    if verdict.checkpoint.size != stated.size {
        faults.push(format!(
            "The statement speaks of another checkpoint of the {service} journal than the bag holds."
        ));
    }
    faults.extend(left_out(&found));
    let size = verdict.checkpoint.size;
    let proved = format!(
        "All {} entries lead to the checkpoint of {} at {size} entries",
        found.len(),
        shown(key.name())
    );
    match trust {
        _ if !faults.is_empty() => findings(Check::Journal, faults, String::new),
        Trust::Given => {
            findings(Check::Journal, faults, || format!("{proved}, signed with the key you gave."))
        }
        Trust::Unknown | Trust::Other => vec![Finding::new(
            Check::Journal,
            Verdict::Open,
            format!(
                "{proved}, signed with the key {key}. Compare it with the key that {} publishes.",
                shown(key.name())
            ),
        )],
    }
}
