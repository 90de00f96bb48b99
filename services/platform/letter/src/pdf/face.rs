//! The two built-in faces, and text as glyphs of them.

use std::cell::RefCell;
use std::collections::HashMap;

use harfrust::{Direction, FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use unicode_bidi::{BidiInfo, Level};

use super::Failure;
use crate::legible::REPLACEMENT;

static REGULAR: &[u8] = include_bytes!("../../fonts/DejaVuSans.ttf");
static BOLD: &[u8] = include_bytes!("../../fonts/DejaVuSans-Bold.ttf");

/// How heavy the strokes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// Both faces, read once for a document.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
    /// The widths of words met before, for a letter says the same words again and again.
    widths: RefCell<HashMap<(Weight, String), f32>>,
}

struct Face {
    font: Font,
    data: FontRef<'static>,
    shaping: ShaperData,
    units_per_em: f32,
    /// What is drawn for a character that the face lacks, and its advance in ems.
    replacement: (u32, f32),
}

/// Glyphs in the order in which they stand on the line.
pub(super) struct Shaped {
    /// Each with its advance in ems and the bytes of the text it stands for.
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// The width of all of them, in ems.
    pub(super) ems: f32,
}

impl Faces {
    pub(super) fn load() -> Result<Self, Failure> {
        Ok(Self { regular: Face::load(REGULAR)?, bold: Face::load(BOLD)?, widths: RefCell::default() })
    }

    pub(super) fn font(&self, weight: Weight) -> Font {
        self.face(weight).font.clone()
    }

    /// Lays one line of text out as glyphs, right-to-left stretches included.
    pub(super) fn shape(&self, text: &str, weight: Weight) -> Shaped {
        let face = self.face(weight);
        let mut shaped = Shaped { glyphs: Vec::with_capacity(text.len()), ems: 0.0 };
        if text.is_ascii() {
            face.shape_into(&mut shaped, text, 0, Direction::LeftToRight);
            return shaped;
        }
        let bidi = BidiInfo::new(text, Some(Level::ltr()));
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let leftward = levels.get(run.start).is_some_and(Level::is_rtl);
                let direction = if leftward { Direction::RightToLeft } else { Direction::LeftToRight };
                face.shape_into(&mut shaped, text.get(run.clone()).unwrap_or_default(), run.start, direction);
            }
        }
        shaped
    }

    /// Measures one word, in ems.
    pub(super) fn width(&self, word: &str, weight: Weight) -> f32 {
        let key = (weight, word.to_owned());
        if let Some(known) = self.widths.borrow().get(&key) {
            return *known;
        }
        let ems = self.shape(word, weight).ems;
        self.widths.borrow_mut().insert(key, ems);
        ems
    }

    fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Face {
    fn load(bytes: &'static [u8]) -> Result<Self, Failure> {
        let font = Font::new(bytes.into(), 0).ok_or(Failure::Font)?;
        let data = FontRef::new(bytes).map_err(|_| Failure::Font)?;
        let shaping = ShaperData::new(&data);
        let units_per_em = font.units_per_em();
        let mut face = Self { units_per_em, font, data, shaping, replacement: (0, 0.0) };
        let sample = face.raw_shape(REPLACEMENT.encode_utf8(&mut [0; 4]), Direction::LeftToRight);
        let info = sample.glyph_infos().first().filter(|info| info.glyph_id != 0).ok_or(Failure::Font)?;
        let advance = sample.glyph_positions().first().ok_or(Failure::Font)?.x_advance;
        face.replacement = (info.glyph_id, face.ems(advance));
        Ok(face)
    }

    /// Font units as ems; a face has 2048 to the em, so that sixteen bits hold any distance in it.
    fn ems(&self, units: i32) -> f32 {
        f32::from(i16::try_from(units).unwrap_or(i16::MAX)) / self.units_per_em
    }

    fn raw_shape(&self, text: &str, direction: Direction) -> harfrust::GlyphBuffer {
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(direction);
        self.shaping.shaper(&self.data).build().shape(buffer, ShapeOptions::new())
    }

    /// Adds the glyphs of `run`, which begins at byte `offset` of the line and has one direction.
    fn shape_into(&self, shaped: &mut Shaped, run: &str, offset: usize, direction: Direction) {
        let buffer = self.raw_shape(run, direction);
        let mut starts: Vec<usize> = buffer.glyph_infos().iter().map(|info| info.cluster as usize).collect();
        starts.sort_unstable();
        starts.dedup();
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            let start = info.cluster as usize;
            let end = starts.get(starts.partition_point(|at| *at <= start)).copied().unwrap_or(run.len());
            let (glyph, advance) = match info.glyph_id {
                0 => self.replacement,
                known => (known, self.ems(position.x_advance)),
            };
            shaped.ems += advance;
            shaped.glyphs.push(KrillaGlyph {
                glyph_id: GlyphId::new(glyph),
                text_range: offset + start..offset + end,
                x_advance: advance,
                x_offset: self.ems(position.x_offset),
                y_offset: self.ems(position.y_offset),
                y_advance: self.ems(position.y_advance),
                location: None,
            });
        }
    }
}
