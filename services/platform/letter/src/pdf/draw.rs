//! Putting pages on paper.

use krilla::Document;
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag};

use super::Failure;
use super::face::Faces;
use super::flow::Ground;
use super::meaning::{Leaf, Meaning, Printed};
use super::pages::Placed;
use super::paper::{self, BOTTOM, FINE, FOOT, HEAD, Ink, LABELS, LEFT, MEASURE, RIGHT, SMALL, Style};
use super::wrap::wrap;
use crate::Letter;
use crate::legible::legible;

/// Draws every page and writes the document.
pub(super) fn draw(
    letter: &Letter,
    faces: &Faces,
    pages: &[Vec<Placed>],
    meaning: &Meaning,
) -> Result<Vec<u8>, Failure> {
    let mut document = Document::new_with(settings()?);
    let mut printed = Printed::new(meaning);
    for (number, page) in pages.iter().enumerate() {
        let size = PageSettings::from_wh(paper::WIDTH, paper::HEIGHT).ok_or(Failure::Geometry)?;
        let mut sheet = document.start_page_with(size);
        let mut pen = Pen { surface: sheet.surface(), faces };
        if number > 0 {
            pen.running_head(letter)?;
        }
        pen.grounds(page)?;
        pen.print(page, |leaf, identifier, top| printed.note(leaf, identifier, number, top));
        pen.foot(letter, number + 1, pages.len())?;
    }
    let name = name(letter);
    let (tree, outline) = printed.bind(meaning, &name, letter.language.tag());
    document.set_tag_tree(tree);
    document.set_outline(outline);
    document.set_metadata(metadata(letter, name));
    document.finish().map_err(failure)
}

fn settings() -> Result<SerializeSettings, Failure> {
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| Failure::Unwritable)?;
    Ok(SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() })
}

/// What a reader's window is called: a document for people with screen readers must have a name.
fn name(letter: &Letter) -> String {
    let named = [&letter.subject, &letter.footer.document].into_iter().find(|text| !text.trim().is_empty());
    legible(named.map_or(letter.language.document_label(), |text| text.as_str())).replace('\n', " ")
}

fn metadata(letter: &Letter, name: String) -> Metadata {
    let clamp = |part: i8| u8::try_from(part).unwrap_or_default();
    let made = DateTime::new(u16::try_from(letter.date.year()).unwrap_or_default())
        .month(clamp(letter.date.month()))
        .day(clamp(letter.date.day()))
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0);
    Metadata::new()
        .title(name)
        .authors(vec![legible(&letter.sender.name)])
        .creator("Redress".to_owned())
        .language(letter.language.tag().to_owned())
        .document_id(letter.footer.document.clone())
        .creation_date(made)
}

/// Turns the writer's error into ours without its text, which may quote the letter.
fn failure(error: KrillaError) -> Failure {
    match error {
        KrillaError::Font(..) => Failure::Font,
        KrillaError::Validation(rules) => Failure::Nonconforming(rules.len()),
        KrillaError::Limit(_)
        | KrillaError::DuplicateNamedDestination(_)
        | KrillaError::DuplicateTagId(..)
        | KrillaError::UnknownTagId(..) => Failure::Unwritable,
    }
}

/// Where the feet of the letters stand within their line.
fn baseline(style: Style) -> f32 {
    f32::midpoint(style.leading, style.size) - style.size * 0.12
}

/// One page being drawn.
struct Pen<'a> {
    surface: Surface<'a>,
    faces: &'a Faces,
}

