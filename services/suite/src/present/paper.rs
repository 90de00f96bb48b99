//! Papers of contacts.

use redress_proto::{complaints::v1::DocumentState, routing::v1::Paper};

use super::{Fields, Grid, Screen, Tone, document::size, word};

/// Papers, oldest first.
pub fn list(screen: Screen, papers: &[Paper]) -> String {
    let mut grid = Grid::new(screen, &["paper", "file", "size", "state"]).whole(0);
    for paper in papers {
        grid.row([
            (Tone::Plain, word::id(&paper.name).to_owned()),
            (Tone::Strong, paper.file_name.clone()),
            (Tone::Plain, size(paper.size_bytes)),
            (tone(paper), word::of_value(paper.state().as_str_name(), "DOCUMENT_STATE_")),
        ]);
    }
    if grid.is_empty() { "no papers".to_owned() } else { grid.text() }
}

/// One paper.
pub fn show(screen: Screen, paper: &Paper) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("paper", &paper.name)
        .add("of", &paper.contact)
        .add("file", &paper.file_name)
        .add("type", &paper.media_type)
        .add("size", size(paper.size_bytes))
        .add("SHA-256", &paper.sha256)
        .add_toned(tone(paper), "state", word::of_value(paper.state().as_str_name(), "DOCUMENT_STATE_"));
    fields.text()
}

fn tone(paper: &Paper) -> Tone {
    match paper.state() {
        DocumentState::Quarantined => Tone::Bad,
        DocumentState::Stored | DocumentState::Unspecified => Tone::Plain,
    }
}
