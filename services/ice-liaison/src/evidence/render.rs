//! The answers as the plain values of a bag. Pure: the same answers give the same bag.
//!
//! Whatever depends on the day on which one looks is left out: whether a clock runs or is past due, and whether early
//! access is open by now. A bag tells what was recorded, and a bag made tomorrow of an unchanged case is the same.

mod contact;
mod decision;
mod examination;
mod fact;
mod paper;
mod procedure;
mod record;
mod timeline;
mod word;

use jiff::{Timestamp, civil::Date};
use redress_bag::{
    Case,
    case::{Disposition, Letter, Passage, Reason},
};
use redress_chassis::wire;
use redress_kernel::{Digest, InvalidDigest};
use redress_proto::r#type::v1::CivilDate;

use crate::evidence::Papers;

/// Whom a bag is made for.
pub(crate) const RECIPIENT: &str = "the Independent Case Examiner";

/// Why the answers make no case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unrendered {
    /// A digest is not one.
    #[error("a document's digest is not one")]
    Digest(#[from] InvalidDigest),
    /// A message is not in the contract's descriptors.
    #[error("a record cannot be written as JSON")]
    Record,
    /// The journal holds nothing.
    #[error("the journal says nothing of the case")]
    Empty,
}

/// The case.
pub(crate) fn case(papers: &Papers) -> Result<Case, Unrendered> {
    let complaint = &papers.complaint;
    Ok(Case {
        name: complaint.name.clone(),
        reference: complaint.case_reference.clone(),
        sender: papers.name(&complaint.organisation),
        recipient: RECIPIENT.to_owned(),
        as_of: as_of(papers)?,
        facts: fact::facts(papers),
        passages: passages(papers),
        timeline: timeline::timeline(papers),
        decisions: decision::decisions(papers),
        procedure: papers.procedure.as_ref().map(|one| procedure::procedure(papers, one)),
        letters: letters(papers),
        documents: papers
            .documents
            .iter()
            .map(|document| paper::document(papers, document))
            .collect::<Result<_, _>>()?,
        records: record::records(papers)?,
        extracts: papers.extracts.clone(),
    })
}

/// The provider's own letters, what was written in the cases with the examiner, and the files that are no more.
fn letters(papers: &Papers) -> Vec<Letter> {
    let own = papers.letters.iter().map(|letter| paper::letter(papers, letter));
    own.chain(examination::letters(papers)).chain(gone(papers)).collect()
}

/// Whole files that were destroyed, each accounted for by the disposal that ended it; single papers are with the documents.
fn gone(papers: &Papers) -> impl Iterator<Item = Letter> {
    let destroyed = papers.withheld.iter().filter(|(_, withheld)| withheld.reason == Reason::Destroyed);
    destroyed.filter_map(|(name, withheld)| {
        let title = match name.split_once('/')?.0 {
            "contacts" => "The contact it came with",
            "examinations" => "The case with the examiner",
            _ => return None,
        };
        Some(Letter {
            id: name.clone(),
            title: title.to_owned(),
            state: "destroyed at the end of its term".to_owned(),
            content: Disposition::Withheld(withheld.clone()),
        })
    })
}

/// When the newest entry was recorded.
fn as_of(papers: &Papers) -> Result<Timestamp, Unrendered> {
    let entries = papers.extracts.iter().flat_map(|extract| &extract.entries);
    let times = entries.filter_map(|proved| proved.entry.content.record_time?.timestamp().ok());
    times.max().ok_or(Unrendered::Empty)
}

fn passages(papers: &Papers) -> Vec<Passage> {
    let Some(statement) = &papers.complaint.statement else { return Vec::new() };
    [
        ("What the person said", &statement.narrative),
        ("What the person wants", &statement.desired_outcome),
        ("Who speaks for the person", &statement.representative),
    ]
    .into_iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(title, text)| Passage { title: title.to_owned(), text: text.clone() })
    .collect()
}

fn digest(text: &str) -> Result<Digest, InvalidDigest> {
    Digest::parse(text)
}

/// A day for a person; nothing when there is none.
fn day(date: Option<&CivilDate>) -> Option<String> {
    date.and_then(wire::read_date).map(words)
}

/// `3 March 2024`.
fn words(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
