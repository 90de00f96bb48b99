//! The printed report: a chart and a table for each row, as a document that conforms to PDF/A-2a and PDF/UA-1.

use redress_chassis::wire;
use redress_letter::{Bar, Block, Footer, Language, Letter, Party, Reference, Row, pdf};
use redress_proto::ice_liaison::v1 as proto;

use super::{CHARTED, LEFT_OUT, STANDING, days, digest, measure, money, rows, told, words};

/// The report. This takes some milliseconds a page; call it where blocking is allowed.
pub(crate) fn pdf(figures: &proto::Figures) -> Result<Vec<u8>, pdf::Failure> {
    pdf::render(&letter(figures))
}

fn letter(figures: &proto::Figures) -> Letter {
    let mut blocks = vec![Block::paragraph(STANDING)];
    if figures.suppressed {
        blocks.push(Block::paragraph(LEFT_OUT));
    }
    for row in rows(figures) {
        blocks.push(Block::heading(super::key(row)));
        blocks.push(Block::Bars(chart(row)));
        blocks.push(Block::Table(row.figures.iter().map(line).collect()));
    }
    Letter {
        language: Language::English,
        sender: Party::new("Management information", Vec::<String>::new()),
        recipient: Party::new(
            "Complaints with the Independent Case Examiner",
            [format!("ICE year {}", figures.year)],
        ),
        date: figures.as_of.as_ref().and_then(wire::read_date).unwrap_or_default(),
        references: vec![
            Reference::new("Journal position", figures.position.to_string()),
            Reference::new("Complaints at", figures.complaints_position.to_string()),
        ],
        salutation: String::new(),
        subject: format!("Complaints with the Independent Case Examiner, {}", figures.year),
        blocks,
        signatory: None,
        footer: Footer { document: format!("ice-figures-{}", figures.year), digest: digest(figures) },
    }
}

fn chart(row: &proto::FigureRow) -> Vec<Bar> {
    let charted = row.figures.iter().filter(|figure| CHARTED.contains(&figure.measure()));
    let bar = |figure: &proto::Figure| Bar {
        label: words(measure(figure)),
        length: figure.count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default(),
        told: told(figure),
    };
    charted.map(bar).collect()
}

fn line(figure: &proto::Figure) -> Row {
    let mut parts = vec![told(figure)];
    parts.extend(figure.average_hundredths.map(|average| format!("on average {} days", days(average))));
    parts.extend(figure.in_standard.map(|within| format!("{within} within the standard")));
    parts.extend(figure.pence.map(|pence| format!("£{}", money(pence))));
    Row::new(words(measure(figure)), parts.join(", "))
}
