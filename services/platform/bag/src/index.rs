//! The case for a person: one page of HTML and one document of PDF, both complete on their own.
//!
//! Nothing is loaded from anywhere, nothing runs, and whatever anyone wrote is shown as text.

mod html;
mod markup;
mod outline;

use redress_letter::{Block, Footer, Language, Letter, Party, Reference, Row, pdf};

use crate::{
    case::{Case, Disposition},
    day, hashing,
    statement::Statement,
};

/// Where the page lies in a bag.
pub const HTML: &str = "data/index.html";
/// Where the printable document lies in a bag.
pub const PDF: &str = "data/index.pdf";

pub use html::render as html;

/// The index as a printable document.
pub fn pdf(case: &Case, statement: &Statement) -> Result<Vec<u8>, pdf::Failure> {
    let letter = Letter {
        language: Language::English,
        sender: Party::new(case.sender.clone(), Vec::<String>::new()),
        recipient: Party::new(outline::bare(&case.recipient), Vec::<String>::new()),
        date: redress_kernel::london_date(case.as_of),
        references: vec![
            Reference::new("Case reference", case.reference.clone()),
            Reference::new("As it stood", day::moment(case.as_of)),
        ],
        salutation: String::new(),
        subject: format!("Evidence about complaint {}", case.reference),
        blocks: blocks(case, statement),
        signatory: None,
        footer: Footer { document: case.name.clone(), digest: hashing::of(&statement.json()) },
    };
    pdf::render(&letter)
}

fn blocks(case: &Case, statement: &Statement) -> Vec<Block> {
    let mut blocks = vec![Block::paragraph(outline::lead(statement))];
    let mut section = |title: &str, parts: Vec<Block>| {
        if !parts.is_empty() {
            blocks.push(Block::heading(title));
            blocks.extend(parts);
        }
    };
    section(
        "The case",
        table(case.facts.iter().map(|fact| Row::new(fact.label.clone(), fact.value.clone()))),
    );
    for passage in &case.passages {
        section(&passage.title, Block::paragraphs(&passage.text));
    }
    section(
        "What happened",
        table(case.timeline.iter().map(|happening| {
            let mut lines = vec![happening.what.clone()];
            lines.extend(outline::beneath(happening));
            Row::new(day::words(happening.on), lines.join("\n"))
        })),
    );
    section(
        "What was decided, and why",
        table(case.decisions.iter().map(|decision| {
            let mut lines = vec![decision.answer.clone()];
            lines.extend(decision.derivation.iter().map(outline::fact));
            lines.extend(outline::rules(&decision.citations));
            Row::new(decision.question.clone(), lines.join("\n"))
        })),
    );
    if let Some(procedure) = &case.procedure {
        let mut parts = vec![Block::paragraph(procedure.title.clone())];
        parts.extend(table(
            procedure.facts.iter().map(|fact| Row::new(fact.label.clone(), fact.value.clone())),
        ));
        for (number, stage) in procedure.stages.iter().enumerate() {
            parts.push(Block::paragraph(outline::stage(number + 1, stage)));
            parts.push(Block::Bullets(stage.steps.clone()));
        }
        section("The procedure as it stood", parts);
    }
    let papers = |kind: &'static str| statement.items.iter().filter(move |item| item.kind == kind);
    section(
        "Letters",
        table(papers("letter").map(|item| Row::new(item.title.clone(), outline::whereabouts(item)))),
    );
    for letter in &case.letters {
        if let Disposition::Included(copy) = &letter.content {
            section(&format!("{}, {}", letter.title, letter.state), Block::paragraphs(&copy.text));
        }
    }
    section(
        "Documents",
        table(papers("document").map(|item| Row::new(item.title.clone(), outline::whereabouts(item)))),
    );
    section(
        "The journal",
        table(
            statement
                .journals
                .iter()
                .map(|journal| Row::new(journal.service.clone(), outline::journal(journal))),
        ),
    );
    section(
        "How to check this bag",
        vec![Block::Bullets(outline::CHECKING.iter().map(ToString::to_string).collect())],
    );
    blocks
}

fn table(rows: impl Iterator<Item = Row>) -> Vec<Block> {
    let rows: Vec<Row> = rows.collect();
    if rows.is_empty() { Vec::new() } else { vec![Block::Table(rows)] }
}