impl Pen<'_> {
    /// Prints the text of a page and tells of each piece where it went.
    fn print(&mut self, page: &[Placed], mut note: impl FnMut(Leaf, Identifier, f32)) {
        for placed in page {
            // Everything on a line stands on the foot of its largest letters.
            let foot = placed.line.pieces.iter().map(|piece| baseline(piece.style)).fold(0.0, f32::max);
            for piece in placed.line.pieces.iter().filter(|piece| !piece.text.is_empty()) {
                let identifier = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                self.text(piece.left, placed.top + foot, &piece.text, piece.style);
                self.surface.end_tagged();
                note(piece.leaf, identifier, placed.top);
            }
        }
    }

    fn text(&mut self, left: f32, baseline: f32, text: &str, style: Style) {
        self.ink(style.ink);
        let shaped = self.faces.shape(text, style.weight);
        let font = self.faces.font(style.weight);
        self.surface.draw_glyphs(
            Point::from_xy(left, baseline),
            &shaped.glyphs,
            font,
            text,
            style.size,
            false,
        );
    }

    fn ink(&mut self, ink: Ink) {
        let (red, green, blue) = ink.rgb();
        let paint = rgb::Color::new(red, green, blue).into();
        self.surface.set_fill(Some(Fill { paint, opacity: NormalizedF32::ONE, rule: FillRule::NonZero }));
    }

    /// Fills a rectangle that means nothing.
    fn bar(&mut self, left: f32, top: f32, width: f32, height: f32, ink: Ink) -> Result<(), Failure> {
        let mut path = PathBuilder::new();
        path.push_rect(Rect::from_xywh(left, top, width, height).ok_or(Failure::Geometry)?);
        let path = path.finish().ok_or(Failure::Geometry)?;
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        self.ink(ink);
        self.surface.draw_path(&path);
        self.surface.end_tagged();
        Ok(())
    }

    /// Draws what lies beneath the text: lines, and each box in one piece as far as it is on this page.
    fn grounds(&mut self, page: &[Placed]) -> Result<(), Failure> {
        let mut panel: Option<(f32, f32)> = None;
        for placed in page {
            let (top, bottom) = (placed.top, placed.top + placed.line.height);
            if placed.line.ground == Ground::Panel {
                panel = Some((panel.map_or(top, |(from, _)| from), bottom));
                continue;
            }
            self.panel(panel.take())?;
            match placed.line.ground {
                Ground::Paper | Ground::Panel => {}
                Ground::Hairline => self.bar(LEFT, top, MEASURE, 0.6, Ink::Silver)?,
                Ground::Rule => self.bar(LEFT, top, MEASURE, 1.5, Ink::Blue)?,
                // What is too small to be seen has no extent that could be drawn.
                Ground::Bar(width) if width < 0.1 => {}
                Ground::Bar(width) => {
                    self.bar(LEFT + LABELS, top + 3.0, width, bottom - top - 4.0, Ink::Blue)?;
                }
            }
        }
        self.panel(panel)
    }

    fn panel(&mut self, extent: Option<(f32, f32)>) -> Result<(), Failure> {
        let Some((top, bottom)) = extent else { return Ok(()) };
        self.bar(LEFT, top, MEASURE, bottom - top, Ink::Pale)?;
        self.bar(LEFT, top, 3.5, bottom - top, Ink::Blue)
    }

    /// The sender and the date again, so that a stray page finds its letter.
    fn running_head(&mut self, letter: &Letter) -> Result<(), Failure> {
        let date = letter.language.date(letter.date);
        let room = MEASURE - self.extent(&date, SMALL) - 12.0;
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Header)));
        self.first_line(&letter.sender.name, LEFT, HEAD, room, SMALL);
        self.flush_right(&date, HEAD, SMALL);
        self.surface.end_tagged();
        self.bar(LEFT, HEAD + 7.0, MEASURE, 0.6, Ink::Silver)
    }

    fn foot(&mut self, letter: &Letter, number: usize, of: usize) -> Result<(), Failure> {
        self.bar(LEFT, FOOT - 12.0, MEASURE, 0.6, Ink::Silver)?;
        let page = letter.language.page(number, of);
        let room = MEASURE - self.extent(&page, SMALL) - 12.0;
        let facts = [
            format!("{} {}", letter.language.document_label(), letter.footer.document),
            format!("{} {}", letter.language.digest_label(), letter.footer.digest),
        ];
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
        let mut at = FOOT;
        for fact in facts {
            self.first_line(&fact, LEFT, at, room, FINE);
            at += FINE.leading;
        }
        self.flush_right(&page, FOOT, SMALL);
        self.surface.end_tagged();
        const { assert!(FOOT - 12.0 > BOTTOM, "the foot stands below the text") };
        Ok(())
    }

    /// Draws as much of `text` as fits on one line.
    fn first_line(&mut self, text: &str, left: f32, baseline: f32, room: f32, style: Style) {
        if let Some(line) = wrap(self.faces, text, style, room).first().filter(|line| !line.is_empty()) {
            self.text(left, baseline, line, style);
        }
    }

    fn flush_right(&mut self, text: &str, baseline: f32, style: Style) {
        self.text(RIGHT - self.extent(text, style), baseline, text, style);
    }

    fn extent(&self, text: &str, style: Style) -> f32 {
        self.faces.shape(text, style.weight).ems * style.size
    }
}
