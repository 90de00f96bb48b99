//! Documents and how large they are.

use redress_proto::complaints::v1::{Document, DocumentState};

use super::{Fields, Grid, Screen, Tone, word};

/// Documents, oldest first.
pub fn list(screen: Screen, documents: &[Document]) -> String {
    let mut grid = Grid::new(screen, &["document", "file", "kind", "size", "state"]).whole(0);
    for document in documents {
        grid.row([
            (Tone::Plain, word::id(&document.name).to_owned()),
            (Tone::Strong, document.file_name.clone()),
            (Tone::Plain, word::of_value(document.kind().as_str_name(), "DOCUMENT_KIND_")),
            (Tone::Plain, size(document.size_bytes)),
            (tone(document), word::of_value(document.state().as_str_name(), "DOCUMENT_STATE_")),
        ]);
    }
    if grid.is_empty() { "no documents".to_owned() } else { grid.text() }
}

/// One document.
pub fn show(screen: Screen, document: &Document) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("document", &document.name)
        .add("of", &document.parent)
        .add("file", &document.file_name)
        .add("kind", word::of_value(document.kind().as_str_name(), "DOCUMENT_KIND_"))
        .add("type", &document.media_type)
        .add("size", size(document.size_bytes))
        .add("SHA-256", &document.sha256)
        .add_toned(
            tone(document),
            "state",
            word::of_value(document.state().as_str_name(), "DOCUMENT_STATE_"),
        );
    fields.text()
}

/// `1,536 bytes`, `2.4 MB`.
pub fn size(bytes: i64) -> String {
    let tenths = |unit: i64| {
        let tenths = bytes / (unit / 10);
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    match bytes {
        ..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        1_000_000_000.. => format!("{} GB", tenths(1_000_000_000)),
    }
}

fn tone(document: &Document) -> Tone {
    match document.state() {
        DocumentState::Quarantined => Tone::Bad,
        DocumentState::Stored | DocumentState::Unspecified => Tone::Plain,
    }
}
