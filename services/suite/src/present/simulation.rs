//! What a change would do to the records of a contract.

use redress_proto::records_retention::v1::SimulateScheduleResponse;

use super::{Fields, Grid, Screen, Tone, citation, date, word};

/// The sums, the months, and the first whose day would move.
pub fn show(screen: Screen, told: &SimulateScheduleResponse) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("records", told.records.to_string())
        .add_toned(Tone::Strong, "sooner", told.sooner.to_string())
        .add_toned(Tone::Strong, "later", told.later.to_string())
        .add("due as it is", told.due_now.to_string())
        .add_toned(Tone::Strong, "would be due", told.due_then.to_string())
        .add("of those held", told.held_then.to_string());
    let mut months = Grid::new(screen, &["month", "as it is", "as it would be"]);
    for month in &told.months {
        months.row([
            (Tone::Plain, format!("{}-{:02}", month.year, month.month)),
            (Tone::Plain, month.now.to_string()),
            (Tone::Strong, month.then.to_string()),
        ]);
    }
    let mut examples =
        Grid::new(screen, &["record", "what it is", "as it is", "as it would be", "rule"]).whole(0);
    for example in &told.examples {
        examples.row([
            (Tone::Strong, word::id(&example.record).to_owned()),
            (Tone::Plain, word::of_value(example.record_class().as_str_name(), "RECORD_CLASS_")),
            (Tone::Plain, date::shown(example.now.as_ref())),
            (Tone::Strong, date::shown(example.then.as_ref())),
            (Tone::Faint, example.rule.as_ref().map(citation::short).unwrap_or_default()),
        ]);
    }
    let mut parts = vec![fields.text()];
    parts.extend([months, examples].iter().filter(|grid| !grid.is_empty()).map(Grid::text));
    parts.push("Nothing was changed.".to_owned());
    parts.join("\n\n")
}
