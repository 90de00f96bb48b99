//! Complaints as rows, and as they change.

use std::fmt::Write as _;

use redress_proto::complaints::v1::{ComplaintRow, WatchComplaintsResponse};

use super::{Grid, Screen, Tone, complaint, date, word};

/// Rows of a list. A narrow screen leaves out what `redress show` tells.
pub fn show(screen: Screen, rows: &[ComplaintRow]) -> String {
    let columns = ["case", "due", "for", "stage", "received", "handler", "reference"];
    let shown = if screen.is_narrow() { 5 } else { columns.len() };
    let mut grid = Grid::new(screen, &columns[..shown]).whole(0).due(1, screen);
    for row in rows {
        let due = date::read(row.next_due_on.as_ref());
        let tone = due.map_or(Tone::Plain, |due| complaint::urgency(screen, due, None));
        let cells = [
            (Tone::Strong, row.case_reference.clone()),
            (tone, due.map(|due| date::due_in_table(due, screen)).unwrap_or_default()),
            (Tone::Plain, word::of(&row.next_due_kind)),
            (Tone::Plain, complaint::stage(row.stage(), row.stage_number)),
            (Tone::Plain, date::shown(row.received_on.as_ref())),
            (Tone::Plain, row.handler.clone()),
            (Tone::Faint, row.reference.clone()),
        ];
        grid.row(cells.into_iter().take(shown));
    }
    if grid.is_empty() { "no complaints".to_owned() } else { grid.text() }
}

/// One change on a line of its own.
pub fn change(screen: Screen, change: &WatchComplaintsResponse) -> Option<String> {
    let row = change.complaint.as_ref()?;
    let mut line = format!(
        "{} {} {} · {}",
        screen.paint(Tone::Faint, &format!("{:>8}", change.position)),
        screen.paint(Tone::Strong, &row.case_reference),
        word::of(&change.r#type),
        complaint::stage(row.stage(), row.stage_number),
    );
    if let Some(due) = date::read(row.next_due_on.as_ref()) {
        let tone = complaint::urgency(screen, due, None);
        let due = date::due(due, screen.today);
        let _ = write!(line, " · {} due {}", word::of(&row.next_due_kind), screen.paint(tone, &due));
    }
    Some(line)
}
