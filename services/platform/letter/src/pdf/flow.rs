//! The parts of a letter as lines, one below the other, and the tree of what they mean.

use super::face::Faces;
use super::meaning::{Kind, Leaf, Meaning};
use super::paper::{
    self, BARS, BODY, FACT_LABELS, FACTS, HEADING, INDENT, LABELS, LEFT, MEASURE, NAME, RIGHT, SMALL, STRONG,
    Style, TITLE,
};
use super::wrap::wrap;
use crate::{Bar, Block, Letter, Row, Signatory};

/// A line on its way to a page.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// How much of the page it takes.
    pub(super) height: f32,
    pub(super) pieces: Vec<Piece>,
    pub(super) ground: Ground,
    /// Whether it may not be the last on its page.
    pub(super) with_next: bool,
    /// Whether it is mere space, not wanted at the top of a page.
    pub(super) space: bool,
}

/// Text in one style, somewhere on a line.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) left: f32,
    pub(super) text: String,
    pub(super) style: Style,
    pub(super) leaf: Leaf,
}

/// What is drawn beneath the text of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Ground {
    #[default]
    Paper,
    /// Part of a box.
    Panel,
    /// A hairline along its top.
    Hairline,
    /// A heavy line along its top.
    Rule,
    /// A bar of a chart, so wide.
    Bar(f32),
}

/// Lays out the whole letter.
pub(super) fn flow(letter: &Letter, faces: &Faces) -> (Vec<Line>, Meaning) {
    let mut flow = Flow { faces, lines: Vec::new(), meaning: Meaning::new() };
    flow.letterhead(letter);
    flow.address(letter);
    if !letter.salutation.is_empty() {
        flow.paragraph(&format!("{},", letter.salutation), BODY);
        flow.space(6.0);
    }
    if !letter.subject.trim().is_empty() {
        flow.heading(Kind::Title(letter.subject.clone()), &letter.subject, TITLE);
        flow.space(5.0);
    }
    for block in &letter.blocks {
        flow.block(block);
    }
    if let Some(signatory) = &letter.signatory {
        flow.signature(signatory);
    }
    (flow.lines, flow.meaning)
}

struct Flow<'a> {
    faces: &'a Faces,
    lines: Vec<Line>,
    meaning: Meaning,
}

