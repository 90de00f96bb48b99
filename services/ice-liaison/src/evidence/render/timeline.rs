//! What happened, and what people wrote about it.

use redress_bag::case::{Fact, Happening};
use redress_chassis::wire;
use redress_kernel::london_date;
use redress_proto::{complaints::v1::TimelineEntry, r#type::v1::CitationInput};

use super::{day, examination, word};
use crate::evidence::Papers;

pub(super) fn timeline(papers: &Papers) -> Vec<Happening> {
    let own = papers.timeline.iter().filter_map(|entry| happening(papers, entry));
    let mut all: Vec<Happening> = own.chain(examination::timeline(papers)).collect();
    // What happened on one day stays in the order in which it was recorded.
    all.sort_by_key(|happening| happening.on);
    all
}

fn happening(papers: &Papers, entry: &TimelineEntry) -> Option<Happening> {
    let occurrence = entry.occurrence.as_ref()?;
    let recorded = occurrence.record_time.as_ref().and_then(wire::read_timestamp).map(london_date);
    let on = occurrence.happened_on.as_ref().and_then(wire::read_date).or(recorded)?;
    let mut particulars: Vec<Fact> =
        entry.details.iter().filter_map(|detail| particular(papers, detail)).collect();
    particulars.extend(
        recorded
            .filter(|recorded| *recorded != on)
            .map(|recorded| Fact::new("recorded on", super::words(recorded))),
    );
    if !entry.note.is_empty() {
        particulars.push(Fact::new("note", entry.note.clone()));
    }
    Some(Happening {
        on,
        what: word::sentence(&entry.r#type),
        who: word::actor(papers, entry.actor.as_ref()),
        particulars,
        citations: word::rules(&entry.citations),
    })
}

/// A detail that tells a person something: names of things are theirs to programs.
fn particular(papers: &Papers, detail: &CitationInput) -> Option<Fact> {
    let label = word::of(&detail.name);
    let value = if detail.value.starts_with("organisations/") {
        papers.name(&detail.value)
    } else if detail.value.contains('/') || detail.name.contains("digest") {
        return None;
    } else if let Ok(date) = detail.value.parse() {
        super::words(date)
    } else {
        let prefix = format!("{}_", detail.name.to_uppercase());
        detail.value.strip_prefix(&prefix).map_or_else(|| detail.value.clone(), word::of)
    };
    (!value.is_empty()).then(|| Fact::new(label, value))
}

/// The steps of the procedure, each with who did it and when.
pub(super) fn steps(papers: &Papers) -> impl Iterator<Item = Fact> {
    papers.complaint.steps.iter().map(|step| {
        let done = match day(step.done_on.as_ref()) {
            Some(on) => format!("done on {on} by {}", word::actor(papers, step.done_by.as_ref())),
            None if step.reopened => "reopened, and not done again".to_owned(),
            None => "not done".to_owned(),
        };
        Fact::new(format!("Stage {}, {}", step.stage_number, step.title), done)
    })
}
