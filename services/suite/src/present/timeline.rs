//! What happened to a complaint: when, what, by whom, under which rule.

use redress_proto::{complaints::v1::TimelineEntry, r#type::v1::CitationInput};

use super::{Grid, Screen, Tone, citation, date, word};

/// Details that tell a person something; the others name things or repeat what stands beside them.
const TOLD: [&str; 14] = [
    "channel",
    "code",
    "due_on",
    "entry_stage",
    "handler",
    "outcome",
    "reason",
    "received_on",
    "stage_number",
    "step",
    "steps",
    "subject",
    "to_stage",
    "withdrawn_by",
];

/// How much is told of each entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What tells a person something.
    Told,
    /// Everything, as it was recorded.
    Whole,
}

/// Every entry, oldest first.
pub fn show(screen: Screen, entries: &[TimelineEntry], depth: Depth) -> String {
    let mut grid = Grid::new(screen, &["#", "when", "what", "who", "rule"]);
    for entry in entries {
        let happened = entry.occurrence.as_ref().and_then(|occurrence| occurrence.happened_on.as_ref());
        let mut what = vec![word::of(&entry.r#type)];
        match depth {
            Depth::Told => what.extend(told(&entry.details)),
            Depth::Whole => what.extend(entry.details.iter().map(whole)),
        }
        if !entry.note.is_empty() {
            what.push(format!("“{}”", entry.note));
        }
        let actor = entry.actor.as_ref().map_or("the suite", |actor| {
            if actor.subject.is_empty() { "the suite" } else { actor.subject.as_str() }
        });
        grid.row([
            (Tone::Faint, entry.version.to_string()),
            (Tone::Plain, date::shown(happened)),
            (Tone::Plain, what.join("\n")),
            (Tone::Plain, actor.to_owned()),
            (Tone::Faint, citation::all(&entry.citations)),
        ]);
    }
    grid.text()
}

fn told(details: &[CitationInput]) -> Option<String> {
    let telling = details.iter().filter(|detail| TOLD.contains(&detail.name.as_str()));
    let parts: Vec<String> =
        telling.map(|detail| format!("{} {}", word::of(&detail.name), value(detail))).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn whole(detail: &CitationInput) -> String {
    format!("{}: {}", word::of(&detail.name), detail.value)
}

/// A value in words: `CHANNEL_IN_PERSON` of `channel` is `in person`.
fn value(detail: &CitationInput) -> String {
    let prefix = format!("{}_", detail.name.to_uppercase());
    match detail.value.strip_prefix(&prefix) {
        Some(rest) => word::of(rest),
        None => detail.value.clone(),
    }
}
