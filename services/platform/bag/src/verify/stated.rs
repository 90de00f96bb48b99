//! Whether the completeness statement is true of what is here.

use std::collections::BTreeSet;

use redress_journal::checkpoint::VerifierKey;

use super::{Check, Finding, Verdict, findings, inventory::Inventory, journal, shown};
use crate::{
    index::{HTML, PDF},
    statement::{FORMAT, File, JSON, Statement, TEXT},
};

/// What the journals call the things that a statement must account for, one by one.
const PAPERS: [&str; 2] = ["documents/", "papers/"];

pub(super) fn check(inventory: &Inventory, keys: &[VerifierKey]) -> Vec<Finding> {
    let read: Option<Statement> =
        inventory.held.get(JSON).and_then(|bytes| serde_json::from_slice(bytes).ok());
    let Some(statement) = read.filter(|statement| statement.format == FORMAT) else {
        let words =
            format!("{JSON} is missing or cannot be read, so nothing says whether the bag is complete.");
        return vec![Finding::new(Check::Completeness, Verdict::Fails, words)];
    };
    let mut faults = Vec::new();
    let mut listed: BTreeSet<&str> = [HTML, PDF, TEXT, JSON].into();
    for item in &statement.items {
        let id = shown(&item.id);
        faults.extend(match &item.withheld {
            None if item.files.is_empty() => Some(format!("{id} is stated to be included and has no file.")),
            Some(_) if !item.files.is_empty() => {
                Some(format!("{id} is stated to be withheld and has files."))
            }
            Some(withheld) if withheld.authority.trim().is_empty() => {
                Some(format!("{id} is withheld and nobody is named who says so."))
            }
            None | Some(_) => None,
        });
        for file in &item.files {
            faults.extend(differs(inventory, file));
            if !listed.insert(&file.path) {
                faults.push(format!("{} is stated to be two things.", shown(&file.path)));
            }
        }
    }
    for journal in &statement.journals {
        faults.extend(differs(inventory, &journal.file));
        listed.insert(&journal.file.path);
    }
    let known: BTreeSet<&str> = statement.items.iter().map(|item| item.id.as_str()).collect();
    for entry in statement.journals.iter().flat_map(|journal| &journal.entries) {
        // The journals tell of every paper that was ever filed, whoever would rather not.
        let paper = PAPERS.iter().any(|kind| entry.about.starts_with(kind));
        if paper && !known.contains(entry.about.as_str()) {
            faults.push(format!(
                "The journal tells of {}, and the statement says nothing of it.",
                shown(&entry.about)
            ));
        }
    }
    for (path, _) in inventory.payload().filter(|(path, _)| !listed.contains(path.as_str())) {
        faults.push(format!("{path} is in the bag and the statement does not list it."));
    }
    let (included, withheld) = statement.counts();
    let mut found = findings(Check::Completeness, faults, || {
        format!(
            "The completeness statement is true of this bag: {included} papers are here, {withheld} are withheld with a reason \
             and an authority, {} journal entries are here, and nothing else is.",
            statement.entries(),
        )
    });
    if statement.journals.is_empty() {
        let words = "No journal is in the bag, so nothing shows when things were recorded.";
        found.push(Finding::new(Check::Journal, Verdict::Fails, words));
    }
    found.extend(statement.journals.iter().flat_map(|stated| journal::check(inventory, stated, keys)));
    found
}

fn differs(inventory: &Inventory, file: &File) -> Option<String> {
    let path = shown(&file.path);
    match inventory.files.get(&file.path) {
        None => Some(format!("{path} is stated to be included and is not here.")),
        Some(found) if found.sha256 != file.sha256 || found.size != file.size => {
            Some(format!("{path} is not the file that the statement speaks of."))
        }
        Some(_) => None,
    }
}