impl Flow<'_> {
    fn letterhead(&mut self, letter: &Letter) {
        self.paragraph(&letter.sender.name, NAME);
        self.paragraph(&letter.sender.lines.join(" · "), SMALL);
        self.space(5.0);
        self.lines.push(Line { height: 12.0, ground: Ground::Rule, space: true, ..Line::default() });
        let used: f32 = paper::TOP_FIRST + self.lines.iter().map(|line| line.height).sum::<f32>();
        self.space((paper::ADDRESS - used).max(0.0));
    }

    /// Puts the recipient where the window of an envelope is, and the date and references beside.
    fn address(&mut self, letter: &Letter) {
        let to = self.meaning.leaf(Kind::Paragraph);
        let narrow = FACTS - LEFT - INDENT;
        let left: Vec<Piece> = std::iter::once(&letter.recipient.name)
            .chain(&letter.recipient.lines)
            .flat_map(|text| self.column(text, BODY, LEFT, narrow, to))
            .collect();
        let date = (letter.language.date_label(), letter.language.date(letter.date));
        let facts = letter.references.iter().map(|one| (one.label.as_str(), one.value.clone()));
        let mut right = Vec::new();
        for (label, value) in std::iter::once(date).chain(facts) {
            let leaf = self.meaning.leaf(Kind::Paragraph);
            let mut labels = self.column(label, SMALL, FACTS, FACT_LABELS - 8.0, leaf);
            // Whoever reads aloud finds label and value apart.
            for piece in &mut labels {
                piece.text.push(' ');
            }
            let values = self.column(&value, BODY, FACTS + FACT_LABELS, RIGHT - FACTS - FACT_LABELS, leaf);
            right.extend(zip(labels, values));
        }
        self.side_by_side(left.into_iter().map(|piece| vec![piece]).collect(), right);
        self.space(22.0);
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.paragraph(text, BODY),
            Block::Heading(text) => {
                self.space(4.0);
                self.heading(Kind::Heading(text.clone()), text, HEADING);
                // Space that ended the line's hold would leave the heading alone at the foot of a page.
                return self.lines.push(Line {
                    height: 2.0,
                    space: true,
                    with_next: true,
                    ..Line::default()
                });
            }
            Block::Bullets(points) => self.bullets(points),
            Block::Table(rows) => self.table(rows),
            Block::Bars(bars) => self.bars(bars),
            Block::Signposting { title, paragraphs } => self.signposting(title, paragraphs),
        }
        self.space(8.0);
    }

    fn bullets(&mut self, points: &[String]) {
        self.meaning.open(Kind::List);
        for point in points {
            self.meaning.open(Kind::Item);
            let label = self.meaning.leaf(Kind::Label);
            let body = self.meaning.leaf(Kind::Body);
            let mut bullet = Some(Piece { left: LEFT + 4.0, text: "• ".into(), style: BODY, leaf: label });
            for text in wrap(self.faces, point, BODY, MEASURE - INDENT) {
                let piece = Piece { left: LEFT + INDENT, text, style: BODY, leaf: body };
                let pieces = bullet.take().into_iter().chain([piece]).collect();
                self.lines.push(Line { height: BODY.leading, pieces, ..Line::default() });
            }
            self.space(2.0);
            self.meaning.close();
        }
        self.meaning.close();
    }

    fn table(&mut self, rows: &[Row]) {
        self.meaning.open(Kind::Table);
        for row in rows {
            self.meaning.open(Kind::Row);
            let (label, value) = (self.meaning.leaf(Kind::HeaderCell), self.meaning.leaf(Kind::DataCell));
            let labels = self.column(&row.label, STRONG, LEFT, LABELS - INDENT, label);
            let values = self.column(&row.value, BODY, LEFT + LABELS, MEASURE - LABELS, value);
            self.lines.push(Line {
                height: 3.0,
                ground: Ground::Hairline,
                with_next: true,
                ..Line::default()
            });
            self.side_by_side(zip(labels, values), Vec::new());
            self.space(3.0);
            self.meaning.close();
        }
        self.meaning.close();
        self.lines.push(Line { height: 3.0, ground: Ground::Hairline, space: true, ..Line::default() });
    }

    /// A chart is read as the table that it is; its bars mean nothing that the figures do not say.
    fn bars(&mut self, bars: &[Bar]) {
        self.meaning.open(Kind::Table);
        let longest = bars.iter().map(|bar| bar.length).max().unwrap_or_default();
        for bar in bars {
            self.meaning.open(Kind::Row);
            let (label, told) = (self.meaning.leaf(Kind::HeaderCell), self.meaning.leaf(Kind::DataCell));
            let width = part(bar.length, longest) * BARS;
            let labels = self.column(&bar.label, BODY, LEFT, LABELS - INDENT, label);
            let left = LEFT + LABELS + width + 6.0;
            let figures = self.column(&bar.told, BODY, left, RIGHT - left, told);
            let from = self.lines.len();
            self.side_by_side(zip(labels, figures), Vec::new());
            if let Some(first) = self.lines.get_mut(from) {
                first.ground = Ground::Bar(width);
            }
            self.meaning.close();
        }
        self.meaning.close();
    }

    fn signposting(&mut self, title: &str, paragraphs: &[String]) {
        self.meaning.open(Kind::Division);
        let from = self.lines.len();
        let pad =
            |lines: &mut Vec<Line>, height| lines.push(Line { height, with_next: true, ..Line::default() });
        pad(&mut self.lines, 9.0);
        let leaf = self.meaning.leaf(Kind::Heading(title.to_owned()));
        self.set(title, HEADING, LEFT + INDENT, MEASURE - 2.0 * INDENT, leaf, true);
        for paragraph in paragraphs {
            pad(&mut self.lines, 4.0);
            let leaf = self.meaning.leaf(Kind::Paragraph);
            self.set(paragraph, BODY, LEFT + INDENT, MEASURE - 2.0 * INDENT, leaf, false);
        }
        if let Some(last) = self.lines.last_mut() {
            last.with_next = true;
        }
        self.lines.push(Line { height: 9.0, ..Line::default() });
        for line in self.lines.iter_mut().skip(from) {
            line.ground = Ground::Panel;
        }
        self.meaning.close();
    }

    /// Keeps the closing words, the room for a signature and the name together.
    fn signature(&mut self, signatory: &Signatory) {
        let from = self.lines.len();
        self.space(6.0);
        self.paragraph(&format!("{},", signatory.valediction), BODY);
        self.space(34.0);
        self.paragraph(&signatory.name, STRONG);
        self.paragraph(&signatory.role, BODY);
        let last = self.lines.len().saturating_sub(1);
        for line in self.lines.iter_mut().take(last).skip(from) {
            line.with_next = true;
        }
    }

    fn paragraph(&mut self, text: &str, style: Style) {
        let leaf = self.meaning.leaf(Kind::Paragraph);
        self.set(text, style, LEFT, MEASURE, leaf, false);
    }

    fn heading(&mut self, kind: Kind, text: &str, style: Style) {
        let leaf = self.meaning.leaf(kind);
        self.set(text, style, LEFT, MEASURE, leaf, true);
    }

    fn set(&mut self, text: &str, style: Style, left: f32, width: f32, leaf: Leaf, with_next: bool) {
        for text in wrap(self.faces, text, style, width) {
            let pieces = vec![Piece { left, text, style, leaf }];
            self.lines.push(Line { height: style.leading, pieces, with_next, ..Line::default() });
        }
    }

    fn column(&self, text: &str, style: Style, left: f32, width: f32, leaf: Leaf) -> Vec<Piece> {
        wrap(self.faces, text, style, width)
            .into_iter()
            .map(|text| Piece { left, text, style, leaf })
            .collect()
    }

    /// Sets two columns of lines beside each other, the shorter one ending first.
    fn side_by_side(&mut self, left: Vec<Vec<Piece>>, right: Vec<Vec<Piece>>) {
        for pieces in longest(left, right) {
            let height = pieces.iter().map(|piece| piece.style.leading).fold(0.0, f32::max);
            self.lines.push(Line { height, pieces, ..Line::default() });
        }
    }

    fn space(&mut self, height: f32) {
        self.lines.push(Line { height, space: true, ..Line::default() });
    }
}

/// How much one length is of another, from nothing to all of it.
#[expect(clippy::cast_precision_loss, reason = "the length of a bar is not exact")]
fn part(length: u64, of: u64) -> f32 {
    if of == 0 { 0.0 } else { length as f32 / of as f32 }
}

/// Puts the pieces of two columns on common lines.
fn zip(left: Vec<Piece>, right: Vec<Piece>) -> Vec<Vec<Piece>> {
    longest(
        left.into_iter().map(|piece| vec![piece]).collect(),
        right.into_iter().map(|piece| vec![piece]).collect(),
    )
}

fn longest(left: Vec<Vec<Piece>>, right: Vec<Vec<Piece>>) -> Vec<Vec<Piece>> {
    let lines = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    (0..lines).map(|_| left.next().into_iter().chain(right.next()).flatten().collect()).collect()
}
