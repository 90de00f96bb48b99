//! A letter as a PDF: A4, paged, searchable, readable by a screen reader, and fit for the archive.
//!
//! The way of a letter: [`flow`] turns its parts into lines of known height and a tree of what each line means,
//! [`pages`] deals the lines out to pages, [`draw`] puts them on paper and [`meaning`] hangs them into the tag tree.
//! Shaping (which glyphs, how wide, in which direction) is [`face`]'s alone; [`wrap`] breaks lines by its measures.

mod draw;
mod face;
mod flow;
mod meaning;
mod pages;
mod paper;
mod wrap;

use crate::Letter;

/// Why no PDF could be made. Says nothing of what the letter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// A font that is part of the program cannot be read.
    #[error("a built-in font cannot be read")]
    Font,
    /// A page or a line on it has no extent.
    #[error("the page geometry does not hold")]
    Geometry,
    /// The writer found that the document would not conform.
    #[error("the document would break {0} rules of PDF/A-2a or PDF/UA-1")]
    Nonconforming(usize),
    /// The writer gave up for another reason.
    #[error("the document could not be written")]
    Unwritable,
}

/// Renders `letter` as a PDF that conforms to PDF/A-2a and PDF/UA-1. The same letter always gives the same bytes.
///
/// This takes a few milliseconds a page; call it where blocking is allowed.
pub fn render(letter: &Letter) -> Result<Vec<u8>, Failure> {
    let faces = face::Faces::load()?;
    let (lines, meaning) = flow::flow(letter, &faces);
    let pages = pages::deal(lines);
    draw::draw(letter, &faces, &pages, &meaning)
}
