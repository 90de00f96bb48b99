//! Letters and drafts.

use redress_proto::complaints::v1::Letter;

use super::{Fields, Grid, Screen, Tone, date, word};

/// How much of a digest is shown where it only tells letters apart.
const DIGEST: usize = 8;

/// Letters, oldest first.
pub fn list(screen: Screen, letters: &[Letter]) -> String {
    let mut grid = Grid::new(screen, &["letter", "what", "state", "digest"]).whole(0).whole(3);
    for letter in letters {
        let outcome = word::of_value(letter.outcome().as_str_name(), "OUTCOME_");
        let state = word::of_value(letter.state().as_str_name(), "LETTER_STATE_");
        grid.row([
            (Tone::Plain, word::id(&letter.name).to_owned()),
            (Tone::Plain, joined(&[kind(letter), outcome], ", ")),
            (Tone::Plain, joined(&[state, date::shown(letter.issued_on.as_ref())], " ")),
            (Tone::Faint, letter.digest.chars().take(DIGEST).collect()),
        ]);
    }
    if grid.is_empty() { "no letters".to_owned() } else { grid.text() }
}

fn joined(parts: &[String], separator: &str) -> String {
    let said: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    said.join(separator)
}

/// One letter with its text.
pub fn show(screen: Screen, letter: &Letter) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("letter", &letter.name)
        .add("complaint", &letter.complaint)
        .add("what", kind(letter))
        .add("state", word::of_value(letter.state().as_str_name(), "LETTER_STATE_"))
        .add("outcome", word::of_value(letter.outcome().as_str_name(), "OUTCOME_"))
        .add("issued", date::shown(letter.issued_on.as_ref()))
        .add("signposting", &letter.signposting_version)
        .add("corrects", &letter.corrects)
        .add("digest", &letter.digest);
    format!("{}\n\n{}", fields.text(), screen.wrap(&letter.text, 1))
}

fn kind(letter: &Letter) -> String {
    let words = word::of_value(letter.kind().as_str_name(), "LETTER_KIND_");
    if letter.stage_number > 0 { format!("{words}, stage {}", letter.stage_number) } else { words }
}
