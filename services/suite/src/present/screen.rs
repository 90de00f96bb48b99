//! How wide, how colourful, and what day it is: all that rendering depends on besides what is rendered.

use std::io::IsTerminal as _;

use comfy_table::{
    Attribute, Cell, Color, ColumnConstraint, ContentArrangement, LineStyle, Table, Width, presets::NOTHING,
};
use jiff::civil::Date;

const NARROWEST: u16 = 80;
const WIDEST: u16 = 120;

/// What is rendered for.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    /// Columns.
    pub width: u16,
    /// Whether it takes colour.
    pub colour: bool,
    /// The civil date in London.
    pub today: Date,
}

/// How something should strike the eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As any other text.
    Plain,
    /// Stands out.
    Strong,
    /// Steps back.
    Faint,
    /// All is well.
    Good,
    /// Look at it.
    Warn,
    /// Something is wrong.
    Bad,
}

impl Screen {
    /// The terminal of this process, or eighty to a hundred and twenty plain columns where there is none.
    pub fn of_process(today: Date, no_colour: bool) -> Self {
        let width = Table::new().width().unwrap_or(WIDEST).clamp(NARROWEST, WIDEST);
        Self { width, colour: !no_colour && std::io::stdout().is_terminal(), today }
    }

    /// Whether things that fit beside each other elsewhere do not fit here.
    pub fn is_narrow(self) -> bool {
        self.width < 110
    }

    /// `text` in `tone`.
    pub fn paint(self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Plain => return text.to_owned(),
            Tone::Strong => "1",
            Tone::Faint => "2",
            Tone::Good => "32",
            Tone::Warn => "33",
            Tone::Bad => "31",
        };
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// `text` broken into lines that fit, each after `indent` spaces.
    pub fn wrap(self, text: &str, indent: usize) -> String {
        let room = usize::from(self.width).saturating_sub(indent).max(20);
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            let mut line = String::new();
            for word in paragraph.split_whitespace() {
                if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > room {
                    lines.push(std::mem::take(&mut line));
                }
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            lines.push(line);
        }
        let margin = " ".repeat(indent);
        let indented =
            lines.into_iter().map(|line| if line.is_empty() { line } else { format!("{margin}{line}") });
        indented.collect::<Vec<_>>().join("\n")
    }

    fn table(self) -> Table {
        let mut table = Table::new();
        table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.force_no_tty().set_width(self.width);
        if self.colour {
            table.enforce_styling();
        }
        table
    }
}

/// A table with a heading.
#[derive(Debug)]
pub struct Grid {
    table: Table,
}

impl Grid {
    /// One with these columns.
    pub fn new(screen: Screen, columns: &[&str]) -> Self {
        let mut table = screen.table();
        table.load_style(NOTHING.header_separator(LineStyle::new(' ', '─', ' ', ' ')));
        table.set_header(columns.iter().map(|column| Cell::new(column).add_attribute(Attribute::Bold)));
        Self { table }
    }

    /// Never breaks a column, because what stands in it is copied or typed again.
    #[must_use]
    pub fn whole(self, column: usize) -> Self {
        self.constrained(column, ColumnConstraint::ContentWidth)
    }

    /// Gives a column room for a date and how far away it is: on one line, or on two where the screen is narrow.
    #[must_use]
    pub fn due(self, column: usize, screen: Screen) -> Self {
        let two_lines = ColumnConstraint::LowerBoundary(Width::Fixed(24));
        self.constrained(column, if screen.is_narrow() { two_lines } else { ColumnConstraint::ContentWidth })
    }

    fn constrained(mut self, column: usize, constraint: ColumnConstraint) -> Self {
        if let Some(column) = self.table.column_mut(column) {
            column.set_constraint(constraint);
        }
        self
    }

    /// Adds a row.
    pub fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = (Tone, T)>) {
        self.table.add_row(cells.into_iter().map(|(tone, text)| toned(tone, text.as_ref())));
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The lines of it.
    pub fn text(&self) -> String {
        self.table.trim_fmt()
    }
}

/// Names and values below one another.
#[derive(Debug)]
pub struct Fields {
    table: Table,
}

impl Fields {
    /// None yet.
    pub fn new(screen: Screen) -> Self {
        Self { table: screen.table() }
    }

    /// Adds one, unless its value is empty.
    pub fn add(&mut self, name: &str, value: impl AsRef<str>) -> &mut Self {
        self.add_toned(Tone::Plain, name, value)
    }

    /// Adds one that strikes the eye, unless its value is empty.
    pub fn add_toned(&mut self, tone: Tone, name: &str, value: impl AsRef<str>) -> &mut Self {
        if !value.as_ref().is_empty() {
            self.table.add_row([toned(Tone::Faint, &format!(" {name}")), toned(tone, value.as_ref())]);
        }
        self
    }

    /// The lines of it.
    pub fn text(&mut self) -> String {
        if let Some(names) = self.table.column_mut(0) {
            names.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(14)));
        }
        self.table.trim_fmt()
    }
}

fn toned(tone: Tone, text: &str) -> Cell {
    let cell = Cell::new(text);
    match tone {
        Tone::Plain => cell,
        Tone::Strong => cell.add_attribute(Attribute::Bold),
        Tone::Faint => cell.add_attribute(Attribute::Dim),
        Tone::Good => cell.fg(Color::DarkGreen),
        Tone::Warn => cell.fg(Color::DarkYellow),
        Tone::Bad => cell.fg(Color::DarkRed),
    }
}
