//! HTML in which text can only be text.

use std::fmt::Write as _;

/// A page in the making. Whatever is put in by [`Markup::text`] is shown, never obeyed.
#[derive(Default)]
pub(super) struct Markup(String);

impl Markup {
    /// Tags of this program.
    pub(super) fn raw(&mut self, tags: &'static str) -> &mut Self {
        self.0.push_str(tags);
        self
    }

    /// Anyone's words.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\n' | '\t' => self.0.push(c),
                // Marks that turn the direction would make the page read otherwise than its text.
                '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
                c if c.is_control() => {}
                c => self.0.push(c),
            }
        }
        self
    }

    /// Words between an opening and a closing tag.
    pub(super) fn within(&mut self, open: &'static str, text: &str, close: &'static str) -> &mut Self {
        self.raw(open).text(text).raw(close)
    }

    /// A link to another file of the bag, whose paths are made by this program.
    pub(super) fn link(&mut self, path: &str, text: &str) -> &mut Self {
        let beside = path.strip_prefix("data/").unwrap_or(path);
        self.raw("<a href=\"").text(beside).within("\">", text, "</a>")
    }

    /// A number.
    pub(super) fn number(&mut self, number: usize) -> &mut Self {
        // Writing to a text cannot fail.
        let _ = write!(self.0, "{number}");
        self
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}
