//! A letter as plain text, for a screen, a terminal or an e-mail.

use crate::legible::legible;
use crate::{Block, Letter};

/// The longest line, in characters. Within what every mail program shows unbroken.
pub const WIDTH: usize = 76;

/// Renders `letter` as wrapped UTF-8 text with `\n` line ends. The same letter always gives the same text.
pub fn render(letter: &Letter) -> String {
    let mut out = Wrapped(String::new());
    out.party(&letter.sender.name, &letter.sender.lines);
    out.party(&letter.recipient.name, &letter.recipient.lines);
    out.fact(letter.language.date_label(), &letter.language.date(letter.date));
    for reference in &letter.references {
        out.fact(&reference.label, &reference.value);
    }
    out.gap();
    out.underlined(&letter.subject, '=');
    if !letter.salutation.is_empty() {
        out.paragraph("", "", &format!("{},", letter.salutation));
        out.gap();
    }
    for block in &letter.blocks {
        out.block(block);
    }
    if let Some(signatory) = &letter.signatory {
        out.paragraph("", "", &format!("{},", signatory.valediction));
        out.gap();
        out.paragraph("", "", &signatory.name);
        out.paragraph("", "", &signatory.role);
        out.gap();
    }
    out.0.push_str("--\n");
    out.fact(letter.language.document_label(), &letter.footer.document);
    out.fact(letter.language.digest_label(), &letter.footer.digest);
    out.0
}

/// Text that only ever grows by whole lines.
struct Wrapped(String);

impl Wrapped {
    fn party(&mut self, name: &str, lines: &[String]) {
        self.paragraph("", "", name);
        for line in lines {
            self.paragraph("", "", line);
        }
        self.gap();
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(text) => self.paragraph("", "", text),
            Block::Heading(text) => return self.underlined(text, '-'),
            Block::Bullets(points) => {
                for point in points {
                    self.paragraph("  * ", "    ", point);
                }
            }
            Block::Table(rows) => {
                for row in rows {
                    self.fact(&row.label, &row.value);
                }
            }
            Block::Bars(bars) => {
                for bar in bars {
                    self.fact(&bar.label, &bar.told);
                }
            }
            Block::Signposting { title, paragraphs } => {
                self.0.push_str(&"*".repeat(WIDTH));
                self.0.push('\n');
                self.paragraph("* ", "* ", title);
                for paragraph in paragraphs {
                    self.0.push_str("*\n");
                    self.paragraph("* ", "* ", paragraph);
                }
                self.0.push_str(&"*".repeat(WIDTH));
                self.0.push('\n');
            }
        }
        self.gap();
    }

    fn fact(&mut self, label: &str, value: &str) {
        self.paragraph("", "    ", &format!("{label}: {value}"));
    }

    fn underlined(&mut self, text: &str, with: char) {
        let from = self.0.len();
        self.paragraph("", "", text);
        let longest =
            self.0.get(from..).into_iter().flat_map(str::lines).map(|line| line.chars().count()).max();
        self.0.extend(std::iter::repeat_n(with, longest.unwrap_or_default()));
        self.0.push('\n');
        self.gap();
    }

    fn gap(&mut self) {
        self.0.push('\n');
    }

    /// Writes `text` wrapped, with `first` before its first line and `rest` before the others.
    fn paragraph(&mut self, first: &str, rest: &str, text: &str) {
        let mut lead = first;
        for line in legible(text).split('\n') {
            for piece in wrap(line, WIDTH.saturating_sub(lead.chars().count().max(rest.chars().count()))) {
                self.0.push_str(lead);
                self.0.push_str(&piece);
                self.0.truncate(self.0.trim_end_matches(' ').len());
                self.0.push('\n');
                lead = rest;
            }
        }
    }
}

/// Breaks one line at spaces, and words longer than a line where the line ends.
fn wrap(line: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    let mut length = 0;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let mut word = word;
        let mut size = word.chars().count();
        if length > 0 && length + 1 + size > width {
            lines.push(std::mem::take(&mut current));
            length = 0;
        }
        while size > width {
            let cut = word.char_indices().nth(width).map_or(word.len(), |(at, _)| at);
            let (head, tail) = word.split_at(cut);
            lines.push(head.to_owned());
            word = tail;
            size -= width;
        }
        if length > 0 {
            current.push(' ');
            length += 1;
        }
        current.push_str(word);
        length += size;
    }
    if !current.is_empty() || lines.is_empty() {
        lines.push(current);
    }
    lines
}
