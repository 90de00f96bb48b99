//! What happened to a complaint: when, what, by whom, under which rule.

use std::fmt::Write as _;

use redress_proto::complaints::v1::TimelineEntry;

use super::{Grid, Screen, Tone, citation, date, word};

/// Every entry, oldest first.
pub fn show(screen: Screen, entries: &[TimelineEntry]) -> String {
    let mut grid = Grid::new(screen, &["#", "when", "what", "who", "rule"]);
    for entry in entries {
        let happened = entry.occurrence.as_ref().and_then(|occurrence| occurrence.happened_on.as_ref());
        let mut what = word::of(&entry.r#type);
        for detail in &entry.details {
            let _ = write!(what, "\n  {}: {}", word::of(&detail.name), detail.value);
        }
        if !entry.note.is_empty() {
            let _ = write!(what, "\n  “{}”", entry.note);
        }
        let actor = entry.actor.as_ref().map_or("the suite", |actor| {
            if actor.subject.is_empty() { "the suite" } else { actor.subject.as_str() }
        });
        grid.row([
            (Tone::Faint, entry.version.to_string()),
            (Tone::Plain, date::shown(happened)),
            (Tone::Plain, what),
            (Tone::Plain, actor.to_owned()),
            (Tone::Faint, citation::all(&entry.citations)),
        ]);
    }
    grid.text()
}
