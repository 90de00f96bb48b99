//! Complaints against both the provider and Jobcentre Plus.

use redress_proto::routing::v1::{Contribution, JointReply, MixedComplaint, MixedComplaintRow};

use super::{Fields, Grid, Screen, Tone, citation, date, deadline, word};

/// Mixed complaints as rows.
pub fn list(screen: Screen, rows: &[MixedComplaintRow]) -> String {
    let columns = ["mixed complaint", "stage", "due", "for", "received"];
    let shown = if screen.is_narrow() { 3 } else { columns.len() };
    let mut grid = Grid::new(screen, &columns[..shown]).whole(0).due(2, screen);
    for row in rows {
        let due = date::read(row.next_due_on.as_ref());
        let cells = [
            (Tone::Strong, word::id(&row.name).to_owned()),
            (Tone::Plain, word::of_value(row.stage().as_str_name(), "MIXED_STAGE_")),
            (Tone::Plain, due.map(|due| date::due_in_table(due, screen)).unwrap_or_default()),
            (Tone::Plain, word::of(&row.next_due_kind)),
            (Tone::Plain, date::shown(row.received_on.as_ref())),
        ];
        grid.row(cells.into_iter().take(shown));
    }
    if grid.is_empty() { "no mixed complaints".to_owned() } else { grid.text() }
}

/// One mixed complaint.
pub fn show(screen: Screen, mixed: &MixedComplaint) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("mixed complaint", &mixed.name)
        .add_toned(Tone::Strong, "stage", word::of_value(mixed.stage().as_str_name(), "MIXED_STAGE_"))
        .add("raised at", word::of_value(mixed.raised_at().as_str_name(), "RAISED_AT_"))
        .add("received", date::shown(mixed.received_on.as_ref()))
        .add("contact", &mixed.contact)
        .add("provider", &mixed.organisation)
        .add("Jobcentre Plus", &mixed.jobcentre_plus);
    for clock in &mixed.clocks {
        let due = date::read(clock.due_on.as_ref()).map(|due| date::due(due, screen.today));
        let rule = citation::all(&clock.citations);
        fields.add(&deadline::kind(clock), format!("{} {rule}", due.unwrap_or_default()));
    }
    for breach in &mixed.breaches {
        fields.add_toned(Tone::Warn, "passed by", word::of(breach));
    }
    fields
        .add("left at provider", &mixed.residual_complaint)
        .add("became", word::of_value(mixed.residual_fate().as_str_name(), "FATE_"));
    if mixed.residual_jobcentre_plus {
        fields.add("left at Jobcentre Plus", "yes");
    }
    if let Some(statement) = &mixed.statement {
        fields.add("said", &statement.narrative);
    }
    fields.add("etag", &mixed.etag);
    let mut parts = vec![fields.text()];
    parts.extend(mixed.contributions.iter().map(|given| contribution(screen, given)));
    parts.extend(mixed.joint_reply.iter().map(|given| reply(screen, given)));
    parts.join("\n\n")
}

fn contribution(screen: Screen, given: &Contribution) -> String {
    let late = if given.late { " (late)" } else { "" };
    let sent = date::shown(given.sent_on.as_ref());
    let mut fields = Fields::new(screen);
    fields
        .add("contribution asked for", date::shown(given.requested_on.as_ref()))
        .add("due", date::shown(given.due_on.as_ref()))
        .add("sent", if sent.is_empty() { sent } else { format!("{sent}{late}") })
        .add("papers", given.papers.join(", "))
        .add("text", &given.text);
    fields.text()
}

fn reply(screen: Screen, given: &JointReply) -> String {
    let mut fields = Fields::new(screen);
    fields
        .add("joint reply", &given.digest)
        .add("agreed", if given.agreed { "yes" } else { "no" })
        .add("issued", date::shown(given.issued_on.as_ref()))
        .add("channel", word::of_value(given.channel().as_str_name(), "CHANNEL_"))
        .add("text", &given.text);
    fields.text()
}
