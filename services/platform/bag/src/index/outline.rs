//! The sentences that page and document share.

use crate::{
    case::{Fact, Happening, Stage},
    statement::{Item, Journal, Statement},
};

/// How a stranger checks the bag.
pub(super) const CHECKING: [&str; 3] = [
    "To read it, nothing is needed but this index: every paper is a file beside it, and the texts of the letters are in it.",
    "To see that no file was changed, any BagIt program will do; the digests stand in manifest-sha256.txt.",
    "To see that nothing was made up afterwards, run `redress verify` on the bag with the keys that the services publish. \
     It needs no network. It checks the signature of the manifest, and that every journal entry was in the journal when it was signed.",
];

/// What there is, in a sentence or two.
pub(super) fn lead(statement: &Statement) -> String {
    let (included, withheld) = statement.counts();
    let entries = statement.entries();
    let rest = match withheld {
        0 => "Nothing is withheld.".to_owned(),
        1 => "One paper is withheld; it is listed with the reason and who says so.".to_owned(),
        many => format!("{many} papers are withheld; each is listed with the reason and who says so."),
    };
    let papers = if included == 1 { "1 paper".to_owned() } else { format!("{included} papers") };
    let entries =
        if entries == 1 { "1 journal entry".to_owned() } else { format!("{entries} journal entries") };
    format!("This is everything on file about the complaint: {papers} and {entries}. {rest}")
}

/// The recipient after an article, or at the head of a page.
pub(super) fn bare(recipient: &str) -> &str {
    recipient.strip_prefix("the ").or_else(|| recipient.strip_prefix("The ")).unwrap_or(recipient)
}

/// What stands beneath a happening: who, particulars, rules.
pub(super) fn beneath(happening: &Happening) -> Vec<String> {
    let mut lines = Vec::new();
    if !happening.who.is_empty() {
        lines.push(format!("by {}", happening.who));
    }
    lines.extend(happening.particulars.iter().map(fact));
    lines.extend(rules(&happening.citations));
    lines
}

/// The rules on one line, if there are any.
pub(super) fn rules(citations: &[String]) -> Vec<String> {
    if citations.is_empty() { Vec::new() } else { vec![format!("Rules: {}", citations.join("; "))] }
}

/// A fact on one line.
pub(super) fn fact(fact: &Fact) -> String {
    format!("{}: {}", fact.label, fact.value)
}

/// A stage with its limits on one line.
pub(super) fn stage(number: usize, stage: &Stage) -> String {
    let limits: Vec<String> = stage.limits.iter().map(fact).collect();
    let title = format!("Stage {number}: {}", stage.title);
    if limits.is_empty() { title } else { format!("{title} ({})", limits.join("; ")) }
}

/// Where a paper lies, or why it does not.
pub(super) fn whereabouts(item: &Item) -> String {
    match &item.withheld {
        Some(withheld) => {
            format!("WITHHELD: {}. On the authority of: {}", withheld.reason.words(), withheld.authority)
        }
        None => item
            .files
            .iter()
            .map(|file| format!("{} ({})", file.path, size(file.size)))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

/// What of a journal is in the bag.
pub(super) fn journal(journal: &Journal) -> String {
    let number = journal.entries.len();
    let entries = if number == 1 { "1 entry is".to_owned() } else { format!("{number} entries are") };
    format!("{entries} about this case, out of {} under the signed checkpoint", journal.size)
}

/// A size for a person.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes % 1_000_000_000 / 100_000_000),
    }
}
