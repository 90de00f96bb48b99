//! The letter as a plain value: what is said, not how it looks.

use jiff::civil::Date;

use crate::Language;

/// A letter, or any other short document that goes to a person: a report, a certificate, a notice.
///
/// Texts may hold line ends, which are kept. Characters that a page cannot show are replaced by `�`, never dropped
/// silently; control characters are dropped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The language it is written in.
    pub language: Language,
    /// Who writes.
    pub sender: Party,
    /// Who is written to.
    pub recipient: Party,
    /// The date on the letter; also the date its PDF says it was made, so that rendering again gives the same bytes.
    pub date: Date,
    /// References by which both sides find the case, as `Our reference: …`.
    pub references: Vec<Reference>,
    /// How the recipient is addressed, without a comma: `Dear Ms Jones`. Left out when empty.
    pub salutation: String,
    /// What it is about, on a line of its own.
    pub subject: String,
    /// What it says.
    pub blocks: Vec<Block>,
    /// Who signs; none where the text signs for itself.
    pub signatory: Option<Signatory>,
    /// What stands at the foot of every page.
    pub footer: Footer,
}

/// Someone who writes or is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The name on the first line.
    pub name: String,
    /// The address and ways of contact, line by line.
    pub lines: Vec<String>,
}

impl Party {
    /// Makes a party of a name and its lines.
    pub fn new<L: Into<String>>(name: impl Into<String>, lines: impl IntoIterator<Item = L>) -> Self {
        Self { name: name.into(), lines: lines.into_iter().map(Into::into).collect() }
    }
}

/// A reference with the words that say whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Whose reference: `Our reference`, `ICE reference`.
    pub label: String,
    /// The reference itself.
    pub value: String,
}

impl Reference {
    /// Makes a reference of its label and value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// One part of what a letter says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Running text.
    Paragraph(String),
    /// A heading over what follows.
    Heading(String),
    /// Points, each with a bullet.
    Bullets(Vec<String>),
    /// Facts, each a label and a value.
    Table(Vec<Row>),
    /// A chart: figures as bars, the largest as long as there is room for.
    Bars(Vec<Bar>),
    /// Text that must not be missed, in a box of its own: where to turn next and by when.
    Signposting {
        /// The heading of the box.
        title: String,
        /// Its paragraphs.
        paragraphs: Vec<String>,
    },
}

impl Block {
    /// Makes a paragraph.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph(text.into())
    }

    /// Makes a paragraph of each stretch of `text` between empty lines.
    pub fn paragraphs(text: &str) -> Vec<Self> {
        let mut blocks = Vec::new();
        let mut stretch: Vec<&str> = Vec::new();
        for line in text.lines().chain([""]) {
            if !line.trim().is_empty() {
                stretch.push(line.trim_end());
            } else if !stretch.is_empty() {
                blocks.push(Self::Paragraph(std::mem::take(&mut stretch).join("\n")));
            }
        }
        blocks
    }

    /// Makes a heading.
    pub fn heading(text: impl Into<String>) -> Self {
        Self::Heading(text.into())
    }
}

/// One fact in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What the fact is about.
    pub label: String,
    /// The fact.
    pub value: String,
}

impl Row {
    /// Makes a row of its label and value.
    pub fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// One bar of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is of.
    pub label: String,
    /// How long it is, beside the others.
    pub length: u64,
    /// The figure as it is told, which need not be told at all.
    pub told: String,
}

/// Who signs, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signatory {
    /// The closing words, without a comma: `Yours sincerely`.
    pub valediction: String,
    /// The name of the person who answers for the letter.
    pub name: String,
    /// Their role.
    pub role: String,
}

/// What stands at the foot of every page, so that a page on its own can be traced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footer {
    /// The document's id.
    pub document: String,
    /// The digest of the wording that was approved, in hexadecimal. It cannot be the digest of the rendering it stands in.
    pub digest: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_falls_into_paragraphs_at_empty_lines() {
        let expected = [Block::paragraph("one\ntwo"), Block::paragraph("three")];
        assert_eq!(Block::paragraphs("\n\none  \r\ntwo\n \n\nthree"), expected);
        assert!(Block::paragraphs(" \n").is_empty());
    }
}
