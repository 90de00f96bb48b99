//! Requests to be erased.

use redress_proto::records_retention::v1::ErasureRequest;

use super::{Fields, Grid, Screen, Tone, date, word};

/// Requests as rows.
pub fn list(screen: Screen, rows: &[ErasureRequest]) -> String {
    let columns = ["erasure request", "stage", "received", "answer by", "decided"];
    let mut grid = Grid::new(screen, &columns).whole(0);
    for row in rows {
        grid.row([
            (Tone::Strong, word::id(&row.name).to_owned()),
            (
                if row.late { Tone::Warn } else { Tone::Plain },
                word::of_value(row.stage().as_str_name(), "ERASURE_STAGE_"),
            ),
            (Tone::Plain, date::shown(row.received_on.as_ref())),
            (Tone::Plain, date::shown(row.answer.as_ref().and_then(|answer| answer.due_on.as_ref()))),
            (Tone::Plain, date::shown(row.decided_on.as_ref())),
        ]);
    }
    if grid.is_empty() { "no erasure requests".to_owned() } else { grid.text() }
}

/// One request.
pub fn show(screen: Screen, request: &ErasureRequest) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("erasure request", &request.name)
        .add_toned(Tone::Strong, "stage", word::of_value(request.stage().as_str_name(), "ERASURE_STAGE_"))
        .add("participant", &request.participant)
        .add("received", date::shown(request.received_on.as_ref()));
    if let Some(answer) = &request.answer {
        let due = date::read(answer.due_on.as_ref()).map(|due| date::due(due, screen.today));
        fields.add("answer promised by", due.unwrap_or_default());
    }
    if request.late {
        fields.add_toned(Tone::Warn, "late", "yes");
    }
    fields
        .add("data protection reference", &request.data_protection_reference)
        .add("outcome", word::of_value(request.outcome().as_str_name(), "ERASURE_OUTCOME_"))
        .add("ground", word::of_value(request.ground().as_str_name(), "ERASURE_GROUND_"))
        .add("progress", word::of_value(request.progress().as_str_name(), "PARTICIPANT_PROGRESS_"))
        .add("decided", date::shown(request.decided_on.as_ref()))
        .add("carried out", date::shown(request.carried_out_on.as_ref()))
        .add("letters", &request.correspondence)
        .add("etag", &request.etag);
    fields.text()
}
