//! Letters of elected members.

use redress_proto::routing::v1::{MemberLetter, MemberLetterRow};

use super::{Fields, Grid, Screen, Tone, citation, date, deadline, word};

/// Letters as rows.
pub fn list(screen: Screen, rows: &[MemberLetterRow]) -> String {
    let columns = ["letter", "stage", "due", "for", "received"];
    let shown = if screen.is_narrow() { 3 } else { columns.len() };
    let mut grid = Grid::new(screen, &columns[..shown]).whole(0).due(2, screen);
    for row in rows {
        let due = date::read(row.next_due_on.as_ref());
        let cells = [
            (Tone::Strong, word::id(&row.name).to_owned()),
            (Tone::Plain, word::of_value(row.stage().as_str_name(), "LETTER_STAGE_")),
            (Tone::Plain, due.map(|due| date::due_in_table(due, screen)).unwrap_or_default()),
            (Tone::Plain, word::of(&row.next_due_kind)),
            (Tone::Plain, date::shown(row.received_on.as_ref())),
        ];
        grid.row(cells.into_iter().take(shown));
    }
    if grid.is_empty() { "no letters".to_owned() } else { grid.text() }
}

/// One letter.
pub fn show(screen: Screen, letter: &MemberLetter) -> String {
    let replied = date::shown(letter.replied_on.as_ref());
    let late = if letter.late { " (late)" } else { "" };
    let mut fields = Fields::new(screen);
    fields
        .add("letter", &letter.name)
        .add_toned(Tone::Strong, "stage", word::of_value(letter.stage().as_str_name(), "LETTER_STAGE_"))
        .add("standing", word::of_value(letter.standing().as_str_name(), "STANDING_"))
        .add("goes to", word::of_value(letter.destination().as_str_name(), "LETTER_DESTINATION_"))
        .add("authority", word::of_value(letter.authority().as_str_name(), "AUTHORITY_"));
    if let Some(member) = &letter.member {
        fields
            .add("title", &member.title)
            .add("member", &member.full_name)
            .add("office", &member.office)
            .add("office reference", &member.reference);
    }
    fields
        .add("written", date::shown(letter.letter_on.as_ref()))
        .add("received", date::shown(letter.received_on.as_ref()))
        .add("handler", &letter.handler)
        .add("promised", date::shown(letter.promised_on.as_ref()))
        .add("replied", if replied.is_empty() { replied } else { format!("{replied}{late}") });
    for clock in &letter.clocks {
        let due = date::read(clock.due_on.as_ref()).map(|due| date::due(due, screen.today));
        let rule = citation::all(&clock.citations);
        fields.add(&deadline::kind(clock), format!("{} {rule}", due.unwrap_or_default()));
    }
    for breach in &letter.breaches {
        fields.add_toned(Tone::Warn, "passed by", word::of(breach));
    }
    fields
        .add("contact", &letter.contact)
        .add("complaint", &letter.complaint)
        .add("mixed complaint", &letter.mixed_complaint)
        .add("holding reply", &letter.holding_reply)
        .add("reply", &letter.reply)
        .add("etag", &letter.etag);
    fields.text()
}
