//! Complaints as rows, and as they change.

use std::fmt::Write as _;

use redress_proto::complaints::v1::{ComplaintRow, WatchComplaintsResponse};

use super::{Grid, Screen, Tone, complaint, date, word};

/// Rows of a list.
pub fn show(screen: Screen, rows: &[ComplaintRow]) -> String {
    let mut grid = Grid::new(screen, &["case", "due", "for", "stage", "received", "handler", "reference"]);
    for row in rows {
        let (tone, due) = due(screen, row);
        grid.row([
            (Tone::Strong, row.case_reference.clone()),
            (tone, due),
            (Tone::Plain, word::of(&row.next_due_kind)),
            (Tone::Plain, complaint::stage(row.stage(), row.stage_number)),
            (Tone::Plain, date::shown(row.received_on.as_ref())),
            (Tone::Plain, row.handler.clone()),
            (Tone::Faint, row.reference.clone()),
        ]);
    }
    if grid.is_empty() { "no complaints".to_owned() } else { grid.text() }
}

/// One change on a line of its own.
pub fn change(screen: Screen, change: &WatchComplaintsResponse) -> Option<String> {
    let row = change.complaint.as_ref()?;
    let (tone, due) = due(screen, row);
    let mut line = format!(
        "{} {} {} · {}",
        screen.paint(Tone::Faint, &format!("{:>8}", change.position)),
        screen.paint(Tone::Strong, &row.case_reference),
        word::of(&change.r#type),
        complaint::stage(row.stage(), row.stage_number),
    );
    if !due.is_empty() {
        let _ = write!(line, " · {} due {}", word::of(&row.next_due_kind), screen.paint(tone, &due));
    }
    Some(line)
}

fn due(screen: Screen, row: &ComplaintRow) -> (Tone, String) {
    match date::read(row.next_due_on.as_ref()) {
        None => (Tone::Plain, String::new()),
        Some(due) => (complaint::urgency(screen, due, None), date::due(due, screen.today)),
    }
}
