//! Breaking text into lines by the widths of its glyphs.

use super::face::Faces;
use super::paper::Style;
use crate::legible::legible;

/// Breaks `text` into lines no wider than `width`: at line ends, at spaces, and where a word alone is too wide, inside
/// it. A line that was broken at a space ends with it, so that whoever reads the lines on end finds the words apart.
///
/// Always returns at least one line.
pub(super) fn wrap(faces: &Faces, text: &str, style: Style, width: f32) -> Vec<String> {
    let space = faces.width(" ", style.weight) * style.size;
    let mut lines = Vec::new();
    for line in legible(text).split('\n') {
        let mut filling = Filling { lines: &mut lines, current: String::new(), used: 0.0 };
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            filling.add(faces, word, style, width, space);
        }
        let last = filling.current;
        lines.push(last);
    }
    lines
}

struct Filling<'a> {
    lines: &'a mut Vec<String>,
    current: String,
    used: f32,
}

impl Filling<'_> {
    fn add(&mut self, faces: &Faces, word: &str, style: Style, width: f32, space: f32) {
        let extent = faces.width(word, style.weight) * style.size;
        if !self.current.is_empty() {
            self.current.push(' ');
            if self.used + space + extent <= width {
                self.current.push_str(word);
                self.used += space + extent;
                return;
            }
            self.lines.push(std::mem::take(&mut self.current));
        }
        if extent <= width {
            self.current.push_str(word);
            self.used = extent;
        } else {
            self.break_up(faces, word, style, width);
        }
    }

    /// Fills lines with pieces of one word that is wider than a line, never parting what the shaper holds together.
    /// Each piece is measured as it will stand: letters that join look otherwise at the end of a line.
    fn break_up(&mut self, faces: &Faces, word: &str, style: Style, width: f32) {
        let glyphs = faces.shape(word, style.weight).glyphs;
        let mut ends: Vec<usize> = glyphs.iter().map(|glyph| glyph.text_range.end).collect();
        ends.sort_unstable();
        ends.dedup();
        let (mut from, mut upto) = (0, 0);
        let piece = |from: usize, upto: usize| word.get(from..upto).unwrap_or_default();
        for end in ends {
            if upto > from && faces.shape(piece(from, end), style.weight).ems * style.size > width {
                self.lines.push(piece(from, upto).to_owned());
                from = upto;
            }
            upto = end;
        }
        self.current.push_str(piece(from, word.len()));
        self.used = faces.width(&self.current, style.weight) * style.size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::paper::{BODY, MEASURE};
    use proptest::prop_assert;
    use proptest::prop_assert_eq;
    use proptest::test_runner::{Config, TestRunner};

    fn widest(faces: &Faces, lines: &[String]) -> f32 {
        lines.iter().map(|line| faces.shape(line.trim_end(), BODY.weight).ems * BODY.size).fold(0.0, f32::max)
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken_and_nothing_is_lost() {
        let faces = Faces::load().unwrap();
        let word = "Llanfairpwllgwyngyll".repeat(20);
        let lines = wrap(&faces, &word, BODY, 100.0);
        assert!(lines.len() > 10);
        assert_eq!(lines.concat(), word);
        assert!(widest(&faces, &lines) <= 100.0);
    }

    #[test]
    fn line_ends_are_kept() {
        let faces = Faces::load().unwrap();
        assert_eq!(wrap(&faces, "one\n\ntwo", BODY, 100.0), ["one", "", "two"]);
        assert_eq!(wrap(&faces, "", BODY, 100.0), [""]);
    }

    #[test]
    fn any_text_fits_and_keeps_its_words() {
        let faces = Faces::load().unwrap();
        let mut runner =
            TestRunner::new(Config { cases: 100, failure_persistence: None, ..Config::default() });
        runner
            .run(&("[\\PC ]{0,120}", 60.0_f32..MEASURE), |(text, width)| {
                let lines = wrap(&faces, &text, BODY, width);
                let squeezed = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
                prop_assert_eq!(squeezed(&lines.concat()), squeezed(&legible(&text).replace('\n', "")));
                // Words are measured alone; beside their neighbours they may kern a little otherwise.
                prop_assert!(widest(&faces, &lines) <= width + 1.0);
                Ok(())
            })
            .unwrap();
    }
}
